#include <gmock/gmock.h>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

std::vector<std::string> Codes(double error_share) {
  Dice dice(31);
  std::vector<std::string> codes;
  for (int i = 0; i < 3000; ++i) {
    std::string code = "ORD-" + std::to_string(dice.Between(100000, 999999));
    if (dice.Chance(error_share)) code.erase(3, 1);
    codes.push_back(code);
  }
  return codes;
}

TEST(MatchesPatternTest, ProposesAnAnchoredPattern) {
  const rules::CheckDefinition check =
      ProposalFor("matchesPattern", TextProfile("code", Codes(0.02)));
  EXPECT_EQ(check.rule, "matchesPattern");
  EXPECT_EQ(check.properties, (Json{{"pattern", "^ORD-[0-9]{6}$"}}));
}

TEST(MatchesPatternTest, LearnsFromExamplesOfPatternsWithoutASample) {
  engine::FieldProfile profile = TextProfile("code", Codes(0));
  profile.value_sample.clear();
  for (int i = 0; i < 20; ++i) {
    profile.patterns.push_back({.pattern = "A{3}-9{6}",
                                .count = 100,
                                .example = "ORD-12345" + std::to_string(i % 10)});
  }
  EXPECT_EQ(ProposalFor("matchesPattern", profile).properties,
            (Json{{"pattern", "^ORD-[0-9]{6}$"}}));
}

TEST(MatchesPatternTest, IsProposedForTextsOnly) {
  EXPECT_EQ(ProposalFor("matchesPattern", NumberProfile("n", plan::FieldType::kIntegral,
                                                        std::vector<double>(200, 1)))
                .rule,
            "");
  EXPECT_EQ(ProposalFor("matchesPattern", TextProfile("code", {"a", "b"})).rule, "");
}

}  // namespace
}  // namespace assay::infer::testing
