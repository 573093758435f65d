#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

constexpr double kDay = 86'400;

double Seconds(const std::string& time) {
  return static_cast<double>(ParseTimestamp(time).value().time_since_epoch().count()) / 1e6;
}

std::vector<double> Spread(const std::string& from, const std::string& to, double error_share,
                           double error) {
  Dice dice(21);
  std::vector<double> seconds;
  for (int i = 0; i < 5000; ++i) {
    const double time = Seconds(from) + dice.Uniform() * (Seconds(to) - Seconds(from));
    seconds.push_back(dice.Chance(error_share) ? error : std::floor(time));
  }
  return seconds;
}

TEST(BetweenTimesTest, TimesThatGrowHaveNoLatest) {
  const rules::CheckDefinition check = ProposalFor(
      "betweenTimes",
      TimeProfile("ordered_at", Spread("2025-01-01T00:00:00Z", "2026-06-01T00:00:00Z", 0.01,
                                       Seconds("1970-01-01T00:00:00Z"))));
  ASSERT_EQ(check.rule, "betweenTimes");
  EXPECT_EQ(check.properties["max_time"], Json("9999-12-31T23:59:59Z"));
  EXPECT_GT(check.properties["min_time"], Json("2024-01-01T00:00:00Z"));
  EXPECT_LT(check.properties["min_time"], Json("2024-12-31T00:00:00Z"));
}

TEST(BetweenTimesTest, TimesThatEndedLongAgoAreClosed) {
  std::vector<double> days = Spread("1940-01-01T00:00:00Z", "2005-01-01T00:00:00Z", 0.005,
                                    Seconds("2150-01-01T00:00:00Z"));
  for (double& day : days) day = std::floor(day / kDay);
  const rules::CheckDefinition check = ProposalFor("betweenTimes", DateProfile("born", days));
  ASSERT_EQ(check.rule, "betweenTimes");
  EXPECT_LT(check.properties["max_time"], Json("2040-01-01"));
  EXPECT_GT(check.properties["max_time"], Json("2005-01-01"));
  EXPECT_EQ(check.properties["min_time"].get<std::string>().size(), 10u);
}

TEST(BetweenTimesTest, IsProposedForTimesOnly) {
  EXPECT_EQ(ProposalFor("betweenTimes", NumberProfile("n", plan::FieldType::kIntegral,
                                                      std::vector<double>(200, 1)))
                .rule,
            "");
  EXPECT_EQ(ProposalFor("betweenTimes", TimeProfile("at", std::vector<double>(50, 1))).rule,
            "");
}

}  // namespace
}  // namespace assay::infer::testing
