#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(NotNegativeTest, FailsBelowZeroAndNan) {
  EXPECT_THAT(FailingRows("notNegative", {}, Integers({-1, 0, 1, kNull})), ElementsAre(0));
  EXPECT_THAT(FailingRows("notNegative", {},
                          Fractions({-0.001, -0.0, "NaN", "Infinity", "-Infinity", kNull})),
              ElementsAre(0, 2, 4));
}

TEST(NotNegativeTest, PassesAnEmptyContainer) {
  EXPECT_THAT(FailingRows("notNegative", {}, Integers({})), IsEmpty());
}

TEST(NotNegativeTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("notNegative", {}, Integers({-1, -2, 3}), "field <> -1"),
              ElementsAre(1));
}

TEST(NotNegativeTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("notNegative", {}, Integers({})), "is below 0");
}

TEST(NotNegativeTest, RefusesFieldsThatAreNotNumbers) {
  EXPECT_EQ(
      Refusal("notNegative", {}, Texts({})),
      "check notNegative(field): does not apply to fields of type String, only to Integral, "
      "Fractional: 'field'");
}

}  // namespace
}  // namespace assay::rules::testing
