#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

/// Mostly nothing, as of discounts.
std::vector<double> Discounts(uint64_t seed, size_t count) {
  Dice dice(seed);
  std::vector<double> values;
  for (size_t i = 0; i < count; ++i)
    values.push_back(dice.Chance(0.85) ? 0 : -10 * std::log(1 - dice.Uniform()));
  return values;
}

TEST(LessThanTest, BoundsTheEndThatCanBeTold) {
  const auto profile =
      NumberProfile("discount", plan::FieldType::kFractional, Discounts(1, 4000));
  const rules::CheckDefinition check = ProposalFor("lessThan", profile);
  ASSERT_EQ(check.rule, "lessThan");
  const std::vector<double> others = Discounts(2, 20'000);
  const auto above = std::ranges::count_if(
      others, [&](double value) { return value > check.properties["value"].get<double>(); });
  EXPECT_LE(above, 20);
  EXPECT_EQ(ProposalFor("between", profile).rule, "");
  EXPECT_EQ(ProposalFor("greaterThan", profile).rule, "");
}

TEST(LessThanTest, SaysNothingOfConstantsAndFewValues) {
  for (const std::vector<double>& values :
       {std::vector<double>(500, 1), Discounts(3, 50), std::vector<double>()}) {
    EXPECT_EQ(
        ProposalFor("lessThan", NumberProfile("a", plan::FieldType::kFractional, values, 500))
            .rule,
        "");
  }
}

}  // namespace
}  // namespace assay::infer::testing
