#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

std::vector<double> Amounts(size_t count, double negative_share) {
  Dice dice(1);
  std::vector<double> values;
  for (size_t i = 0; i < count; ++i) {
    const double amount = std::exp(3 + 0.8 * dice.Normal());
    values.push_back(dice.Chance(negative_share) ? -amount : amount);
  }
  return values;
}

std::string RuleFor(const std::string& name, const std::vector<double>& values) {
  return ProposalFor("notNegative", NumberProfile(name, plan::FieldType::kFractional, values))
      .rule;
}

TEST(NotNegativeTest, IsProposedWhenNothingIsBelowZero) {
  EXPECT_EQ(RuleFor("amount", Amounts(200, 0)), "notNegative");
}

TEST(NotNegativeTest, IsProposedWhenFewSignsWereLost) {
  EXPECT_EQ(RuleFor("amount", Amounts(5000, 0.001)), "notNegative");
  EXPECT_EQ(RuleFor("amount", Amounts(5000, 0.02)), "notNegative");
  EXPECT_EQ(RuleFor("amount", Amounts(5000, 0.04)), "notNegative");
}

TEST(NotNegativeTest, IsNotProposedWhenNegativeValuesBelong) {
  EXPECT_EQ(RuleFor("amount", Amounts(5000, 0.2)), "");
  for (const double mean : {1.0, 1.7, 2.0, 2.4, 2.8}) {
    Dice dice(2);
    std::vector<double> values;
    for (int i = 0; i < 5000; ++i) values.push_back(mean + dice.Normal());
    EXPECT_EQ(RuleFor("amount", values), "") << mean;
  }
}

TEST(NotNegativeTest, IsNotProposedForSignedQuantities) {
  EXPECT_EQ(RuleFor("account_balance", Amounts(200, 0)), "");
  EXPECT_EQ(RuleFor("Latitude", Amounts(200, 0)), "");
}

TEST(NotNegativeTest, IsNotProposedForConstantZero) {
  EXPECT_EQ(RuleFor("amount", std::vector<double>(100, 0)), "");
}

}  // namespace
}  // namespace assay::infer::testing
