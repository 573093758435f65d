#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(MinValueTest, TheBoundPassesAndNanFails) {
  EXPECT_THAT(FailingRows("minValue", {{"value", 10}},
                          Fractions({9.99, 10, 10.01, "NaN", "Infinity", "-Infinity", kNull})),
              ElementsAre(0, 3, 5));
}

TEST(MinValueTest, LargeIntegersStayExact) {
  EXPECT_THAT(FailingRows("minValue", {{"value", 9007199254740993}},
                          Integers({9007199254740994, 9007199254740992, 9007199254740993})),
              ElementsAre(1));
}

TEST(MinValueTest, PassesAnEmptyContainer) {
  EXPECT_THAT(FailingRows("minValue", {{"value", 10}}, Integers({})), IsEmpty());
}

TEST(MinValueTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(
      FailingRows("minValue", {{"value", 10}}, Integers({1, 100}), "field > 1 AND field < 100"),
      IsEmpty());
  EXPECT_THAT(FailingRows("minValue", {{"value", 10}}, Integers({1, 100}), "true"),
              ElementsAre(0));
}

TEST(MinValueTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("minValue", {{"value", 10}}, Integers({})), "is below 10");
}

TEST(MinValueTest, RefusesWhatIsNoNumber) {
  EXPECT_THAT(Refusal("minValue", {{"value", "ten"}}, Integers({})),
              HasSubstr("check minValue(field): properties: value: "));
  EXPECT_THAT(Refusal("minValue", {}, Integers({})), HasSubstr("value: is required"));
  EXPECT_THAT(Refusal("minValue", {{"value", 1}}, Booleans({})),
              HasSubstr("does not apply to fields of type Boolean"));
}

}  // namespace
}  // namespace assay::rules::testing
