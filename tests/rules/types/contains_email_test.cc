#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ContainsEmailTest, FindsAddressesAnywhere) {
  EXPECT_THAT(FailingRows("containsEmail", Json::object(),
                          Texts({"mail jane.doe@example.org, please", "<a@b.co>", "a@b",
                                 "jane at example.org", "", "@example.org", kNull})),
              ElementsAre(2, 3, 4, 5));
}

TEST(ContainsEmailTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(
      FailingRows("containsEmail", Json::object(), Texts({"a", "b", kNull}), "field <> 'a'"),
      ElementsAre(1));
  EXPECT_THAT(FailingRows("containsEmail", Json::object(), Texts({})), IsEmpty());
}

TEST(ContainsEmailTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("containsEmail", Json::object(), Texts({})),
            "contains no e-mail address");
}

TEST(ContainsEmailTest, TakesNoProperties) {
  EXPECT_THAT(Refusal("containsEmail", {{"strict", true}}, Texts({})),
              HasSubstr("unknown key 'strict'"));
}

}  // namespace
}  // namespace assay::rules::testing
