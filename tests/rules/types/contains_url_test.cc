#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ContainsUrlTest, FindsUrlsAnywhere) {
  EXPECT_THAT(FailingRows("containsUrl", Json::object(),
                          Texts({"see https://example.org/x.", "(HTTP://10.0.0.1:80)",
                                 "www.example.org", "https://", "", "xhttp://a b", kNull})),
              ElementsAre(2, 3, 4));
}

TEST(ContainsUrlTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(
      FailingRows("containsUrl", Json::object(), Texts({"a", "b", kNull}), "field <> 'a'"),
      ElementsAre(1));
  EXPECT_THAT(FailingRows("containsUrl", Json::object(), Texts({})), IsEmpty());
}

TEST(ContainsUrlTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("containsUrl", Json::object(), Texts({})), "contains no URL");
}

TEST(ContainsUrlTest, TakesNoProperties) {
  EXPECT_THAT(Refusal("containsUrl", {{"strict", true}}, Texts({})),
              HasSubstr("unknown key 'strict'"));
}

}  // namespace
}  // namespace assay::rules::testing
