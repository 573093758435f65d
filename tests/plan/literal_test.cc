#include "plan/literal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace assay::plan {
namespace {

using testing::HasSubstr;

Literal Number(std::string_view text) {
  const auto literal = Literal::Number(text);
  EXPECT_TRUE(literal.has_value()) << text;
  return literal.value_or(Literal::Null());
}

Literal From(const char* json, FieldType type) {
  const auto literal = Literal::FromJson(Json::parse(json), type);
  EXPECT_TRUE(literal.has_value()) << json;
  return literal.value_or(Literal::Null());
}

std::string Error(const char* json, FieldType type) {
  const auto literal = Literal::FromJson(Json::parse(json), type);
  return literal ? "no error" : literal.error().message;
}

TEST(LiteralNumberTest, KeepsKindAndCanonicalText) {
  EXPECT_EQ(Number("42"), (Literal{LiteralKind::kInteger, "42"}));
  EXPECT_EQ(Number("-007"), (Literal{LiteralKind::kInteger, "-7"}));
  EXPECT_EQ(Number("-0"), (Literal{LiteralKind::kInteger, "0"}));
  EXPECT_EQ(Number("+12.50"), (Literal{LiteralKind::kDecimal, "12.50"}));
  EXPECT_EQ(Number(".5"), (Literal{LiteralKind::kDecimal, "0.5"}));
  EXPECT_EQ(Number("-0.0"), (Literal{LiteralKind::kDecimal, "0.0"}));
  EXPECT_EQ(Number("1e300"), (Literal{LiteralKind::kDouble, "1e300"}));
  EXPECT_EQ(Number("1.5E-7"), (Literal{LiteralKind::kDouble, "1.5e-07"}));
}

TEST(LiteralNumberTest, HoldsUpTo38Digits) {
  const std::string nines(38, '9');
  EXPECT_EQ(Number(nines).text, nines);
  EXPECT_EQ(Number("0." + nines).text, "0." + nines);
  EXPECT_FALSE(Literal::Number(nines + "9"));
  EXPECT_FALSE(Literal::Number("1." + nines));
}

TEST(LiteralNumberTest, RefusesWhatIsNoNumber) {
  for (const char* text :
       {"", "-", ".", "abc", "1a", "1e", "0x10", "1_000", " 1", "inf", "nan", "1e999", "--1"}) {
    EXPECT_FALSE(Literal::Number(text)) << text;
  }
}

TEST(LiteralDoubleTest, PrintsTheShortestTextThatReadsBack) {
  EXPECT_EQ(Literal::Double(0.1).text, "0.1");
  EXPECT_EQ(Literal::Double(1e300).text, "1e300");
  EXPECT_EQ(Literal::Double(std::nan("")).text, "NaN");
  EXPECT_EQ(Literal::Double(-std::numeric_limits<double>::infinity()).text, "-Infinity");
}

TEST(LiteralTimeTest, ReadsDatesAndTimesAsUtc) {
  EXPECT_EQ(*Literal::DateOrTime("2026-01-31"), (Literal{LiteralKind::kDate, "2026-01-31"}));
  EXPECT_EQ(*Literal::DateOrTime("2026-01-31T08:30:00Z"),
            (Literal{LiteralKind::kTimestamp, "2026-01-31 08:30:00"}));
  EXPECT_EQ(*Literal::DateOrTime("2026-01-31 08:30:00.000001"),
            (Literal{LiteralKind::kTimestamp, "2026-01-31 08:30:00.000001"}));
  EXPECT_EQ(*Literal::DateOrTime("2026-01-31T08:30:00+02:00"),
            (Literal{LiteralKind::kTimestamp, "2026-01-31 06:30:00"}));
  EXPECT_FALSE(Literal::DateOrTime("2026-02-30"));
  EXPECT_FALSE(Literal::DateOrTime("yesterday"));
}

TEST(LiteralCompareTest, IsExactAcrossKinds) {
  // 2^53 + 1 has no double; 0.1 as double is a little more than the decimal.
  EXPECT_EQ(Compare(Number("9007199254740993"), Literal::Double(9007199254740992.0)),
            std::partial_ordering::greater);
  EXPECT_EQ(Compare(Number("0.1"), Literal::Double(0.1)), std::partial_ordering::less);
  EXPECT_EQ(Compare(Number("0.5"), Literal::Double(0.5)), std::partial_ordering::equivalent);
  EXPECT_EQ(Compare(Number("12.50"), Number("12.5")), std::partial_ordering::equivalent);
  EXPECT_EQ(Compare(Number("99999999999999999999999999999999999998"),
                    Number("99999999999999999999999999999999999999")),
            std::partial_ordering::less);
  EXPECT_EQ(Compare(Number("-2"), Number("-1.5")), std::partial_ordering::less);
  EXPECT_EQ(Compare(Number("10"), Number("9")), std::partial_ordering::greater);
  EXPECT_EQ(Compare(Number("0"), Literal::Double(-0.0)), std::partial_ordering::equivalent);
  EXPECT_EQ(Compare(Number("0"), Literal::Double(std::numeric_limits<double>::denorm_min())),
            std::partial_ordering::less);
}

TEST(LiteralCompareTest, OrdersInfinityAndNotNaN) {
  const Literal infinity{LiteralKind::kDouble, "Infinity"};
  EXPECT_EQ(Compare(infinity, Number("1e308")), std::partial_ordering::greater);
  EXPECT_EQ(Compare({LiteralKind::kDouble, "-Infinity"}, Number("-99999999999999999999")),
            std::partial_ordering::less);
  EXPECT_EQ(Compare(infinity, infinity), std::partial_ordering::equivalent);
  EXPECT_EQ(Compare({LiteralKind::kDouble, "NaN"}, Number("1")),
            std::partial_ordering::unordered);
  EXPECT_EQ(Compare(Literal::Null(), Number("1")), std::partial_ordering::unordered);
}

TEST(LiteralCompareTest, OrdersTextsBytewiseAndTimesByInstant) {
  EXPECT_EQ(Compare(Literal::String("Z"), Literal::String("a")), std::partial_ordering::less);
  EXPECT_EQ(Compare(Literal::String("10"), Number("9")), std::partial_ordering::unordered);
  EXPECT_EQ(
      Compare(*Literal::DateOrTime("2026-01-31"), *Literal::DateOrTime("2026-01-31T00:00:00")),
      std::partial_ordering::equivalent);
  EXPECT_EQ(Compare(*Literal::DateOrTime("2026-01-31"),
                    *Literal::DateOrTime("2026-01-31T00:00:00.000001")),
            std::partial_ordering::less);
}

TEST(LiteralJsonTest, ReadsNumbersExactly) {
  EXPECT_EQ(From("5", FieldType::kIntegral), Literal::Integer(5));
  EXPECT_EQ(From("12.5", FieldType::kIntegral), (Literal{LiteralKind::kDecimal, "12.5"}));
  EXPECT_EQ(From("0.1", FieldType::kFractional), (Literal{LiteralKind::kDecimal, "0.1"}));
  EXPECT_EQ(From("1e20", FieldType::kFractional),
            (Literal{LiteralKind::kInteger, "100000000000000000000"}));
  EXPECT_EQ(From("1.5e-7", FieldType::kFractional),
            (Literal{LiteralKind::kDecimal, "0.00000015"}));
  EXPECT_EQ(From("-1e300", FieldType::kFractional), (Literal{LiteralKind::kDouble, "-1e300"}));
  EXPECT_EQ(From("18446744073709551615", FieldType::kIntegral),
            (Literal{LiteralKind::kInteger, "18446744073709551615"}));
  EXPECT_EQ(From("\"12345678901234567890.01\"", FieldType::kFractional),
            (Literal{LiteralKind::kDecimal, "12345678901234567890.01"}));
  EXPECT_EQ(From("\"NaN\"", FieldType::kFractional), (Literal{LiteralKind::kDouble, "NaN"}));
}

TEST(LiteralJsonTest, ReadsTheTypeOfTheField) {
  EXPECT_EQ(From("true", FieldType::kBoolean), Literal::Boolean(true));
  EXPECT_EQ(From("\"5\"", FieldType::kString), Literal::String("5"));
  EXPECT_EQ(From("\"2026-01-31\"", FieldType::kTimestamp),
            (Literal{LiteralKind::kDate, "2026-01-31"}));
  EXPECT_EQ(From("\"2026-01-31T08:30:00Z\"", FieldType::kDate),
            (Literal{LiteralKind::kTimestamp, "2026-01-31 08:30:00"}));
  EXPECT_EQ(From("null", FieldType::kIntegral), Literal::Null());
  EXPECT_EQ(From("\"2026-01-31\"", FieldType::kUnknown), Literal::String("2026-01-31"));
}

TEST(LiteralJsonTest, RefusesWhatCannotBeCompared) {
  EXPECT_EQ(Error("true", FieldType::kIntegral), "must be a number");
  EXPECT_EQ(Error("\"abc\"", FieldType::kIntegral), "not a number: 'abc'");
  EXPECT_EQ(Error("5", FieldType::kString), "must be a text");
  EXPECT_EQ(Error("1", FieldType::kBoolean), "must be true or false");
  EXPECT_THAT(Error("5", FieldType::kDate), HasSubstr("must be a date or time"));
  EXPECT_EQ(Error("[]", FieldType::kUnknown), "must be a number, a text, true or false");
}

TEST(LiteralJsonTest, PrintsWhatReadsBackTheSame) {
  EXPECT_EQ(Literal::Integer(INT64_MIN).ToJson().dump(), "-9223372036854775808");
  EXPECT_EQ(Number("18446744073709551615").ToJson().dump(), "\"18446744073709551615\"");
  EXPECT_EQ(Number("12.50").ToJson().dump(), "12.5");
  EXPECT_EQ(Number("0.12345678901234567890").ToJson().dump(), "\"0.12345678901234567890\"");
  EXPECT_EQ(Literal::Double(std::nan("")).ToJson().dump(), "\"NaN\"");
  EXPECT_EQ(Literal::DateOrTime("2026-01-31 08:30:00")->ToJson().dump(),
            "\"2026-01-31T08:30:00Z\"");
  EXPECT_EQ(Literal::Null().ToJson().dump(), "null");
}

}  // namespace
}  // namespace assay::plan
