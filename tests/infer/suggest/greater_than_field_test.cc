#include <gmock/gmock.h>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(GreaterThanFieldTest, TellsAnOrderOfTheFirstField) {
  Dice dice(1);
  std::vector<double> price, cost;
  for (int i = 0; i < 1000; ++i) {
    price.push_back(100 * dice.Uniform());
    cost.push_back(price.back() * (0.3 + 0.7 * dice.Uniform()));
  }
  SampledTable table;
  table.AddNumbers("price", price);
  table.AddNumbers("cost", cost);
  EXPECT_THAT(
      table.Proposals("greaterThanField"),
      ElementsAre("greaterThanField(price) {\"field_name\":\"cost\",\"inclusive\":true}"));
  EXPECT_THAT(table.Proposals("lessThanField"), IsEmpty());
  const Candidate candidate = table.Candidates("greaterThanField").front();
  EXPECT_GT(candidate.chance_failing_share, 0.2);
  EXPECT_LT(candidate.chance_failing_share, 0.5);
  EXPECT_NEAR(1 - candidate.min_holding_share, candidate.chance_failing_share / 3, 0.01);
}

TEST(GreaterThanFieldTest, FewRowsAndNoFieldsSayNothing) {
  SampledTable table;
  table.AddNumbers("price", std::vector<double>(10, 2));
  table.AddNumbers("cost", std::vector<double>(10, 1));
  EXPECT_THAT(table.Proposals("greaterThanField"), IsEmpty());
  EXPECT_THAT(SampledTable().Proposals("greaterThanField"), IsEmpty());
}

}  // namespace
}  // namespace assay::infer::testing
