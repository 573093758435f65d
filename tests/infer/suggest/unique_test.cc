#include <gmock/gmock.h>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

std::vector<double> Sequence(int count, int repeats) {
  std::vector<double> values;
  for (int i = 0; i < count; ++i) values.push_back(1000 + (i < repeats ? i + repeats : i));
  return values;
}

std::string RuleFor(const std::string& name, const std::vector<double>& values) {
  return ProposalFor("unique", NumberProfile(name, plan::FieldType::kIntegral, values)).rule;
}

TEST(UniqueTest, IsProposedForKeysThatRarelyRepeat) {
  EXPECT_EQ(RuleFor("order_id", Sequence(1000, 0)), "unique");
  EXPECT_EQ(RuleFor("order_id", Sequence(1000, 15)), "unique");
  EXPECT_EQ(RuleFor("position", Sequence(1000, 0)), "unique");
}

TEST(UniqueTest, IsNotProposedWhenValuesRepeatByChanceOnly) {
  Dice dice(41);
  std::vector<double> amounts;
  for (int i = 0; i < 1000; ++i)
    amounts.push_back(static_cast<double>(dice.Between(1, 10'000'000)));
  EXPECT_EQ(RuleFor("cents", amounts), "");
}

TEST(UniqueTest, IsNotProposedForReferences) {
  Dice dice(42);
  std::vector<double> customers;
  for (int i = 0; i < 1000; ++i)
    customers.push_back(static_cast<double>(dice.Between(1, 2000)));
  EXPECT_EQ(RuleFor("customer_id", customers), "");
}

TEST(UniqueTest, TakesTextsThatAreNotProse) {
  std::vector<std::string> codes, prose;
  for (int i = 0; i < 500; ++i) {
    codes.push_back("C" + std::to_string(i));
    prose.push_back(std::string(80, 'x') + std::to_string(i));
  }
  EXPECT_EQ(ProposalFor("unique", TextProfile("code", codes)).rule, "unique");
  EXPECT_EQ(ProposalFor("unique", TextProfile("review", prose)).rule, "");
}

TEST(UniqueTest, RandomTextsThatRepeatByChanceAreNoKeys) {
  // 4,000 of 1,000,000 possible texts: eight repeats are to be expected.
  Dice dice(44);
  std::vector<std::string> random, planted;
  for (int i = 0; i < 4000; ++i) {
    random.push_back("s" + std::to_string(dice.Between(100'000, 999'999)));
    planted.push_back("s" + std::to_string(100'000 + i * 17 + (dice.Chance(0.01) ? 17 : 0)));
  }
  EXPECT_EQ(ProposalFor("unique", TextProfile("session", random)).rule, "");
  EXPECT_EQ(ProposalFor("unique", TextProfile("order", planted)).rule, "unique");
}

TEST(UniqueTest, IsNotProposedForMeasuresAndTimes) {
  Dice dice(43);
  std::vector<double> values;
  for (int i = 0; i < 1000; ++i) values.push_back(dice.Uniform());
  EXPECT_EQ(
      ProposalFor("unique", NumberProfile("x", plan::FieldType::kFractional, values)).rule, "");
  EXPECT_EQ(ProposalFor("unique", TimeProfile("at", values)).rule, "");
}

}  // namespace
}  // namespace assay::infer::testing
