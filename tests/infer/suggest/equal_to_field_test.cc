#include <gmock/gmock.h>

#include <limits>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Name(Dice& dice) {
  return "name " + std::to_string(dice.Between(1, 50));
}

SampledTable Customers(uint64_t seed, size_t rows, double error_share) {
  Dice dice(seed);
  std::vector<std::string> ordered_by, billed_to;
  for (size_t row = 0; row < rows; ++row) {
    ordered_by.push_back(Name(dice));
    billed_to.push_back(dice.Chance(error_share) ? Name(dice) : ordered_by.back());
  }
  SampledTable table;
  table.AddTexts("ordered_by", ordered_by);
  table.AddTexts("billed_to", billed_to);
  return table;
}

TEST(EqualToFieldTest, FindsEqualFieldsAmongErrors) {
  for (const double error_share : {0.0, 0.05, 0.12}) {
    EXPECT_THAT(Customers(1, 1000, error_share).Proposals("equalToField"),
                ElementsAre("equalToField(ordered_by) {\"field_name\":\"billed_to\"}"))
        << error_share;
  }
  EXPECT_THAT(Customers(1, 1000, 0.4).Proposals("equalToField"), IsEmpty());
}

TEST(EqualToFieldTest, ComparesNumbersOfDifferentTypes) {
  std::vector<double> values;
  for (int i = 0; i < 200; ++i) values.push_back(i % 40);
  SampledTable table;
  table.AddNumbers("whole", values, plan::FieldType::kIntegral);
  table.AddNumbers("real", values, plan::FieldType::kFractional);
  table.AddNumbers("time", values, plan::FieldType::kTimestamp);
  EXPECT_THAT(table.Proposals("equalToField"),
              ElementsAre("equalToField(whole) {\"field_name\":\"real\"}"));
}

TEST(EqualToFieldTest, SurvivesNullsConstantsAndFewRows) {
  SampledTable table;
  table.AddTexts("one", std::vector<std::string>(500, "x"));
  table.AddTexts("same", std::vector<std::string>(500, "x"));
  table.AddTexts("none", std::vector<std::string>(500, ""));
  table.AddNumbers("nan", std::vector<double>(500, std::numeric_limits<double>::quiet_NaN()));
  EXPECT_THAT(table.Proposals("equalToField"), IsEmpty());
  EXPECT_THAT(Customers(2, 20, 0).Proposals("equalToField"), IsEmpty());
  EXPECT_THAT(SampledTable().Proposals("equalToField"), IsEmpty());
}

TEST(EqualToFieldTest, IndependentFieldsAreNotEqual) {
  size_t proposals = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Dice dice(seed);
    SampledTable table;
    for (int column = 0; column < 5; ++column) {
      const double share = 0.5 + 0.5 * dice.Uniform();  // of one value
      std::vector<std::string> values;
      for (int row = 0; row < 200; ++row) values.push_back(dice.Chance(share) ? "a" : "b");
      table.AddTexts("c" + std::to_string(column), values);
    }
    proposals += table.Candidates("equalToField").size();
  }
  EXPECT_EQ(proposals, 0u);  // of 2000 pairs
}

}  // namespace
}  // namespace assay::infer::testing
