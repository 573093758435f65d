#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

double Cents(double value) {
  return std::round(value * 100) / 100;
}

SampledTable Invoices(uint64_t seed, size_t rows, double error_share) {
  Dice dice(seed);
  std::vector<double> net, tax, gross;
  for (size_t row = 0; row < rows; ++row) {
    net.push_back(Cents(10 + 5000 * dice.Uniform()));
    tax.push_back(Cents(net.back() * (dice.Chance(0.3) ? 0.07 : 0.19)));
    const double more = dice.Chance(error_share) ? 400 * dice.Uniform() : 0;
    gross.push_back(Cents(net.back() + tax.back() + more));
  }
  SampledTable table;
  table.AddNumbers("net", net);
  table.AddNumbers("tax", tax);
  table.AddNumbers("gross", gross);
  return table;
}

TEST(SatisfiesExpressionTest, FindsASumAmongErrors) {
  for (const double error_share : {0.0, 0.05, 0.12}) {
    EXPECT_THAT(Invoices(1, 1000, error_share).Proposals("satisfiesExpression"),
                ElementsAre("satisfiesExpression() {\"expression\":\"abs(net + tax - gross) <= "
                            "0.01001\"}"))
        << error_share;
  }
  EXPECT_THAT(Invoices(1, 1000, 0.4).Proposals("satisfiesExpression"), IsEmpty());
}

TEST(SatisfiesExpressionTest, FindsAProductAndNamesFieldsSafely) {
  Dice dice(2);
  std::vector<double> quantity, price, total;
  for (int row = 0; row < 500; ++row) {
    quantity.push_back(static_cast<double>(dice.Between(1, 20)));
    price.push_back(Cents(std::exp(3 + 0.6 * dice.Normal())));
    total.push_back(Cents(quantity.back() * price.back()));
  }
  SampledTable table;
  table.AddNumbers("unit price", price);
  table.AddNumbers("quantity", quantity, plan::FieldType::kIntegral);
  table.AddNumbers("total", total);
  EXPECT_THAT(table.Proposals("satisfiesExpression"),
              ElementsAre("satisfiesExpression() {\"expression\":\"abs(`unit price` * quantity "
                          "- total) <= 0.01001\"}"));
}

TEST(SatisfiesExpressionTest, OfWholeNumbersIsExact) {
  Dice dice(3);
  std::vector<double> men, women, all;
  for (int row = 0; row < 500; ++row) {
    men.push_back(static_cast<double>(dice.Between(0, 100)));
    women.push_back(static_cast<double>(dice.Between(0, 100)));
    all.push_back(men.back() + women.back());
  }
  SampledTable table;
  table.AddNumbers("men", men, plan::FieldType::kIntegral);
  table.AddNumbers("women", women, plan::FieldType::kIntegral);
  table.AddNumbers("people", all, plan::FieldType::kIntegral);
  EXPECT_THAT(table.Proposals("satisfiesExpression"),
              ElementsAre("satisfiesExpression() {\"expression\":\"men + women = people\"}"));
}

TEST(SatisfiesExpressionTest, AddingNothingIsNoSum) {
  Dice dice(4);
  std::vector<double> net, discount, paid;
  for (int row = 0; row < 1000; ++row) {
    net.push_back(Cents(1000 * dice.Uniform()));
    discount.push_back(dice.Chance(0.05) ? Cents(10 * dice.Uniform()) : 0);
    paid.push_back(net.back() + discount.back());
  }
  SampledTable table;
  table.AddNumbers("net", net);
  table.AddNumbers("discount", discount);
  table.AddNumbers("paid", paid);
  EXPECT_THAT(table.Proposals("satisfiesExpression"), IsEmpty());
}

TEST(SatisfiesExpressionTest, SurvivesNullsConstantsAndFewRows) {
  SampledTable table;
  for (const char* name : {"a", "b", "c"}) {
    table.AddNumbers(name, std::vector<double>(500, 0));
    table.AddNumbers(std::string("no ") + name,
                     std::vector<double>(500, std::numeric_limits<double>::quiet_NaN()));
  }
  EXPECT_THAT(table.Proposals("satisfiesExpression"), IsEmpty());
  EXPECT_THAT(Invoices(5, 20, 0).Proposals("satisfiesExpression"), IsEmpty());
  EXPECT_THAT(SampledTable().Proposals("satisfiesExpression"), IsEmpty());
}

TEST(SatisfiesExpressionTest, IndependentNumbersHaveNoRelation) {
  size_t proposals = 0;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    Dice dice(900 + seed);
    SampledTable table;
    for (int column = 0; column < 6; ++column) {
      const int64_t most = dice.Between(1, 30);
      std::vector<double> values;
      for (int row = 0; row < 200; ++row)
        values.push_back(static_cast<double>(dice.Between(0, most)));
      table.AddNumbers("c" + std::to_string(column), values, plan::FieldType::kIntegral);
    }
    proposals += table.Candidates("satisfiesExpression").size();
  }
  EXPECT_EQ(proposals, 0u);  // of 12,000 sums and products
}

}  // namespace
}  // namespace assay::infer::testing
