#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(MaxValueTest, TheBoundPassesAndNanFails) {
  EXPECT_THAT(FailingRows("maxValue", {{"value", 10}},
                          Fractions({9.99, 10, 10.01, "NaN", "Infinity", "-Infinity", kNull})),
              ElementsAre(2, 3, 4));
}

TEST(MaxValueTest, LargeIntegersStayExact) {
  EXPECT_THAT(FailingRows("maxValue", {{"value", 9007199254740993}},
                          Integers({9007199254740994, 9007199254740992, 9007199254740993})),
              ElementsAre(0));
}

TEST(MaxValueTest, PassesAnEmptyContainer) {
  EXPECT_THAT(FailingRows("maxValue", {{"value", 10}}, Integers({})), IsEmpty());
}

TEST(MaxValueTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(
      FailingRows("maxValue", {{"value", 10}}, Integers({1, 100}), "field > 1 AND field < 100"),
      IsEmpty());
  EXPECT_THAT(FailingRows("maxValue", {{"value", 10}}, Integers({1, 100}), "true"),
              ElementsAre(1));
}

TEST(MaxValueTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("maxValue", {{"value", 10}}, Integers({})), "is above 10");
}

TEST(MaxValueTest, RefusesWhatIsNoNumber) {
  EXPECT_THAT(Refusal("maxValue", {{"value", "ten"}}, Integers({})),
              HasSubstr("check maxValue(field): properties: value: "));
  EXPECT_THAT(Refusal("maxValue", {}, Integers({})), HasSubstr("value: is required"));
  EXPECT_THAT(Refusal("maxValue", {{"value", 1}}, Booleans({})),
              HasSubstr("does not apply to fields of type Boolean"));
}

}  // namespace
}  // namespace assay::rules::testing
