#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

constexpr double kDay = 86'400;

double Now() {
  return static_cast<double>(TestNow().time_since_epoch().count()) / 1e6;
}

/// Times of the last year, the given share of them moved on by `ahead_days` and more.
std::vector<double> PastYear(double share, double ahead_days) {
  Dice dice(3);
  std::vector<double> seconds;
  for (int i = 0; i < 5000; ++i) {
    const double past = Now() - kDay - dice.Uniform() * 365 * kDay;
    seconds.push_back(dice.Chance(share) ? Now() + (ahead_days + 900 * dice.Uniform()) * kDay
                                         : past);
  }
  return seconds;
}

TEST(NotFutureTest, IsProposedForThePast) {
  EXPECT_EQ(ProposalFor("notFuture", TimeProfile("at", PastYear(0, 0))).rule, "notFuture");
}

TEST(NotFutureTest, IsProposedWhenFewTimesLieFarAhead) {
  EXPECT_EQ(ProposalFor("notFuture", TimeProfile("at", PastYear(0.003, 400))).rule,
            "notFuture");
  EXPECT_EQ(ProposalFor("notFuture", TimeProfile("at", PastYear(0.02, 400))).rule, "notFuture");
}

TEST(NotFutureTest, IsNotProposedForPlannedTimes) {
  Dice dice(4);
  std::vector<double> due;
  for (int i = 0; i < 5000; ++i) due.push_back(Now() + (20 - dice.Uniform() * 700) * kDay);
  EXPECT_EQ(ProposalFor("notFuture", TimeProfile("due_at", due)).rule, "");
  EXPECT_EQ(ProposalFor("notFuture", TimeProfile("at", PastYear(0.3, 400))).rule, "");
}

TEST(NotFutureTest, TakesDates) {
  std::vector<double> days;
  for (int i = 0; i < 100; ++i) days.push_back(std::floor(Now() / kDay) - i);
  EXPECT_EQ(ProposalFor("notFuture", DateProfile("day", days)).rule, "notFuture");
  EXPECT_EQ(ProposalFor("notFuture", NumberProfile("n", plan::FieldType::kIntegral, days)).rule,
            "");
}

}  // namespace
}  // namespace assay::infer::testing
