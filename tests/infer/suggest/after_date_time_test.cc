#include <gmock/gmock.h>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

constexpr double kFirstDay = 18'262;            // 2020-01-01
constexpr double kLastDay = kFirstDay + 1'600;  // when most were moved

/// When rows were changed last.
std::vector<double> Ends(uint64_t seed, size_t count) {
  Dice dice(seed);
  std::vector<double> days;
  for (size_t i = 0; i < count; ++i) {
    days.push_back(dice.Chance(0.8) ? kLastDay
                                    : kFirstDay + static_cast<double>(dice.Between(0, 1500)));
  }
  return days;
}

TEST(AfterDateTimeTest, BoundsTimesOfWhichTheEndSaysNothing) {
  const auto profile = DateProfile("changed_on", Ends(1, 2000));
  const rules::CheckDefinition check = ProposalFor("afterDateTime", profile);
  ASSERT_EQ(check.rule, "afterDateTime");
  EXPECT_LT(check.properties["datetime"], Json("2020-01-01"));
  EXPECT_GT(check.properties["datetime"], Json("2010-01-01"));
  EXPECT_EQ(ProposalFor("betweenTimes", profile).rule, "");
  EXPECT_EQ(ProposalFor("beforeDateTime", profile).rule, "");
}

TEST(AfterDateTimeTest, SaysNothingOfConstantsNumbersAndFewValues) {
  EXPECT_EQ(ProposalFor("afterDateTime", DateProfile("a", Ends(2, 50))).rule, "");
  EXPECT_EQ(ProposalFor("afterDateTime", DateProfile("a", std::vector<double>(500, 1))).rule,
            "");
  EXPECT_EQ(ProposalFor("afterDateTime", DateProfile("a", {})).rule, "");
  EXPECT_EQ(ProposalFor("afterDateTime",
                        NumberProfile("a", plan::FieldType::kIntegral, Ends(3, 2000)))
                .rule,
            "");
}

}  // namespace
}  // namespace assay::infer::testing
