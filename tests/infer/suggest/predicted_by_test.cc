#include <gmock/gmock.h>

#include <cmath>
#include <cstdio>
#include <limits>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

using ::testing::IsEmpty;

SampledTable Temperatures(uint64_t seed, size_t rows, double error_share) {
  Dice dice(seed);
  std::vector<double> celsius, fahrenheit;
  for (size_t row = 0; row < rows; ++row) {
    celsius.push_back(std::round(2000 + 300 * dice.Normal()) / 100);
    const double error = dice.Chance(error_share) ? 3 + 6 * dice.Uniform() : 0;
    fahrenheit.push_back(std::round((celsius.back() * 1.8 + 32 + error) * 100) / 100);
  }
  SampledTable table;
  table.AddNumbers("celsius", celsius);
  table.AddNumbers("fahrenheit", fahrenheit);
  return table;
}

TEST(PredictedByTest, FindsALineAmongErrors) {
  for (const double error_share : {0.0, 0.05, 0.12}) {
    const std::vector<Candidate> candidates =
        Temperatures(1, 1000, error_share).Candidates("predictedBy");
    ASSERT_EQ(candidates.size(), 1u) << error_share;
    const rules::CheckDefinition& check = candidates.front().definition;
    EXPECT_EQ(check.fields, std::vector<std::string>{"fahrenheit"});
    double slope = 0, intercept = 0;
    const std::string text = check.properties["expression"];
    ASSERT_EQ(std::sscanf(text.c_str(), "%lf * celsius + %lf", &slope, &intercept), 2) << text;
    EXPECT_NEAR(slope, 1.8, 0.01);
    EXPECT_NEAR(intercept, 32, 0.2);
    EXPECT_LT(check.properties["tolerance"].get<double>(), 0.5);
  }
  EXPECT_THAT(Temperatures(1, 1000, 0.3).Candidates("predictedBy"), IsEmpty());
}

TEST(PredictedByTest, LooseRelationsSayNothing) {
  Dice dice(2);
  std::vector<double> price, cost;
  for (int row = 0; row < 1000; ++row) {
    price.push_back(std::exp(4 + 0.8 * dice.Normal()));
    cost.push_back(price.back() * (0.4 + 0.5 * dice.Uniform()));
  }
  SampledTable table;
  table.AddNumbers("price", price);
  table.AddNumbers("cost", cost);
  EXPECT_THAT(table.Candidates("predictedBy"), IsEmpty());
}

TEST(PredictedByTest, SurvivesNullsConstantsAndFewRows) {
  SampledTable table;
  table.AddNumbers("one", std::vector<double>(500, 1));
  table.AddNumbers("same", std::vector<double>(500, 1));
  table.AddNumbers("none", std::vector<double>(500, std::numeric_limits<double>::quiet_NaN()));
  EXPECT_THAT(table.Candidates("predictedBy"), IsEmpty());
  EXPECT_THAT(Temperatures(3, 30, 0).Candidates("predictedBy"), IsEmpty());
  EXPECT_THAT(SampledTable().Candidates("predictedBy"), IsEmpty());
}

TEST(PredictedByTest, IndependentNumbersPredictNothing) {
  size_t proposals = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Dice dice(500 + seed);
    SampledTable table;
    for (int column = 0; column < 5; ++column) {
      const auto most = dice.Between(1, 50);
      std::vector<double> values;
      for (int row = 0; row < 200; ++row)
        values.push_back(static_cast<double>(dice.Between(0, most)));
      table.AddNumbers("c" + std::to_string(column), values);
    }
    proposals += table.Candidates("predictedBy").size();
  }
  EXPECT_EQ(proposals, 0u);  // of 2000 pairs
}

}  // namespace
}  // namespace assay::infer::testing
