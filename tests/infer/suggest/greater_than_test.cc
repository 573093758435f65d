#include <gmock/gmock.h>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

/// Most are at the upper end, so that nothing tells where values become too large.
std::vector<double> Scores(uint64_t seed, size_t count) {
  Dice dice(seed);
  std::vector<double> values;
  for (size_t i = 0; i < count; ++i)
    values.push_back(dice.Chance(0.85) ? 100 : 60 + 40 * dice.Uniform());
  return values;
}

TEST(GreaterThanTest, BoundsTheEndThatCanBeTold) {
  const auto profile = NumberProfile("score", plan::FieldType::kFractional, Scores(1, 2000));
  const rules::CheckDefinition check = ProposalFor("greaterThan", profile);
  ASSERT_EQ(check.rule, "greaterThan");
  EXPECT_LE(check.properties["value"].get<double>(), 60);
  EXPECT_GE(check.properties["value"].get<double>(), 0);
  EXPECT_EQ(check.properties["inclusive"], true);
  EXPECT_EQ(ProposalFor("between", profile).rule, "");
  EXPECT_EQ(ProposalFor("lessThan", profile).rule, "");
}

TEST(GreaterThanTest, SaysNothingWhereBothEndsAreKnownOrNone) {
  Dice dice(2);
  std::vector<double> normal;
  for (int i = 0; i < 1000; ++i) normal.push_back(dice.Normal());
  EXPECT_EQ(
      ProposalFor("greaterThan", NumberProfile("a", plan::FieldType::kFractional, normal)).rule,
      "");
  EXPECT_EQ(ProposalFor("greaterThan", NumberProfile("a", plan::FieldType::kFractional,
                                                     std::vector<double>(500, 1)))
                .rule,
            "");
  EXPECT_EQ(ProposalFor("greaterThan",
                        NumberProfile("a", plan::FieldType::kFractional, Scores(3, 50)))
                .rule,
            "");
  EXPECT_EQ(
      ProposalFor("greaterThan", NumberProfile("a", plan::FieldType::kFractional, {}, 500))
          .rule,
      "");
}

}  // namespace
}  // namespace assay::infer::testing
