#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(BetweenTest, FailsOnlyOutsideTheBounds) {
  EXPECT_THAT(
      FailingRows("between", {{"min", 5}, {"max", 20}}, Integers({4, 15, kNull, 21, 5, 20})),
      ElementsAre(0, 3));
}

TEST(BetweenTest, BoundsCanBeExcluded) {
  const Column column = Integers({5, 6, 19, 20});
  EXPECT_THAT(
      FailingRows("between", {{"min", 5}, {"max", 20}, {"inclusive_min", false}}, column),
      ElementsAre(0));
  EXPECT_THAT(
      FailingRows("between", {{"min", 5}, {"max", 20}, {"inclusive_max", false}}, column),
      ElementsAre(3));
}

TEST(BetweenTest, NanAndInfinityAreOutside) {
  EXPECT_THAT(FailingRows("between", {{"min", 0.5}, {"max", 1.5}},
                          Fractions({0.5, 1.5, "NaN", "Infinity", "-Infinity", kNull})),
              ElementsAre(2, 3, 4));
}

TEST(BetweenTest, LargeIntegersStayExact) {
  EXPECT_THAT(FailingRows("between", {{"min", -9007199254740993}, {"max", "9007199254740993"}},
                          Integers({9007199254740993, 9007199254740994, -9007199254740993,
                                    -9007199254740994})),
              ElementsAre(1, 3));
}

TEST(BetweenTest, FractionalBoundsApplyToIntegers) {
  EXPECT_THAT(FailingRows("between", {{"min", 0.5}, {"max", 2.5}}, Integers({0, 1, 2, 3})),
              ElementsAre(0, 3));
}

TEST(BetweenTest, AcceptsTheKeysOfTheCommandLineClient) {
  EXPECT_THAT(
      FailingRows("between", {{"min_value", 5}, {"max_value", 20}}, Integers({4, 15, 21})),
      ElementsAre(0, 2));
}

TEST(BetweenTest, PassesAnEmptyContainer) {
  EXPECT_THAT(FailingRows("between", {{"min", 5}, {"max", 20}}, Integers({})), IsEmpty());
}

TEST(BetweenTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(
      FailingRows("between", {{"min", 5}, {"max", 20}}, Integers({4, 15, 21}), "field > 10"),
      ElementsAre(2));
}

TEST(BetweenTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("between", {{"min", 5}, {"max", 20}}, Integers({})),
            "is not between 5 and 20");
  EXPECT_EQ(
      Violation("between", {{"min", 0}, {"max", 1}, {"inclusive_max", false}}, Fractions({})),
      "is not at least 0 and below 1");
}

TEST(BetweenTest, RefusesBadBounds) {
  EXPECT_EQ(Refusal("between", {{"min", 20}, {"max", 5}}, Integers({})),
            "check between(field): properties: max: no value can lie between 20 and 5");
  EXPECT_THAT(
      Refusal("between", {{"min", 5}, {"max", 5}, {"inclusive_min", false}}, Integers({})),
      HasSubstr("max: no value can lie between 5 and 5"));
  EXPECT_THAT(Refusal("between", {{"min", 5}}, Integers({})), HasSubstr("max: is required"));
  EXPECT_THAT(Refusal("between", {{"min", "five"}, {"max", 20}}, Integers({})),
              HasSubstr("properties: min: "));
  EXPECT_THAT(Refusal("between", {{"min", "NaN"}, {"max", 20}}, Fractions({})),
              HasSubstr("properties: min: "));
  EXPECT_THAT(Refusal("between", {{"min", true}, {"max", 20}}, Integers({})),
              HasSubstr("properties: min: "));
  EXPECT_THAT(Refusal("between", {{"min", 1}, {"max", 2}, {"inclusive", true}}, Integers({})),
              HasSubstr("properties: unknown key 'inclusive'"));
  EXPECT_THAT(Refusal("between", {{"min", 1}, {"min_value", 1}, {"max", 2}}, Integers({})),
              HasSubstr("properties: unknown key 'min_value'"));
  EXPECT_THAT(Refusal("between", {{"min", 1}, {"max", 2}}, Dates({})),
              HasSubstr("does not apply to fields of type Date"));
}

}  // namespace
}  // namespace assay::rules::testing
