#include <gmock/gmock.h>

#include "infer/dependency.h"
#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kCityDeterminesCountry =
    "functionalDependency(city, country) "
    "{\"determinants\":[\"city\"],\"failing\":\"minority\"}";

std::string City(int64_t number) {
  return "city " + std::to_string(number);
}
std::string Country(int64_t number) {
  return "country " + std::to_string(number % 5);
}

SampledTable Places(uint64_t seed, size_t rows, double error_share, int64_t cities = 30) {
  Dice dice(seed);
  std::vector<std::string> city, country;
  for (size_t row = 0; row < rows; ++row) {
    const int64_t number = dice.Between(1, cities);
    city.push_back(City(number));
    country.push_back(Country(dice.Chance(error_share) ? dice.Between(1, 5) : number));
  }
  SampledTable table;
  table.AddTexts("city", city);
  table.AddTexts("country", country);
  return table;
}

TEST(FunctionalDependencyTest, FindsADependencyAmongErrors) {
  for (const double error_share : {0.0, 0.01, 0.05, 0.15}) {
    EXPECT_THAT(Places(1, 1000, error_share).Proposals("functionalDependency"),
                ElementsAre(kCityDeterminesCountry))
        << error_share;
  }
  EXPECT_THAT(Places(1, 1000, 0.5).Proposals("functionalDependency"), IsEmpty());
}

TEST(FunctionalDependencyTest, FindsDependenciesOfSmallGroups) {
  EXPECT_THAT(Places(2, 1000, 0.02, 250).Proposals("functionalDependency"),
              ElementsAre(kCityDeterminesCountry));
}

TEST(FunctionalDependencyTest, ExceptionsOfSomeKeysAreNoErrors) {
  // One city in five lies in two countries.
  Dice dice(3);
  std::vector<std::string> city, country;
  for (int row = 0; row < 2000; ++row) {
    const int64_t number = dice.Between(1, 30);
    city.push_back(City(number));
    const bool is_divided = number % 5 == 0;
    country.push_back(Country(is_divided && dice.Chance(0.4) ? number + 1 : number));
  }
  SampledTable table;
  table.AddTexts("city", city);
  table.AddTexts("country", country);
  EXPECT_THAT(table.Proposals("functionalDependency"), IsEmpty());
}

TEST(FunctionalDependencyTest, NearlyConstantAndMeasuredFieldsSayNothing) {
  Dice dice(4);
  std::vector<std::string> city, constant;
  std::vector<double> price, tax;
  for (int row = 0; row < 2000; ++row) {
    city.push_back(City(dice.Between(1, 30)));
    constant.push_back(dice.Chance(0.95) ? "EUR" : "USD");
    price.push_back(static_cast<double>(dice.Between(1, 200)) / 10);
    tax.push_back(price.back() / 5);
  }
  SampledTable table;
  table.AddTexts("city", city);
  table.AddTexts("currency", constant);
  table.AddNumbers("price", price);
  table.AddNumbers("tax", tax);
  EXPECT_THAT(table.Proposals("functionalDependency"), IsEmpty());
}

TEST(FunctionalDependencyTest, OfManyKeysTheBestTwoArePicked) {
  Dice dice(5);
  std::vector<std::string> country;
  std::vector<std::vector<std::string>> keys(4);
  for (int row = 0; row < 1000; ++row) {
    const int64_t number = dice.Between(1, 30);
    country.push_back(Country(number));
    for (size_t i = 0; i < keys.size(); ++i) {
      const bool is_wrong = dice.Chance(0.02 * static_cast<double>(i));
      keys[i].push_back(City(is_wrong ? dice.Between(1, 30) : number));
    }
  }
  SampledTable table;
  for (size_t i = 0; i < keys.size(); ++i) table.AddTexts("key" + std::to_string(i), keys[i]);
  table.AddTexts("country", country);
  std::vector<std::string> of_country;
  for (const Candidate& candidate : table.Candidates("functionalDependency")) {
    if (candidate.definition.fields.back() == "country")
      of_country.push_back(candidate.definition.fields.front());
  }
  EXPECT_THAT(of_country, ElementsAre("key0", "key1"));
}

TEST(FunctionalDependencyTest, SurvivesNullsConstantsAndFewRows) {
  SampledTable table;
  table.AddTexts("one", std::vector<std::string>(500, "x"));
  table.AddTexts("none", std::vector<std::string>(500, ""));
  EXPECT_THAT(table.Proposals("functionalDependency"), IsEmpty());
  EXPECT_THAT(Places(6, 12, 0).Proposals("functionalDependency"), IsEmpty());
  EXPECT_THAT(SampledTable().Proposals("functionalDependency"), IsEmpty());
}

TEST(FunctionalDependencyTest, IndependentFieldsDetermineNothing) {
  size_t proposals = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Dice dice(7000 + seed);
    SampledTable table;
    for (int column = 0; column < 6; ++column) {
      const int64_t distinct = dice.Between(2, 60);
      const double share = 0.9 * dice.Uniform();  // of one value beyond its turn
      std::vector<std::string> values;
      for (int row = 0; row < 300; ++row)
        values.push_back(dice.Chance(share) ? City(1) : City(dice.Between(1, distinct)));
      table.AddTexts("c" + std::to_string(column), values);
    }
    proposals += table.Candidates("functionalDependency").size();
  }
  EXPECT_EQ(proposals, 0u);  // of 6000 pairs
}

TEST(KeyGroupsTest, CountsTheMinorityOrAllWithoutMajority) {
  engine::RowSample::Column keys, values;
  keys.identities = {1, 1, 1, 2, 2, 3, 0, 3};
  values.identities = {7, 7, 8, 7, 8, 9, 9, 0};
  const KeyGroups::Outcome outcome =
      KeyGroups(CodedColumn::Of(keys)).Count(CodedColumn::Of(values));
  EXPECT_EQ(outcome.counts.asserted_rows, 6);
  EXPECT_EQ(outcome.counts.failing_rows, 3);
  EXPECT_EQ(outcome.dispersion, std::nullopt);
}

}  // namespace
}  // namespace assay::infer::testing
