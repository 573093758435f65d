#include "plan/address/tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::plan::address {
namespace {

using testing::ElementsAre;

std::vector<std::string> Keys(std::string_view address) {
  std::vector<std::string> keys;
  for (const Token& token : Tokenize(address)) {
    keys.push_back(std::to_string(token.part) + ":" + token.key);
  }
  return keys;
}

TEST(TokensTest, CommasAndLinesEndParts) {
  EXPECT_THAT(Keys("1 Main St.,, Austin\r\nTX;US"),
              ElementsAre("0:1", "0:main", "0:st", "1:austin", "2:tx", "3:us"));
  EXPECT_THAT(Keys(" , - . "), ElementsAre());
  EXPECT_THAT(Keys(""), ElementsAre());
}

TEST(TokensTest, KeysAreWithoutAccents) {
  EXPECT_THAT(Keys("Königstraße ÎLE-DE-Ré Œuvre Šumavská"),
              ElementsAre("0:konigstrasse", "0:ile-de-re", "0:oeuvre", "0:sumavska"));
  EXPECT_THAT(Keys("\xc3"), ElementsAre("0:\xc3"));
}

TEST(TokensTest, HouseNumbersHoldNoWord) {
  for (const char* number : {"1", "221b", "12-14", "12/3", "7a-7c"}) {
    EXPECT_TRUE(IsHouseNumber(number)) << number;
  }
  for (const char* other : {"", "b12", "2nd", "12th", "1234567890"}) {
    EXPECT_FALSE(IsHouseNumber(other)) << other;
  }
}

}  // namespace
}  // namespace assay::plan::address
