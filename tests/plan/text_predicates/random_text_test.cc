#include "plan/text_predicates/random_text.h"

#include <gtest/gtest.h>

#include <string>

namespace assay::plan {
namespace {

TEST(RandomTextTest, KeysAre) {
  EXPECT_TRUE(IsRandomText("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY9z"));
  EXPECT_TRUE(IsRandomText("q3J9xZ7kLmN2vB8tRfY5wHcDgS1pUeAo"));
}

TEST(RandomTextTest, WordsNumbersAndDigestsAreNot) {
  EXPECT_FALSE(IsRandomText("InternationalBusinessMachines2024"));
  EXPECT_FALSE(IsRandomText("123e4567-e89b-12d3-a456-426614174000"));
  EXPECT_FALSE(IsRandomText("D41D8CD98F00B204E9800998ecf8427e"));
  EXPECT_FALSE(IsRandomText("The Quick Brown Fox Jumps Over 13 Lazy Dogs"));
  EXPECT_FALSE(IsRandomText("q3J9xZ7kLmN2vB8tRfY"));
  EXPECT_FALSE(IsRandomText(std::string(600, 'a')));
  EXPECT_FALSE(IsRandomText(""));
}

}  // namespace
}  // namespace assay::plan
