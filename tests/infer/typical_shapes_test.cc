#include "infer/typical_shapes.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

/// A typing error as people make them.
std::string WithSlip(std::string text, Dice& dice) {
  const size_t at = dice.Next() % text.size();
  switch (dice.Next() % 3) {
    case 0: return text.erase(at, 1);
    case 1: return text.insert(at, 1, text[at]);
    default: text[at] = static_cast<char>('a' + dice.Between(0, 25)); return text;
  }
}

std::vector<WeightedText> Codes(double error_share) {
  Dice dice(1);
  std::vector<WeightedText> texts;
  for (int i = 0; i < 600; ++i) {
    const std::string code = fmt::format("ORD-{}", dice.Between(100000, 999999));
    texts.push_back({.text = dice.Chance(error_share) ? WithSlip(code, dice) : code});
  }
  return texts;
}

TEST(TypicalShapesTest, SlipsAreLeftOut) {
  for (const double error_share : {0.05, 0.15, 0.3}) {
    const auto typical = TypicalTexts(Codes(error_share), ShapeDetail::kKinds);
    ASSERT_TRUE(typical) << error_share;
    for (const WeightedText& text : *typical) EXPECT_EQ(text.text.size(), 10u);
    const auto pattern = LearnTextPattern(Codes(error_share));
    ASSERT_TRUE(pattern);
    EXPECT_TRUE(pattern->regex == "^ORD-[0-9]{6}$" || pattern->regex == "^[A-Z]{3}-[0-9]{6}$")
        << pattern->regex;
  }
}

TEST(TypicalShapesTest, OtherFormsAreNotSlips) {
  // Postcodes of many countries.
  Dice dice(2);
  std::vector<WeightedText> texts;
  for (int i = 0; i < 600; ++i) {
    const auto number = dice.Between(10000, 99999);
    texts.push_back({.text = dice.Chance(0.85)
                                 ? fmt::format("{}", number)
                                 : fmt::format("{}{} {}AB", dice.Chance(0.5) ? "SW" : "N",
                                               dice.Between(1, 30), dice.Between(1, 9))});
  }
  EXPECT_FALSE(TypicalTexts(texts, ShapeDetail::kKinds));
  EXPECT_FALSE(TypicalTexts(texts, ShapeDetail::kWords));
}

TEST(TypicalShapesTest, NumbersThatGrowAreNotSlips) {
  std::vector<WeightedText> texts;
  for (int i = 1; i < 1000; ++i) texts.push_back({.text = std::to_string(i)});
  EXPECT_FALSE(TypicalTexts(texts, ShapeDetail::kKinds));
}

TEST(TypicalShapesTest, NamesAndNothingHaveNoTypicalShape) {
  Dice dice(3);
  std::vector<WeightedText> texts;
  for (int i = 0; i < 500; ++i)
    texts.push_back({.text = std::string(static_cast<size_t>(dice.Between(3, 14)), 'a')});
  EXPECT_FALSE(TypicalTexts(texts, ShapeDetail::kKinds));
  EXPECT_FALSE(TypicalTexts({}, ShapeDetail::kKinds));
  EXPECT_FALSE(TypicalTexts({{.text = "a"}}, ShapeDetail::kKinds));
}

}  // namespace
}  // namespace assay::infer::testing
