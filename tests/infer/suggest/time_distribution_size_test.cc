#include <gmock/gmock.h>

#include <cmath>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

using ::testing::IsEmpty;

constexpr double kDay = 86'400;

SampledTable Times(size_t rows, double (*day_of)(Dice&)) {
  Dice dice(1);
  std::vector<double> seconds;
  for (size_t row = 0; row < rows; ++row) seconds.push_back(1.7e9 + kDay * day_of(dice));
  SampledTable table;
  table.AddTimes("at", seconds);
  return table;
}

double Evenly(Dice& dice) {
  return 100 * dice.Uniform();
}
double MoreAndMore(Dice& dice) {
  return 100 * std::sqrt(std::sqrt(dice.Uniform()));
}
double InThreeDays(Dice& dice) {
  return 3 * dice.Uniform();
}

TEST(TimeDistributionSizeTest, LimitsTheRowsOfAnInterval) {
  const std::vector<Candidate> candidates =
      Times(5000, Evenly).Candidates("timeDistributionSize");
  ASSERT_EQ(candidates.size(), 1u);
  const Json& properties = candidates.front().definition.properties;
  EXPECT_EQ(properties["interval_name"], "Daily");
  EXPECT_GE(properties["max_size"].get<int64_t>(), 120);  // 50 a day
  EXPECT_LE(properties["max_size"].get<int64_t>(), 200);
}

TEST(TimeDistributionSizeTest, UnevenShortAndSmallSeriesSayNothing) {
  EXPECT_THAT(Times(5000, MoreAndMore).Candidates("timeDistributionSize"), IsEmpty());
  EXPECT_THAT(Times(500, Evenly).Candidates("timeDistributionSize"), IsEmpty());
  SampledTable constant;
  constant.AddTimes("at", std::vector<double>(2000, 1.7e9));
  EXPECT_THAT(constant.Candidates("timeDistributionSize"), IsEmpty());
  EXPECT_THAT(SampledTable().Candidates("timeDistributionSize"), IsEmpty());
}

TEST(TimeDistributionSizeTest, TheFinestIntervalWithEnoughRowsIsChosen) {
  const std::vector<Candidate> candidates =
      Times(5000, InThreeDays).Candidates("timeDistributionSize");
  ASSERT_EQ(candidates.size(), 1u);
  EXPECT_EQ(candidates.front().definition.properties["interval_name"], "Hourly");
}

}  // namespace
}  // namespace assay::infer::testing
