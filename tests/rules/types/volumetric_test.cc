#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

TEST(VolumetricTest, TheNumberOfRowsIsWithinTheLimits) {
  const Column column = Integers({1, kNull, 3});
  EXPECT_EQ(RunWhole("volumetric", {{"min", 3}, {"max", 3}}, column).holds, true);
  EXPECT_EQ(RunWhole("volumetric", {{"min", 4}}, column).holds, false);
  EXPECT_EQ(RunWhole("volumetric", {{"max", 2}}, column).holds, false);
  EXPECT_EQ(
      RunWhole("volumetric", {{"comparison", "Absolute Value"}, {"max", 3}}, column).holds,
      true);
}

TEST(VolumetricTest, BothLimitsAreIncluded) {
  const auto holds = [](size_t count) {
    return RunWhole("volumetric",
                    {{"comparison", "Absolute Value"}, {"min", 100}, {"max", 300}},
                    Integers(std::vector<Json>(count, 1)))
        .holds;
  };
  EXPECT_EQ(holds(150), true);
  EXPECT_EQ(holds(90), false);
  EXPECT_EQ(holds(310), false);
  EXPECT_EQ(holds(100), true);
  EXPECT_EQ(holds(300), true);
}

TEST(VolumetricTest, AnEmptyContainerHasNone) {
  const WholeOutcome outcome = RunWhole("volumetric", {{"min", 1}}, Integers({}));
  EXPECT_EQ(outcome.holds, false);
  EXPECT_EQ(outcome.measure, "0");
}

std::optional<bool> Holds(const Json& properties, size_t count, int64_t earlier) {
  const Column column = Integers(std::vector<Json>(count, 1));
  return RunWhole("volumetric", properties, column, "", plan::Literal::Integer(earlier)).holds;
}

TEST(VolumetricTest, AChangeIsSinceAnEarlierCount) {
  const Json change = {{"comparison", "Absolute Change"}, {"min", 30}, {"max", 70}};
  EXPECT_EQ(Holds(change, 150, 100), true);
  EXPECT_EQ(Holds(change, 300, 220), false);
  const Json percentage = {{"comparison", "Percentage Change"}, {"min", -20}, {"max", 50}};
  EXPECT_EQ(Holds(percentage, 150, 100), true);
  EXPECT_EQ(Holds(percentage, 120, 150), true);
  EXPECT_EQ(Holds(percentage, 65, 120), false);
  EXPECT_EQ(Holds(percentage, 110, 65), false);
  EXPECT_EQ(Holds(percentage, 0, 65), false);
  EXPECT_EQ(Holds(percentage, 5, 0), std::nullopt);
  EXPECT_EQ(RunWhole("volumetric", percentage, Integers({1})).holds, true);
}

TEST(VolumetricTest, TheMeasurementPeriodIsThatOfTheChange) {
  const auto period = [](const Json& properties) {
    const Table table = Integers({});
    const auto compiled =
        Compile({.rule = "volumetric", .properties = properties}, table.Schema(), TestNow());
    return std::get<plan::MeasureCheck>(compiled.value().plan.form).change.value().period;
  };
  EXPECT_EQ(period({{"comparison", "Absolute Change"}, {"min", 1}}), std::chrono::days(0));
  EXPECT_EQ(
      period({{"comparison", "Percentage Change"}, {"measurement_period_days", 7}, {"min", 1}}),
      std::chrono::days(7));
}

TEST(VolumetricTest, SaysWhatIsNotSo) {
  EXPECT_EQ(Violation("volumetric", {{"min", 1}, {"max", 2}}, Integers({})),
            "is not from 1 to 2");
  EXPECT_EQ(Violation("volumetric", {{"min", 1}}, Integers({})), "is not at least 1");
  EXPECT_EQ(Violation("volumetric", {{"max", 2}}, Integers({})), "is not at most 2");
}

TEST(VolumetricTest, RefusesBadProperties) {
  EXPECT_THAT(Refusal("volumetric", Json::object(), Integers({})), HasSubstr("min: give it"));
  EXPECT_THAT(Refusal("volumetric", {{"min", 3}, {"max", 2}}, Integers({})),
              HasSubstr("max: is below min"));
  EXPECT_THAT(Refusal("volumetric", {{"comparison", "Weekly"}, {"max", 2}}, Integers({})),
              HasSubstr("comparison: must be"));
  EXPECT_THAT(
      Refusal("volumetric", {{"max", 2}, {"measurement_period_days", -1}}, Integers({})),
      HasSubstr("measurement_period_days: must be from 0 to 3660"));
  EXPECT_THAT(Refusal({.rule = "volumetric", .filter = "field > 1", .properties = {{"min", 1}}},
                      Integers({})),
              HasSubstr("filter: not supported"));
  EXPECT_THAT(Refusal({.rule = "volumetric", .coverage = 0.5, .properties = {{"min", 1}}},
                      Integers({})),
              HasSubstr("coverage: not supported"));
}

}  // namespace
}  // namespace assay::rules::testing
