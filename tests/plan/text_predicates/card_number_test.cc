#include "plan/text_predicates/card_number.h"

#include <gtest/gtest.h>

#include <string>

namespace assay::plan {
namespace {

TEST(CardNumberTest, InOneRunOrInGroups) {
  EXPECT_TRUE(IsCardNumber("4111111111111111"));
  EXPECT_TRUE(IsCardNumber("4111 1111 1111 1111"));
  EXPECT_TRUE(IsCardNumber("4111-1111-1111-1111"));
  EXPECT_TRUE(IsCardNumber("3782 822463 10005"));
  EXPECT_TRUE(IsCardNumber("4222222222222"));
  EXPECT_FALSE(IsCardNumber("4111 1111-1111 1111"));
  EXPECT_FALSE(IsCardNumber("4111  1111 1111 1111"));
  EXPECT_FALSE(IsCardNumber("41 11 11 11 11 11 11 11"));
  EXPECT_FALSE(IsCardNumber("4111 1111 1111 1111 "));
  EXPECT_FALSE(IsCardNumber("4111 1111 1111 1111 x"));
  EXPECT_FALSE(IsCardNumber("4111 1111 1111 "));
  EXPECT_FALSE(IsCardNumber(""));
}

TEST(CardNumberTest, DigitsAndTheirNumberCount) {
  EXPECT_FALSE(IsCardNumber("4111111111111112"));
  EXPECT_FALSE(IsCardNumber("0000000000000000"));
  EXPECT_FALSE(IsCardNumber("1111111111112"));
  EXPECT_FALSE(IsCardNumber("411111111117"));  // 12 digits
  EXPECT_FALSE(IsCardNumber(std::string(20, '0')));
}

TEST(CardNumberTest, IsFoundInATextUnlessDigitsAdjoin) {
  EXPECT_TRUE(ContainsCardNumber("pay 4111111111111111."));
  EXPECT_TRUE(ContainsCardNumber("card4111-1111-1111-1111/12"));
  EXPECT_TRUE(ContainsCardNumber("1234 4111 1111 1111 1111"));
  EXPECT_TRUE(ContainsCardNumber("4111 1111 1111 1111 123"));
  EXPECT_FALSE(ContainsCardNumber("94111111111111111"));
  EXPECT_FALSE(ContainsCardNumber("41111111111111110000"));
  EXPECT_FALSE(ContainsCardNumber("4111 1111 1111 11112"));
  EXPECT_FALSE(ContainsCardNumber("ABC12345XYZ"));
  EXPECT_FALSE(ContainsCardNumber(""));
  EXPECT_FALSE(ContainsCardNumber(std::string(100'000, '7')));
}

}  // namespace
}  // namespace assay::plan
