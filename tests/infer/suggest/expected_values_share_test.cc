#include <gmock/gmock.h>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

/// Payments: two frequent kinds and, of every fifth row, one of many vouchers.
engine::FieldProfile Payments(int64_t rows) {
  Dice dice(1);
  std::vector<std::string> values;
  for (int64_t row = 0; row < rows; ++row) {
    const double draw = dice.Uniform();
    values.push_back(draw < 0.5   ? "card"
                     : draw < 0.8 ? "credit"
                                  : "voucher " + std::to_string(dice.Between(1, 500)));
  }
  return TextProfile("payment", values);
}

TEST(ExpectedValuesShareTest, ListsTheValuesThatMakeUpMost) {
  const rules::CheckDefinition check = ProposalFor("expectedValuesShare", Payments(5000));
  EXPECT_EQ(check.rule, "expectedValues");
  EXPECT_EQ(check.properties["list"], Json::array({"card", "credit"}));
  EXPECT_GE(check.coverage, 0.70);
  EXPECT_LE(check.coverage, 0.76);
}

TEST(ExpectedValuesShareTest, SaysNothingOfEvenFullAndSmallFields) {
  Dice dice(2);
  std::vector<std::string> even;
  for (int i = 0; i < 5000; ++i) even.push_back(std::to_string(dice.Between(1, 100)));
  EXPECT_EQ(ProposalFor("expectedValuesShare", TextProfile("a", even)).rule, "");
  EXPECT_EQ(ProposalFor("expectedValuesShare",
                        TextProfile("a", std::vector<std::string>(500, "x"), 100))
                .rule,
            "");
  EXPECT_EQ(ProposalFor("expectedValuesShare", Payments(100)).rule, "");
  EXPECT_EQ(ProposalFor("expectedValuesShare", TextProfile("a", {}, 500)).rule, "");
}

}  // namespace
}  // namespace assay::infer::testing
