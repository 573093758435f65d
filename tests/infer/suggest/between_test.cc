#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

rules::CheckDefinition Between(const std::string& name, const std::vector<double>& values,
                               plan::FieldType type = plan::FieldType::kIntegral) {
  return ProposalFor("between", NumberProfile(name, type, values));
}

/// The share of `values` outside the proposed bounds; 1 when none are proposed.
double Outside(const rules::CheckDefinition& check, const std::vector<double>& values) {
  if (check.rule.empty()) return 1;
  const auto min = check.properties["min"].get<double>(),
             max = check.properties["max"].get<double>();
  const auto outside =
      std::ranges::count_if(values, [&](double value) { return value < min || value > max; });
  return static_cast<double>(outside) / static_cast<double>(values.size());
}

std::vector<double> Quantities(uint64_t seed, size_t count, double error_share) {
  Dice dice(seed);
  std::vector<double> values;
  for (size_t i = 0; i < count; ++i) {
    const auto quantity = static_cast<double>(dice.Between(1, 10));
    values.push_back(dice.Chance(error_share) ? quantity * 100 : quantity);
  }
  return values;
}

TEST(BetweenTest, FindsTheRangeOfAQuantityAmongErrors) {
  for (const double error_share : {0.0, 0.002, 0.01, 0.03}) {
    const rules::CheckDefinition check = Between("quantity", Quantities(5, 6000, error_share));
    ASSERT_EQ(check.rule, "between") << error_share;
    EXPECT_EQ(check.properties["min"], Json(0)) << error_share;
    EXPECT_GE(check.properties["max"], Json(10)) << error_share;
    EXPECT_LT(check.properties["max"], Json(20)) << error_share;
  }
}

TEST(BetweenTest, LeavesRoomForFutureValuesOfManyDistributions) {
  const auto draw = [](uint64_t seed, size_t count, auto&& one) {
    Dice dice(seed);
    std::vector<double> values;
    for (size_t i = 0; i < count; ++i) values.push_back(one(dice));
    return values;
  };
  const auto normal = [](Dice& dice) { return 50 + 10 * dice.Normal(); };
  const auto uniform = [](Dice& dice) { return 100 * dice.Uniform(); };
  const auto exponential = [](Dice& dice) { return -20 * std::log(1 - dice.Uniform()); };
  const auto lognormal = [](Dice& dice) { return std::exp(3 + dice.Normal()); };
  const auto bimodal = [](Dice& dice) {
    return (dice.Chance(0.3) ? 500 : 20) + 4 * dice.Normal();
  };
  const auto pareto = [](Dice& dice) { return 5 * std::pow(1 - dice.Uniform(), -1 / 2.0); };
  const auto check = [&](const char* name, auto&& one) {
    const auto fitted = Between("amount", draw(11, 6000, one), plan::FieldType::kFractional);
    EXPECT_LE(Outside(fitted, draw(12, 100000, one)), 0.001) << name;
  };
  check("normal", normal);
  check("uniform", uniform);
  check("exponential", exponential);
  check("lognormal", lognormal);
  check("bimodal", bimodal);
  check("pareto", pareto);
}

TEST(BetweenTest, CatchesErrorsOfSkewedAmounts) {
  Dice dice(13);
  std::vector<double> dirty, clean, errors;
  for (int i = 0; i < 10000; ++i) {
    const double amount = std::exp(3 + 0.6 * dice.Normal());
    const bool is_error = dice.Chance(0.01);
    (is_error ? errors : clean).push_back(is_error ? amount * 100 : amount);
    dirty.push_back(is_error ? amount * 100 : amount);
  }
  const rules::CheckDefinition check = Between("amount", dirty, plan::FieldType::kFractional);
  EXPECT_GE(Outside(check, errors), 0.95);
  EXPECT_LE(Outside(check, clean), 0.001);
}

TEST(BetweenTest, CatchesManyErrorsThatLieFarAndWide) {
  for (const double error_share : {0.08, 0.15, 0.25}) {
    Dice dice(14);
    std::vector<double> dirty, clean, errors;
    for (int i = 0; i < 4000; ++i) {
      const double weight = 0.1 + 30 * dice.Uniform();
      const bool is_error = dice.Chance(error_share);
      const double sign = dice.Chance(1 / 3.0) ? -1 : 1;
      const double value = is_error ? sign * 30 * std::pow(10, 1 + 2 * dice.Uniform()) : weight;
      (is_error ? errors : clean).push_back(value);
      dirty.push_back(value);
    }
    const rules::CheckDefinition check = Between("weight", dirty, plan::FieldType::kFractional);
    EXPECT_GE(Outside(check, errors), 0.95) << error_share;
    EXPECT_LE(Outside(check, clean), 0.001) << error_share;
  }
}

TEST(BetweenTest, AnotherKindOfValuesIsNoError) {
  for (const double other_share : {0.1, 0.15, 0.19}) {
    Dice dice(15);
    std::vector<double> amounts, others;
    for (int i = 0; i < 4000; ++i) {
      const bool is_other = dice.Chance(other_share);
      amounts.push_back((is_other ? 500 : 20) + (is_other ? 60 : 4) * dice.Normal());
      if (is_other) others.push_back(amounts.back());
    }
    const rules::CheckDefinition check =
        Between("amount", amounts, plan::FieldType::kFractional);
    EXPECT_TRUE(check.rule.empty() || Outside(check, others) < 0.05) << other_share;
  }
}

TEST(BetweenTest, IsNotProposedForIdentifiersAndSequences) {
  std::vector<double> sequence;
  for (int i = 0; i < 1000; ++i) sequence.push_back(i);
  EXPECT_EQ(Between("position", sequence).rule, "");
  EXPECT_EQ(Between("customer_id", Quantities(6, 1000, 0)).rule, "");
  EXPECT_EQ(Between("birth_year", Quantities(6, 1000, 0)).rule, "");
}

TEST(BetweenTest, IsNotProposedForOneValueWithRareOthers) {
  std::vector<double> discounts(970, 0);
  for (int i = 0; i < 30; ++i) discounts.push_back(5 + i);
  EXPECT_EQ(Between("discount", discounts).rule, "");
}

TEST(BetweenTest, FewValuesSayNothing) {
  EXPECT_EQ(Between("quantity", Quantities(7, 99, 0)).rule, "");
}

}  // namespace
}  // namespace assay::infer::testing
