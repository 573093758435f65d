#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(IsCreditCardTest, TheWholeValueIsANumber) {
  EXPECT_THAT(FailingRows("isCreditCard", Json::object(),
                          Texts({"5105105105105100", "4111-1111-1111-1111", "3782 822463 10005",
                                 "5105105105105101", "no. 5105105105105100",
                                 "5105105105105100 ", "", kNull})),
              ElementsAre(3, 4, 5, 6));
}

TEST(IsCreditCardTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(
      FailingRows("isCreditCard", Json::object(), Texts({"a", "b", kNull}), "field <> 'a'"),
      ElementsAre(1));
  EXPECT_THAT(FailingRows("isCreditCard", Json::object(), Texts({})), IsEmpty());
}

TEST(IsCreditCardTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("isCreditCard", Json::object(), Texts({})), "is not a valid card number");
}

TEST(IsCreditCardTest, TakesNoProperties) {
  EXPECT_THAT(Refusal("isCreditCard", {{"strict", true}}, Texts({})),
              HasSubstr("unknown key 'strict'"));
}

}  // namespace
}  // namespace assay::rules::testing
