#include "engine/text_value.h"

#include <gtest/gtest.h>

#include <cmath>

namespace assay::engine {
namespace {

using std::nullopt;

constexpr int64_t kDay = int64_t{86'400} * 1'000'000;
// 2026-01-31
constexpr int32_t kDate = 20484;

TEST(TextToBooleanTest, ReadsWordsInAnyCase) {
  EXPECT_EQ(TextToBoolean(" TRUE "), true);
  EXPECT_EQ(TextToBoolean("n"), false);
  for (const char* text : {"", "1", "0", "on", "truely"})
    EXPECT_EQ(TextToBoolean(text), nullopt) << text;
}

TEST(TextToBigintTest, ReadsIntegersOnly) {
  EXPECT_EQ(TextToBigint(" -12 "), -12);
  EXPECT_EQ(TextToBigint("+12.00"), 12);
  EXPECT_EQ(TextToBigint("9223372036854775807"), INT64_MAX);
  EXPECT_EQ(TextToBigint("-9223372036854775808"), INT64_MIN);
  for (const char* text : {"", "-", ".", ".0", "12.7", "007", "1e3", "1_000", "0x1f", "+-1",
                           "1 2", "9223372036854775808", "-9223372036854775809", "nan"})
    EXPECT_EQ(TextToBigint(text), nullopt) << text;
}

TEST(TextToHugeintTest, ReadsThirtyEightDigits) {
  profile::Int128 expected = 0;
  for (int i = 0; i < 38; ++i) expected = expected * 10 + 9;
  EXPECT_EQ(TextToHugeint("-" + std::string(38, '9')), -expected);
  EXPECT_EQ(TextToHugeint("1" + std::string(38, '0')), nullopt);
}

TEST(TextToDoubleTest, ReadsWhatADoublePrints) {
  EXPECT_EQ(TextToDouble("+0.5"), 0.5);
  EXPECT_EQ(TextToDouble(".5"), 0.5);
  EXPECT_EQ(TextToDouble("-1."), -1.0);
  EXPECT_EQ(TextToDouble("0.30000000000000004"), 0.1 + 0.2);
  EXPECT_EQ(TextToDouble("1.0000000000000001e-05"), 1e-5) << "printed with 17 digits";
  EXPECT_EQ(TextToDouble("-Infinity"), -INFINITY);
  EXPECT_TRUE(std::isnan(TextToDouble("NaN").value()));
  for (const char* text : {"12345678901234.567", "3.141592653589793238", "0.10000000000000001",
                           "1e400", "00.5", "1_0.5", "0x1p3", "nan(1)", "--1", "1e", "e5"})
    EXPECT_EQ(TextToDouble(text), nullopt) << text;
}

TEST(TextToDecimalTest, ReadsWhatTheScaleHolds) {
  EXPECT_EQ(TextToDecimal("-12.50", 1), -125);
  EXPECT_EQ(TextToDecimal("12.5e-1", 2), 125);
  EXPECT_EQ(TextToDecimal("1200e-2", 0), 12);
  EXPECT_EQ(TextToDecimal("0.000", 1), 0);
  EXPECT_EQ(TextToDecimal("0e-9", 1), 0);
  EXPECT_EQ(TextToDecimal("1e3", 2), 100'000);
  for (const char* text : {"12.55", "5e-2", "1250e-3", "1e38", "1e99999999", "x"})
    EXPECT_EQ(TextToDecimal(text, 1), nullopt) << text;
}

TEST(TextToDateTest, ReadsWhatHasOneMeaning) {
  for (const char* text : {"2026-01-31", "2026/1/31", "20260131", "31.01.2026", " 31.1.2026 ",
                           "2026-01-31 00:00:00", "2026-01-31T02:00+02:00"})
    EXPECT_EQ(TextToDate(text), kDate) << text;
  EXPECT_EQ(TextToDate("1969-12-31"), -1);
  for (const char* text :
       {"2026-01-31 10:00:00", "2023-02-29", "01/31/2026", "31/01/2026", "2026-01/31",
        "2026-13-01", "20261301", "31.01.26", "0000-01-01", "2026-01-31x", "2026-01", ""})
    EXPECT_EQ(TextToDate(text), nullopt) << text;
}

TEST(TextToTimestampTest, HonoursZones) {
  const int64_t expected = kDate * kDay + int64_t{23'400} * 1'000'000;  // 06:30 UTC
  for (const char* text :
       {"2026-01-31T08:30:00+02:00", "2026-01-31T08:30:00+0200", "2026-01-31 08:30+02",
        "2026-01-31 08:30:00 +02", "2026-01-31T06:30:00Z", "2026-01-31 6:30:00.000 UTC",
        "2026-01-31 06:30:00", "31.01.2026 06:30", "20260131 06:30", "2026-01-31T01:00-05:30"})
    EXPECT_EQ(TextToTimestamp(text), expected) << text;
  EXPECT_EQ(TextToTimestamp("2026-01-31"), kDate * kDay);
  EXPECT_EQ(TextToTimestamp("2026-01-31T00:00:00.1234567Z"), kDate * kDay + 123'456);
  for (const char* text :
       {"2026-01-31T24:00", "2026-01-31 08", "2026-01-31 08:60", "2026-01-31 08:30:00+19",
        "2026-01-31 08:30:00+2", "2026-01-31 08:30:00.", "2026-01-31 08:30 CET",
        "2026-01-31 08:30:00+02:60", "01/31/2026 08:30"})
    EXPECT_EQ(TextToTimestamp(text), nullopt) << text;
}

TEST(ParseNumberTextTest, ReadsNothingTooLong) {
  EXPECT_TRUE(ParseNumberText(std::string(64, '1')));
  EXPECT_FALSE(ParseNumberText(std::string(65, '1')));
}

}  // namespace
}  // namespace assay::engine
