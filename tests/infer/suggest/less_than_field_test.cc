#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr double kNull = std::numeric_limits<double>::quiet_NaN();

/// "start" is at most "end", but for `error_share` of the rows.
SampledTable Periods(uint64_t seed, size_t rows, double error_share) {
  Dice dice(seed);
  std::vector<double> start, end;
  for (size_t row = 0; row < rows; ++row) {
    const double at = 86'400.0 * static_cast<double>(dice.Between(0, 365));
    const double days = 86'400.0 * static_cast<double>(dice.Between(1, 20));
    start.push_back(at);
    end.push_back(dice.Chance(error_share) ? at - days : at + days);
  }
  SampledTable table;
  table.AddNumbers("start", start, plan::FieldType::kTimestamp);
  table.AddNumbers("end", end, plan::FieldType::kTimestamp);
  return table;
}

TEST(LessThanFieldTest, FindsAnOrderAmongErrors) {
  for (const double error_share : {0.0, 0.01, 0.05, 0.1}) {
    EXPECT_THAT(Periods(1, 2000, error_share).Proposals("lessThanField"),
                ElementsAre("lessThanField(start) {\"field_name\":\"end\",\"inclusive\":true}"))
        << error_share;
  }
  EXPECT_THAT(Periods(1, 2000, 0.3).Proposals("lessThanField"), IsEmpty());
}

TEST(LessThanFieldTest, IsNotProposedWhereTheRangesSayIt) {
  Dice dice(2);
  std::vector<double> small, large;
  for (int i = 0; i < 1000; ++i) {
    small.push_back(dice.Uniform());
    large.push_back(10 + dice.Uniform());
  }
  SampledTable table;
  table.AddNumbers("small", small);
  table.AddNumbers("large", large);
  EXPECT_THAT(table.Proposals("lessThanField"), IsEmpty());
}

TEST(LessThanFieldTest, OtherKindsAndIdentifiersAreNotCompared) {
  Dice dice(3);
  std::vector<double> low, high;
  for (int i = 0; i < 1000; ++i) {
    low.push_back(1e6 * dice.Uniform());
    high.push_back(low.back() + 1e3);
  }
  SampledTable kinds;
  kinds.AddNumbers("amount", low);
  kinds.AddNumbers("paid_at", high, plan::FieldType::kTimestamp);
  EXPECT_THAT(kinds.Proposals("lessThanField"), IsEmpty());
  SampledTable identifiers;
  identifiers.AddNumbers("order_id", low, plan::FieldType::kIntegral);
  identifiers.AddNumbers("invoice_id", high, plan::FieldType::kIntegral);
  EXPECT_THAT(identifiers.Proposals("lessThanField"), IsEmpty());
}

TEST(LessThanFieldTest, ImpliedPairsAreLeftOut) {
  Dice dice(4);
  std::vector<double> a, b, c;
  for (int i = 0; i < 1000; ++i) {
    a.push_back(100 * dice.Uniform());
    b.push_back(a.back() + dice.Uniform());
    c.push_back(b.back() + dice.Uniform());
  }
  SampledTable table;
  table.AddNumbers("a", a);
  table.AddNumbers("b", b);
  table.AddNumbers("c", c);
  EXPECT_THAT(table.Proposals("lessThanField"),
              ElementsAre("lessThanField(a) {\"field_name\":\"b\",\"inclusive\":true}",
                          "lessThanField(b) {\"field_name\":\"c\",\"inclusive\":true}"));
}

TEST(LessThanFieldTest, SurvivesNullsConstantsAndFewRows) {
  EXPECT_THAT(Periods(5, 20, 0).Proposals("lessThanField"), IsEmpty());
  SampledTable table;
  table.AddNumbers("empty", std::vector<double>(500, kNull));
  table.AddNumbers("one", std::vector<double>(500, 1));
  table.AddNumbers("same", std::vector<double>(500, 1));
  EXPECT_THAT(table.Proposals("lessThanField"), IsEmpty());
  EXPECT_THAT(SampledTable().Proposals("lessThanField"), IsEmpty());
}

TEST(LessThanFieldTest, IndependentFieldsHaveNoOrder) {
  size_t proposals = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Dice dice(1000 + seed);
    SampledTable table;
    for (int column = 0; column < 6; ++column) {
      const double scale = std::exp(dice.Normal()), shift = dice.Normal();
      std::vector<double> values;
      for (int row = 0; row < 300; ++row) values.push_back(shift + scale * dice.Normal());
      table.AddNumbers("c" + std::to_string(column), values);
    }
    proposals += table.Candidates("lessThanField").size();
    proposals += table.Candidates("greaterThanField").size();
  }
  EXPECT_LE(proposals, 3u);  // of 6000 pairs; held-out rows refute these
}

}  // namespace
}  // namespace assay::infer::testing
