#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

/// Values with the number of times each occurs.
std::vector<std::string> Repeat(const std::vector<std::pair<std::string, int>>& counts) {
  std::vector<std::string> values;
  for (const auto& [value, count] : counts)
    values.insert(values.end(), static_cast<size_t>(count), value);
  return values;
}

Json ListFor(const engine::FieldProfile& profile) {
  return ProposalFor("expectedValues", profile).properties.value("list", Json());
}

Json ListOf(const std::vector<std::pair<std::string, int>>& counts) {
  return ListFor(TextProfile("status", Repeat(counts)));
}

TEST(ExpectedValuesTest, ListsTheCategories) {
  EXPECT_EQ(ListOf({{"shipped", 500}, {"open", 300}, {"returned", 12}}),
            Json({"shipped", "open", "returned"}));
}

TEST(ExpectedValuesTest, LeavesOutMisspellings) {
  EXPECT_EQ(ListOf({{"delivered", 5000},
                    {"shipped", 3000},
                    {"pending", 2000},
                    {"deliverd", 20},
                    {"shiped", 25},
                    {"Pending", 60},
                    {"pending ", 10},
                    {"pnding", 1},
                    {"delievred", 3}}),
            Json({"delivered", "shipped", "pending"}));
}

TEST(ExpectedValuesTest, LeavesOutPlaceholdersAndStrayValues) {
  EXPECT_EQ(ListOf({{"north", 5000}, {"south", 4000}, {"n/a", 90}, {"?", 30}, {"xyzzy", 1}}),
            Json({"north", "south"}));
}

TEST(ExpectedValuesTest, KeepsRareCategoriesThatResembleNothing) {
  EXPECT_EQ(ListOf({{"card", 9000}, {"cash", 900}, {"voucher", 40}}),
            Json({"card", "cash", "voucher"}));
}

TEST(ExpectedValuesTest, LeavesOutValuesOfAnotherKind) {
  EXPECT_EQ(ListOf({{"consumer", 5000}, {"business", 4000}, {"DE", 12}, {"FR", 11}}),
            Json({"consumer", "business"}));
  EXPECT_EQ(ListOf({{"DE", 5000}, {"FR", 4000}, {"the country whose code is DE", 12}}),
            Json({"DE", "FR"}));
}

TEST(ExpectedValuesTest, LeavesOutATailThatNothingConnects) {
  EXPECT_EQ(
      ListOf({{"north", 5000}, {"south", 4000}, {"apple", 20}, {"grape", 18}, {"melon", 15}}),
      Json({"north", "south"}));
  EXPECT_EQ(
      ListOf({{"north", 5000}, {"south", 4000}, {"apple", 900}, {"grape", 200}, {"melon", 15}}),
      Json({"north", "south", "apple", "grape", "melon"}));
}

TEST(ExpectedValuesTest, ShortCodesAreNotMisspellingsOfEachOther) {
  EXPECT_EQ(ListOf({{"DE", 5000}, {"FR", 3000}, {"DK", 30}, {"BE", 25}}),
            Json({"DE", "FR", "DK", "BE"}));
}

TEST(ExpectedValuesTest, FindsCategoriesAmongManyMisspellings) {
  // Over a hundred distinct values: no histogram.
  Dice dice(7);
  std::vector<std::string> values = Repeat({{"delivered", 20000}, {"processing", 15000}});
  for (int i = 0; i < 500; ++i) {
    std::string word = dice.Chance(0.5) ? "delivered" : "processing";
    word[dice.Next() % word.size()] = static_cast<char>('a' + dice.Between(0, 25));
    values.push_back(word);
  }
  const engine::FieldProfile profile = TextProfile("status", values);
  EXPECT_TRUE(profile.histogram_buckets.empty());
  EXPECT_EQ(ListFor(profile), Json({"delivered", "processing"}));
}

TEST(ExpectedValuesTest, FindsCategoriesWhereMostOthersAreSlips) {
  for (const double error_share : {0.1, 0.2, 0.3}) {
    Dice dice(9);
    std::vector<std::string> values;
    for (int i = 0; i < 3000; ++i) {
      std::string word = dice.Chance(0.5) ? "delivered" : "processing";
      if (dice.Chance(error_share))
        word[dice.Next() % word.size()] = static_cast<char>('a' + dice.Between(0, 25));
      values.push_back(word);
    }
    const Json list = ListFor(TextProfile("status", values));
    EXPECT_THAT(list.get<std::vector<std::string>>(),
                ::testing::UnorderedElementsAre("delivered", "processing"))
        << error_share;
  }
}

TEST(ExpectedValuesTest, ManyRareValuesAreNoSlips) {
  // Countries: a few large ones, and many small ones.
  Dice dice(10);
  std::vector<std::string> values = Repeat({{"DE", 400}, {"AT", 250}, {"CH", 200}});
  for (int i = 0; i < 150; ++i) {
    values.push_back({static_cast<char>('A' + dice.Between(0, 25)),
                      static_cast<char>('A' + dice.Between(0, 25))});
  }
  EXPECT_EQ(ListFor(TextProfile("country", values)), Json());
}

TEST(ExpectedValuesTest, NumberedThingsAreNoSlips) {
  Dice dice(11);
  std::vector<std::string> values = Repeat({{"store 1", 700}, {"store 2", 600}});
  for (int i = 0; i < 300; ++i)
    values.push_back("store " + std::to_string(dice.Between(3, 99)));
  EXPECT_EQ(ListFor(TextProfile("store", values)), Json());
}

TEST(ExpectedValuesTest, IsNotProposedForOpenSets) {
  Dice dice(8);
  std::vector<std::string> names;
  for (int i = 0; i < 5000; ++i)
    names.push_back("name " + std::to_string(static_cast<int>(std::exp(7 * dice.Uniform()))));
  EXPECT_EQ(ListFor(TextProfile("name", names)), Json());
}

TEST(ExpectedValuesTest, IsNotProposedForNumberedValues) {
  std::vector<std::pair<std::string, int>> batches;
  for (int i = 10; i < 40; ++i) batches.emplace_back("batch " + std::to_string(i), 100);
  EXPECT_EQ(ListOf(batches), Json());
}

TEST(ExpectedValuesTest, OfNumbersOnlyCodesWithGaps) {
  const auto numbers = [](std::vector<double> distinct) {
    std::vector<double> values;
    for (int i = 0; i < 1200; ++i)
      values.push_back(distinct[static_cast<size_t>(i) % distinct.size()]);
    return values;
  };
  const auto list_of = [&](std::vector<double> distinct) {
    return ListFor(
        NumberProfile("status", plan::FieldType::kIntegral, numbers(std::move(distinct))));
  };
  EXPECT_EQ(list_of({200, 404, 500}), Json({200, 404, 500}));
  EXPECT_EQ(list_of({1, 2, 3, 4, 5}), Json());
}

}  // namespace
}  // namespace assay::infer::testing
