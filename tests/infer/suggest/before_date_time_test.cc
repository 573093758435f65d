#include <gmock/gmock.h>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

/// Dates of birth, mostly unknown and then 1900-01-01.
std::vector<double> Births(uint64_t seed, size_t count) {
  Dice dice(seed);
  std::vector<double> days;
  for (size_t i = 0; i < count; ++i)
    days.push_back(dice.Chance(0.8) ? -25'567 : static_cast<double>(dice.Between(0, 9000)));
  return days;
}

TEST(BeforeDateTimeTest, BoundsTimesOfWhichTheBeginningSaysNothing) {
  const auto profile = DateProfile("born", Births(1, 2000));
  const rules::CheckDefinition check = ProposalFor("beforeDateTime", profile);
  ASSERT_EQ(check.rule, "beforeDateTime");
  EXPECT_GT(check.properties["datetime"], Json("1994-08-22"));
  EXPECT_EQ(ProposalFor("betweenTimes", profile).rule, "");
  EXPECT_EQ(ProposalFor("afterDateTime", profile).rule, "");
}

TEST(BeforeDateTimeTest, TimesThatGoOnHaveNoEnd) {
  std::vector<double> days = Births(2, 2000);
  for (double& day : days) day += day > 0 ? 11'000 : 0;  // up to 2024
  EXPECT_EQ(ProposalFor("beforeDateTime", DateProfile("a", days)).rule, "");
}

TEST(BeforeDateTimeTest, SaysNothingOfConstantsAndFewValues) {
  EXPECT_EQ(ProposalFor("beforeDateTime", DateProfile("a", Births(3, 50))).rule, "");
  EXPECT_EQ(ProposalFor("beforeDateTime", DateProfile("a", std::vector<double>(500, 1))).rule,
            "");
  EXPECT_EQ(ProposalFor("beforeDateTime", DateProfile("a", {})).rule, "");
}

}  // namespace
}  // namespace assay::infer::testing
