#include "report/number_format.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace assay::report {
namespace {

TEST(NumberFormatTest, CountsAreGroupedInThrees) {
  EXPECT_EQ(FormatCount(0), "0");
  EXPECT_EQ(FormatCount(999), "999");
  EXPECT_EQ(FormatCount(1'000), "1,000");
  EXPECT_EQ(FormatCount(12'345'678), "12,345,678");
  EXPECT_EQ(FormatCount(-1'234), "-1,234");
  EXPECT_EQ(FormatCount(std::numeric_limits<int64_t>::min()), "-9,223,372,036,854,775,808");
}

TEST(NumberFormatTest, NounsFollowTheirCount) {
  EXPECT_EQ(FormatCountOf(1, "row"), "1 row");
  EXPECT_EQ(FormatCountOf(0, "row"), "0 rows");
  EXPECT_EQ(FormatCountOf(2'000, "row"), "2,000 rows");
}

TEST(NumberFormatTest, MeasuresKeepFiveDigits) {
  EXPECT_EQ(FormatNumber(0), "0");
  EXPECT_EQ(FormatNumber(-0.0), "0");
  EXPECT_EQ(FormatNumber(0.123456), "0.12346");
  EXPECT_EQ(FormatNumber(61728.449), "61,728");
  EXPECT_EQ(FormatNumber(1198.476), "1,198.5");
  EXPECT_EQ(FormatNumber(2.5), "2.5");
  EXPECT_EQ(FormatNumber(-123456789.0), "-123,456,789");
  EXPECT_EQ(FormatNumber(1.234e20), "1.234e+20");
  EXPECT_EQ(FormatNumber(0.00001234), "1.234e-05");
  EXPECT_EQ(FormatNumber(std::nan("")), "NaN");
  EXPECT_EQ(FormatNumber(-INFINITY), "-∞");
}

TEST(NumberFormatTest, ExactNumbersKeepTheirDigits) {
  EXPECT_EQ(FormatExactNumber("-1234567.50"), "-1,234,567.50");
  EXPECT_EQ(FormatExactNumber("9223372036854775807"), "9,223,372,036,854,775,807");
  EXPECT_EQ(FormatExactNumber("12345678901234567890123"), "1.235e+22");
  EXPECT_EQ(FormatExactNumber("-12.0"), "-12");
  EXPECT_EQ(FormatExactNumber("5.00"), "5.00");
  EXPECT_EQ(FormatExactNumber("1e300"), "1e300");
  EXPECT_EQ(FormatExactNumber("NaN"), "NaN");
  EXPECT_EQ(FormatExactNumber(""), "");
  EXPECT_EQ(FormatExactNumber("-"), "-");
}

TEST(NumberFormatTest, OnlyExactSharesAreAllOrNothing) {
  EXPECT_EQ(FormatShare(1), "100%");
  EXPECT_EQ(FormatShare(0), "0%");
  EXPECT_EQ(FormatShare(0.999999), ">99.9%");
  EXPECT_EQ(FormatShare(0.000001), "<0.1%");
  EXPECT_EQ(FormatShare(0.9925), "99.2%");
}

TEST(NumberFormatTest, BytesUsePowersOfThousand) {
  EXPECT_EQ(FormatBytes(0), "0 B");
  EXPECT_EQ(FormatBytes(999), "999 B");
  EXPECT_EQ(FormatBytes(1'200), "1.2 kB");
  EXPECT_EQ(FormatBytes(999'950), "1.0 MB");
  EXPECT_EQ(FormatBytes(149'400'000), "149 MB");
  EXPECT_EQ(FormatBytes(std::numeric_limits<int64_t>::max()), "9.2 EB");
}

}  // namespace
}  // namespace assay::report
