#include "plan/number_text.h"

#include <gtest/gtest.h>

#include <cmath>

namespace assay::plan {
namespace {

std::string FloorText(const char* number, int scale) {
  return FloorToScale(*ReadDecimal(number), scale).Text();
}

TEST(NumberTextTest, FloorsTowardsMinusInfinity) {
  EXPECT_EQ(FloorText("12.5", 0), "12");
  EXPECT_EQ(FloorText("-12.5", 0), "-13");
  EXPECT_EQ(FloorText("-0.1", 0), "-1");
  EXPECT_EQ(FloorText("-99.99", 1), "-100");
  EXPECT_EQ(FloorText("0.019", 2), "0.01");
  EXPECT_EQ(FloorText("0.001", 2), "0");
  EXPECT_EQ(FloorText("7", 2), "7");
}

TEST(NumberTextTest, ExpandsDoublesExactly) {
  EXPECT_EQ(ExactDigits(0.1).Text(),
            "0.1000000000000000055511151231257827021181583404541015625");
  EXPECT_EQ(ExactDigits(1e23).Text(), "99999999999999991611392");
  EXPECT_EQ(ExactDigits(-0.0).Text(), "0");
  EXPECT_EQ(ExactDigits(5e-324).fraction.size(), 1074u);
}

TEST(NumberTextTest, ReadsDoublesOfAnyMagnitude) {
  EXPECT_EQ(*ReadDouble("1e400"), std::numeric_limits<double>::infinity());
  EXPECT_EQ(*ReadDouble("-1e400"), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(*ReadDouble("1e-400"), 0.0);
  EXPECT_TRUE(std::isnan(*ReadDouble("NaN")));
  EXPECT_FALSE(ReadDouble("inf"));
  EXPECT_FALSE(ReadDouble("1x"));
}

}  // namespace
}  // namespace assay::plan
