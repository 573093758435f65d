#include <fmt/format.h>
#include <gmock/gmock.h>

#include <string>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

/// Numbers of accounts; `share` of them in the new form.
engine::FieldProfile Accounts(double share, int rows) {
  Dice dice(1);
  std::vector<std::string> values;
  for (int row = 0; row < rows; ++row) {
    values.push_back(dice.Chance(share) ? fmt::format("AC-{}", dice.Between(100000, 999999))
                                        : std::to_string(dice.Next() >> (dice.Next() % 48)));
  }
  return TextProfile("account", values);
}

TEST(MatchesPatternShareTest, ProposesTheFormOfMost) {
  const rules::CheckDefinition check = ProposalFor("matchesPatternShare", Accounts(0.8, 5000));
  EXPECT_EQ(check.rule, "matchesPattern");
  EXPECT_EQ(check.properties["pattern"], "^AC-[0-9]{6}$");
  EXPECT_GE(check.coverage, 0.62);
  EXPECT_LE(check.coverage, 0.76);
}

TEST(MatchesPatternShareTest, SaysNothingWhereNoFormIsThatOfMost) {
  EXPECT_EQ(ProposalFor("matchesPatternShare", Accounts(0.3, 5000)).rule, "");
  EXPECT_EQ(ProposalFor("matchesPatternShare", Accounts(1, 5000)).rule, "");
  EXPECT_EQ(ProposalFor("matchesPatternShare", Accounts(0.8, 100)).rule, "");
  EXPECT_EQ(ProposalFor("matchesPatternShare", TextProfile("a", {}, 500)).rule, "");
}

}  // namespace
}  // namespace assay::infer::testing
