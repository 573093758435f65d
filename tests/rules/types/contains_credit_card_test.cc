#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ContainsCreditCardTest, FindsNumbersInJson) {
  EXPECT_THAT(FailingRows("containsCreditCard", Json::object(),
                          Texts({R"({"cc": "5105105105105100"})", R"({"cc": "ABC12345XYZ"})",
                                 R"({"cc": "4111-1111-1111-1111"})", kNull})),
              ElementsAre(1));
}

TEST(ContainsCreditCardTest, ChecksDigitsAndNeighbours) {
  EXPECT_THAT(FailingRows("containsCreditCard", Json::object(),
                          Texts({"5105105105105101", "id 95105105105105100",
                                 "on 3782 822463 10005", "1234 4111 1111 1111 1111", ""})),
              ElementsAre(0, 1, 4));
}

TEST(ContainsCreditCardTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("containsCreditCard", Json::object(), Texts({"a", "b", kNull}),
                          "field <> 'a'"),
              ElementsAre(1));
  EXPECT_THAT(FailingRows("containsCreditCard", Json::object(), Texts({})), IsEmpty());
}

TEST(ContainsCreditCardTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("containsCreditCard", Json::object(), Texts({})),
            "contains no card number");
}

TEST(ContainsCreditCardTest, TakesNoProperties) {
  EXPECT_THAT(Refusal("containsCreditCard", {{"strict", true}}, Texts({})),
              HasSubstr("unknown key 'strict'"));
}

}  // namespace
}  // namespace assay::rules::testing
