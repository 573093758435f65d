#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

TEST(SumTest, HoldsWhenTheSumIsTheNumber) {
  EXPECT_EQ(RunWhole("sum", {{"value", 12}}, Integers({4, kNull, 8})).holds, true);
  const WholeOutcome outcome = RunWhole("sum", {{"value", 10}}, Integers({4, kNull, 8}));
  EXPECT_EQ(outcome.holds, false);
  EXPECT_EQ(outcome.measure, "12");
}

TEST(SumTest, IntegersDoNotWrap) {
  EXPECT_EQ(
      RunWhole("sum", {{"value", "18446744073709551614"}}, Integers({INT64_MAX, INT64_MAX}))
          .holds,
      true);
}

TEST(SumTest, ASumOfNothingIsNotAsserted) {
  EXPECT_EQ(RunWhole("sum", {{"value", 0}}, Integers({})).holds, std::nullopt);
  EXPECT_EQ(RunWhole("sum", {{"value", 0}}, Integers({kNull})).holds, std::nullopt);
}

TEST(SumTest, NanIsNoSum) {
  EXPECT_EQ(RunWhole("sum", {{"value", 1}}, Fractions({1.0, "NaN"})).holds, false);
}

TEST(SumTest, LooksOnlyAtFilteredRows) {
  EXPECT_EQ(RunWhole("sum", {{"value", 8}}, Integers({4, kNull, 8}), "field > 5").holds, true);
}

TEST(SumTest, MayBeOffByTheTolerance) {
  const auto holds = [](const Json& epsilon, bool as_absolute, const Json& value) {
    return *RunWhole(
                "sum",
                {{"value", value},
                 {"numeric_comparator", {{"epsilon", epsilon}, {"as_absolute", as_absolute}}}},
                Fractions({9.5, 1.0}))
                .holds;
  };
  EXPECT_TRUE(holds(0.5, true, 10));
  EXPECT_FALSE(holds(0.49, true, 10));
  EXPECT_TRUE(holds(5, false, 10));
  EXPECT_FALSE(holds(4.9, false, 10));
  EXPECT_TRUE(holds(0, true, 10.5));
}

TEST(SumTest, SaysWhatIsNotSo) {
  EXPECT_EQ(Violation("sum", {{"value", 10}}, Integers({})), "is not 10");
  EXPECT_EQ(Violation("sum",
                      {{"value", -10},
                       {"numeric_comparator", {{"epsilon", "0.05"}, {"as_absolute", false}}}},
                      Integers({})),
            "is not from -10.005 to -9.995");
}

TEST(SumTest, RefusesBadProperties) {
  EXPECT_THAT(Refusal("sum", Json::object(), Integers({})), HasSubstr("value: is required"));
  EXPECT_THAT(Refusal("sum", {{"value", "ten"}}, Integers({})), HasSubstr("value: "));
  EXPECT_THAT(Refusal("sum", {{"value", 1}}, Texts({})),
              HasSubstr("does not apply to fields of type String"));
  EXPECT_THAT(
      Refusal("sum", {{"value", 1}, {"numeric_comparator", {{"epsilon", -1}}}}, Integers({})),
      HasSubstr("numeric_comparator: epsilon: must be a number from 0"));
  EXPECT_THAT(Refusal("sum", {{"value", 1}, {"numeric_comparator", {{"epsilon", "NaN"}}}},
                      Integers({})),
              HasSubstr("numeric_comparator: epsilon: "));
  EXPECT_THAT(
      Refusal(
          {.rule = "sum", .fields = {"field"}, .coverage = 0.5, .properties = {{"value", 1}}},
          Integers({})),
      HasSubstr("coverage: not supported"));
}

}  // namespace
}  // namespace assay::rules::testing
