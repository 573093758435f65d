#include "infer/text_pattern.h"

#include <gmock/gmock.h>
#include <re2/re2.h>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

/// What is learnt from `count` texts.
template <class Draw>
std::string Learn(Draw&& draw, int count = 600) {
  Dice dice(51);
  std::vector<WeightedText> texts;
  for (int i = 0; i < count; ++i) texts.push_back({.text = draw(dice)});
  const std::optional<TextPattern> pattern = LearnTextPattern(texts);
  return pattern ? pattern->regex : "";
}

std::string Digits(Dice& dice, int count) {
  std::string digits;
  for (int i = 0; i < count; ++i) digits += static_cast<char>('0' + dice.Between(0, 9));
  return digits;
}

std::string Word(Dice& dice, int least, int most) {
  std::string word;
  for (int64_t i = dice.Between(least, most); i > 0; --i)
    word += static_cast<char>('a' + dice.Between(0, 25));
  return word;
}

std::string Email(Dice& dice) {
  std::string address = Word(dice, 3, 9);
  if (dice.Chance(0.6)) address += (dice.Chance(0.7) ? "." : "_") + Word(dice, 3, 9);
  if (dice.Chance(0.3)) address += Digits(dice, 2);
  return address + "@" + Word(dice, 4, 10) +
         (dice.Chance(0.1)   ? ".co.uk"
          : dice.Chance(0.5) ? ".com"
                             : ".org");
}

TEST(TextPatternTest, CodesHaveFixedRuns) {
  EXPECT_EQ(Learn([](Dice& dice) { return "SKU-" + Digits(dice, 5); }), "^SKU-[0-9]{5}$");
  EXPECT_EQ(Learn([](Dice& dice) {
              std::string code = Word(dice, 2, 2);
              for (char& c : code) c = static_cast<char>(c - 'a' + 'A');
              return code + Digits(dice, 4);
            }),
            "^[A-Z]{2}[0-9]{4}$");
}

TEST(TextPatternTest, NumbersInCodesMayGrow) {
  EXPECT_EQ(Learn([](Dice& dice) { return "C" + std::to_string(dice.Between(1, 999)); }),
            "^C[0-9]{1,4}$");
}

TEST(TextPatternTest, FewErrorsAreLeftOut) {
  EXPECT_EQ(Learn([](Dice& dice) {
              return dice.Chance(0.03) ? Digits(dice, 9)
                                       : "+49 " + Digits(dice, 3) + " " + Digits(dice, 7);
            }),
            "^\\+[0-9]{2} [0-9]{3} [0-9]{7}$");
}

TEST(TextPatternTest, CommonFormsAreAlternatives) {
  EXPECT_EQ(Learn([](Dice& dice) {
              return dice.Chance(0.4) ? "A" + Digits(dice, 3) : "B-" + Digits(dice, 5);
            }),
            "^(?:B-[0-9]{5}|A[0-9]{3})$");
}

TEST(TextPatternTest, HexadecimalIdentifiers) {
  const auto hex = [](Dice& dice, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "0123456789abcdef"[dice.Next() % 16];
    return text;
  };
  EXPECT_EQ(Learn([&](Dice& dice) {
              return hex(dice, 8) + "-" + hex(dice, 4) + "-" + hex(dice, 4) + "-" +
                     hex(dice, 4) + "-" + hex(dice, 12);
            }),
            "^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$");
}

TEST(TextPatternTest, EmailAddresses) {
  const std::string regex = Learn([](Dice& dice) {
    std::string address = Email(dice);
    if (dice.Chance(0.01)) address.erase(address.find('@'), 1);
    if (dice.Chance(0.01)) address.resize(address.find('@') + 3);
    return address;
  });
  const RE2 compiled(regex);
  ASSERT_TRUE(compiled.ok()) << regex;
  Dice dice(52);
  for (int i = 0; i < 20000; ++i) {
    const std::string address = Email(dice);
    EXPECT_TRUE(RE2::PartialMatch(address, compiled)) << address << " " << regex;
  }
  for (const char* wrong :
       {"anna.example.com", "anna@@example.com", "anna@example", "@example.com",
        "anna@example.", "anna smith@example.com", "anna@exam ple.com", ""}) {
    EXPECT_FALSE(RE2::PartialMatch(wrong, compiled)) << wrong << " " << regex;
  }
}

TEST(TextPatternTest, Names) {
  const auto name = [](Dice& dice) {
    std::string first = Word(dice, 3, 9), last = Word(dice, 3, 12);
    first[0] = static_cast<char>(first[0] - 'a' + 'A');
    last[0] = static_cast<char>(last[0] - 'a' + 'A');
    if (dice.Chance(0.05)) last += "-Meier";
    if (dice.Chance(0.05)) last += "ü";
    return first + " " + last;
  };
  const std::string regex = Learn(name);
  const RE2 compiled(regex);
  ASSERT_TRUE(compiled.ok()) << regex;
  Dice dice(53);
  for (int i = 0; i < 5000; ++i) {
    const std::string text = name(dice);
    EXPECT_TRUE(RE2::PartialMatch(text, compiled)) << text << " " << regex;
  }
  EXPECT_FALSE(RE2::PartialMatch("Anna5 Smith", compiled)) << regex;
  EXPECT_FALSE(RE2::PartialMatch("Anna", compiled)) << regex;
  EXPECT_FALSE(RE2::PartialMatch("Anna " + std::string(200, 'x'), compiled)) << regex;
}

TEST(TextPatternTest, OfProseOnlyTheLength) {
  const std::string regex = Learn([](Dice& dice) {
    std::string text = Word(dice, 2, 8);
    for (int64_t i = dice.Between(2, 8); i > 0; --i) {
      text += std::string(1, " ,;!"[dice.Next() % 4]) + Word(dice, 2, 8);
    }
    return dice.Chance(0.01) ? text + std::string(900, 'x') : text;
  });
  const RE2 compiled(regex);
  EXPECT_THAT(regex, ::testing::StartsWith("^(?s:.{0,"));
  EXPECT_TRUE(RE2::PartialMatch("any; thing\n!", compiled));
  EXPECT_FALSE(RE2::PartialMatch(std::string(300, 'x'), compiled));
}

TEST(TextPatternTest, LongTextsHaveNoPattern) {
  Dice dice(54);
  std::vector<WeightedText> texts;
  for (int i = 0; i < 100; ++i)
    texts.push_back({.text = Word(dice, 250, 256) + "!;" + Word(dice, 1, 3), .is_cut = true});
  EXPECT_FALSE(LearnTextPattern(texts).has_value());
}

TEST(TextPatternTest, FewTextsHaveNoPattern) {
  EXPECT_EQ(Learn([](Dice& dice) { return Digits(dice, 5); }, 19), "");
}

TEST(TextPatternTest, OddBytesDoNoHarm) {
  const std::string regex = Learn([](Dice& dice) {
    std::string text;
    for (int i = 0; i < 5; ++i) text += static_cast<char>(dice.Next() % 256);
    return text;
  });
  EXPECT_TRUE(regex.empty() || RE2(regex, RE2::Quiet).ok());
}

}  // namespace
}  // namespace assay::infer::testing
