#include "plan/text_predicates/check_digits.h"

#include <gtest/gtest.h>

#include <string>

namespace assay::plan {
namespace {

TEST(CheckDigitsTest, LuhnFindsEveryWrongDigit) {
  const std::string number = "4111111111111111";
  EXPECT_TRUE(PassesLuhn(number));
  for (size_t i = 0; i < number.size(); ++i) {
    for (char c = '0'; c <= '9'; ++c) {
      std::string changed = number;
      changed[i] = c;
      EXPECT_EQ(PassesLuhn(changed), changed == number) << changed;
    }
  }
  EXPECT_TRUE(PassesLuhn("0"));
  EXPECT_FALSE(PassesLuhn(""));
  EXPECT_FALSE(PassesLuhn("41 11"));
  EXPECT_FALSE(PassesLuhn("٤"));
}

TEST(CheckDigitsTest, IbanHasCountryLengthAndRemainder) {
  EXPECT_TRUE(IsIban("DE89370400440532013000"));
  EXPECT_TRUE(IsIban("GB82 WEST 1234 5698 7654 32"));
  EXPECT_TRUE(IsIban("MT84MALT011000012345MTLCAST001S"));
  EXPECT_TRUE(IsIban("NO9386011117947"));
  EXPECT_FALSE(IsIban("DE89370400440532013001"));
  EXPECT_FALSE(IsIban("DE8937040044053201300"));
  EXPECT_FALSE(IsIban("de89370400440532013000"));
  EXPECT_FALSE(IsIban("ZZ89370400440532013000"));
  EXPECT_FALSE(IsIban(""));
  EXPECT_FALSE(IsIban("DE"));
  EXPECT_FALSE(IsIban(std::string(100, 'D')));
}

TEST(CheckDigitsTest, LeiAndIsin) {
  EXPECT_TRUE(IsLei("5493001KJTIIGC8Y1R12"));
  EXPECT_FALSE(IsLei("5493001KJTIIGC8Y1R21"));
  EXPECT_FALSE(IsLei("5493001KJTIIGC8Y1R1"));
  EXPECT_TRUE(IsIsin("US0378331005"));
  EXPECT_FALSE(IsIsin("US0378331006"));
  EXPECT_FALSE(IsIsin("120378331005"));
}

TEST(CheckDigitsTest, IsbnOfTenOrThirteenDigits) {
  EXPECT_TRUE(IsIsbn("080442957X"));
  EXPECT_TRUE(IsIsbn("0-306-40615-2"));
  EXPECT_TRUE(IsIsbn("978 3 16 148410 0"));
  EXPECT_FALSE(IsIsbn("0804429570"));
  EXPECT_FALSE(IsIsbn("08044X9570"));
  EXPECT_FALSE(IsIsbn("9783161484101"));
  EXPECT_FALSE(IsIsbn("4006381333931"));  // an article, no book
  EXPECT_FALSE(IsIsbn("-0306406152"));
  EXPECT_FALSE(IsIsbn("0306406152-"));
  EXPECT_FALSE(IsIsbn("03064--06152"));
  EXPECT_FALSE(IsIsbn(""));
}

TEST(CheckDigitsTest, Ean13) {
  EXPECT_TRUE(IsEan13("4006381333931"));
  EXPECT_FALSE(IsEan13("4006381333913"));
  EXPECT_FALSE(IsEan13("400638133393"));
  EXPECT_FALSE(IsEan13("400638133393X"));
}

}  // namespace
}  // namespace assay::plan
