#include "plan/dialects/duckdb.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/functions.h"
#include "plan/parser.h"

namespace assay::plan::dialects {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

Field F(const char* name, FieldType type, const char* native) {
  return {.name = name, .path = {name}, .type = type, .native_type = native};
}

Schema TestSchema() {
  Schema schema{{F("i", FieldType::kIntegral, "BIGINT"),
                 F("j", FieldType::kIntegral, "INTEGER"),
                 F("m", FieldType::kFractional, "DECIMAL(10,2)"),
                 F("x", FieldType::kFractional, "DOUBLE"),
                 F("s", FieldType::kString, "VARCHAR"), F("b", FieldType::kBoolean, "BOOLEAN"),
                 F("d", FieldType::kDate, "DATE"), F("ts", FieldType::kTimestamp, "TIMESTAMP"),
                 F("zoned", FieldType::kTimestamp, "TIMESTAMP WITH TIME ZONE"),
                 F("a\"b", FieldType::kString, "VARCHAR")}};
  Field text = F("n", FieldType::kIntegral, "VARCHAR");
  text.reading = Reading::kTryCast;
  schema.fields.push_back(text);
  Field member = F("address.city", FieldType::kString, "VARCHAR");
  member.path = {"address", "city"};
  schema.fields.push_back(member);
  return schema;
}

std::string Print(const Expression& expression) {
  const auto sql = DuckDb().Print(expression, TestSchema());
  return sql ? *sql : "error: " + sql.error().message;
}

std::string Sql(std::string_view text) {
  const auto expression = ParseExpression(text);
  return expression ? Print(*expression) : "error: " + expression.error().message;
}

Expression C(const char* name) {
  return Expression::Column(name);
}
Literal N(const char* text) {
  return *Literal::Number(text);
}

TEST(DuckDbQuotingTest, DoublesQuotesAndSplitsAtNul) {
  EXPECT_EQ(DuckDb().QuoteIdentifier("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(DuckDb().QuoteString("it's"), "'it''s'");
  EXPECT_EQ(DuckDb().QuoteString(std::string("a\0b", 3)), "('a' || chr(0) || 'b')");
  EXPECT_EQ(Sql("`a\"b` = '''; DROP TABLE x; --'"), "(\"a\"\"b\" = '''; DROP TABLE x; --')");
}

TEST(DuckDbLiteralTest, KeepsKindAndDigits) {
  const Dialect& dialect = DuckDb();
  EXPECT_EQ(dialect.PrintLiteral(Literal::Null()), "NULL");
  EXPECT_EQ(dialect.PrintLiteral(N("-5")), "-5");
  EXPECT_EQ(dialect.PrintLiteral(N("12.50")), "12.50");
  EXPECT_EQ(dialect.PrintLiteral(Literal::Double(0.5)), "0.5e0");
  EXPECT_EQ(dialect.PrintLiteral(Literal::Double(1e300)), "1e300");
  EXPECT_EQ(dialect.PrintLiteral({LiteralKind::kDouble, "NaN"}), "CAST('NaN' AS DOUBLE)");
  EXPECT_EQ(dialect.PrintLiteral({LiteralKind::kDate, "2026-01-31"}), "DATE '2026-01-31'");
  const std::string digits = "0." + std::string(38, '9');
  EXPECT_EQ(dialect.PrintLiteral(N(digits.c_str())),
            "CAST('" + digits + "' AS DECIMAL(38,38))");
}

TEST(DuckDbFieldTest, ReadsMembersTextsAndZones) {
  const Schema schema = TestSchema();
  EXPECT_EQ(*DuckDb().PrintField(*schema.Find("address.city")),
            "struct_extract(\"address\", 'city')");
  EXPECT_EQ(*DuckDb().PrintField(*schema.Find("n")),
            "assay_parse(\"n\", CAST(NULL AS BIGINT))");
  EXPECT_EQ(*DuckDb().PrintField(*schema.Find("zoned")), "make_timestamp(epoch_us(\"zoned\"))");
  EXPECT_EQ(*DuckDb().PrintField(F("t", FieldType::kTimestamp, "TIMESTAMP_NS")),
            "TRY_CAST(\"t\" AS TIMESTAMP)");
  EXPECT_EQ(*DuckDb().PrintField(F("u", FieldType::kString, "UUID")),
            "TRY_CAST(\"u\" AS VARCHAR)");
}

TEST(DuckDbComparisonTest, KeepsSimplePredicatesSimple) {
  EXPECT_EQ(Sql("i > 5"), "(\"i\" > 5)");
  EXPECT_EQ(Sql("5 > i"), "(\"i\" < 5)");
  EXPECT_EQ(Sql("m BETWEEN 1.5 AND 10"), "(\"m\" BETWEEN 1.5 AND 10)");
  EXPECT_EQ(Sql("x = 5"), "(\"x\" = 5e0)");
  EXPECT_EQ(Sql("s IN ('a', 'b')"), "(\"s\" IN ('a', 'b'))");
  EXPECT_EQ(Sql("length(s) <= 5"), "(length(\"s\") <= 5)");
  EXPECT_EQ(Sql("d >= '2026-01-31'"), "(\"d\" >= DATE '2026-01-31')");
  EXPECT_EQ(Sql("zoned < TIMESTAMP '2026-01-31 08:30:00'"),
            "(\"zoned\" < TIMESTAMPTZ '2026-01-31 08:30:00+00')");
  EXPECT_EQ(Sql("zoned BETWEEN '2026-01-01' AND '2026-02-01'"),
            "(\"zoned\" BETWEEN TIMESTAMPTZ '2026-01-01 00:00:00+00' AND TIMESTAMPTZ "
            "'2026-02-01 00:00:00+00')");
}

TEST(DuckDbComparisonTest, TurnsLiteralsIntoTheFieldsOwnType) {
  EXPECT_EQ(Sql("i > 12.5"), "(\"i\" > 12)");
  EXPECT_EQ(Sql("i < 12.5"), "(\"i\" <= 12)");
  EXPECT_EQ(Sql("i >= -12.5"), "(\"i\" > -13)");
  EXPECT_EQ(Sql("i = 12.5"), "(\"i\" <> \"i\")");
  EXPECT_EQ(Sql("i <> 12.5"), "(\"i\" = \"i\")");
  EXPECT_EQ(Sql("i <=> 12.5"), "FALSE");
  EXPECT_EQ(Sql("i = 5.0"), "(\"i\" = 5)");
  EXPECT_EQ(Sql("i < 1e300"), "(\"i\" = \"i\")");
  EXPECT_EQ(Sql("m > 12.549"), "(\"m\" > 12.54)");
  EXPECT_EQ(Sql("m < 123456789012"), "(\"m\" = \"m\")");
  EXPECT_EQ(Sql("i IN (1, 2.5, 3.0, NULL)"), "(\"i\" IN (1, 3, NULL))");
  EXPECT_EQ(Sql("i IN (2.5)"), "(\"i\" <> \"i\")");
}

TEST(DuckDbBoundTest, LeavesNaNOutOfDoublesOnly) {
  EXPECT_EQ(Print(AtLeast(C("i"), N("5"))), "(\"i\" >= 5)");
  EXPECT_EQ(Print(AtLeast(C("m"), N("5"))), "(\"m\" >= 5)");
  EXPECT_EQ(Print(AtLeast(C("x"), N("5"))),
            "(\"x\" BETWEEN 5e0 AND CAST('Infinity' AS DOUBLE))");
  EXPECT_EQ(Print(Above(C("x"), N("5"))),
            "(\"x\" BETWEEN 5.000000000000001e0 AND CAST('Infinity' AS DOUBLE))");
  EXPECT_EQ(Print(Below(C("x"), N("5"))), "(\"x\" < 5e0)");
  EXPECT_EQ(Print(AtMost(C("x"), N("5"))), "(\"x\" <= 5e0)");
}

TEST(DuckDbBoundTest, JoinsClosedRanges) {
  EXPECT_EQ(Print(And(AtLeast(C("i"), N("5")), AtMost(C("i"), N("20")))),
            "(\"i\" BETWEEN 5 AND 20)");
  EXPECT_EQ(Print(And(AtLeast(C("x"), N("5")), AtMost(C("x"), N("20")))),
            "(\"x\" BETWEEN 5e0 AND 20e0)");
  EXPECT_EQ(Print(And(Above(C("x"), N("5")), Below(C("x"), N("20")))),
            "((\"x\" > 5e0) AND (\"x\" < 20e0))");
  EXPECT_EQ(Print(And(AtLeast(C("i"), N("5.5")), AtMost(C("i"), N("20")))),
            "((\"i\" > 5) AND (\"i\" <= 20))");
  EXPECT_EQ(Sql("d >= DATE '2026-01-01' AND d <= DATE '2026-02-01' AND i IS NULL"),
            "((\"d\" BETWEEN DATE '2026-01-01' AND DATE '2026-02-01') AND (\"i\" IS NULL))");
}

TEST(DuckDbArithmeticTest, NeverRaisesAnError) {
  EXPECT_EQ(Sql("i + 1"), "TRY((\"i\" + TRY_CAST(1 AS BIGINT)))");
  EXPECT_EQ(Sql("j * 2"), "(TRY_CAST(\"j\" AS BIGINT) * TRY_CAST(2 AS BIGINT))");
  EXPECT_EQ(Sql("x / 2"), "(\"x\" / 2e0)");
  EXPECT_EQ(Sql("i / j"),
            "CASE WHEN TRY_CAST(\"j\" AS DOUBLE) <> 0 THEN (TRY_CAST(\"i\" AS DOUBLE) / "
            "TRY_CAST(\"j\" AS DOUBLE)) END");
  EXPECT_EQ(Sql("d + 1"), "TRY((\"d\" + TRY_CAST(1 AS INTEGER)))");
  EXPECT_EQ(Sql("ts - INTERVAL 7 DAYS"),
            "TRY((\"ts\" - INTERVAL '0 months 7 days 0 microseconds'))");
}

TEST(DuckDbLikeTest, AvoidsEscapeWhereItCan) {
  EXPECT_EQ(Sql("s LIKE 'a%'"), "(\"s\" LIKE 'a%')");
  EXPECT_EQ(Sql(R"(s LIKE 'a\\\\b%')"), R"(("s" LIKE 'a\b%'))");
  EXPECT_EQ(Sql(R"(s LIKE '50\%%')"), "starts_with(\"s\", '50%')");
  EXPECT_EQ(Sql(R"(s LIKE '%\_x')"), "ends_with(\"s\", '_x')");
  EXPECT_EQ(Sql(R"(s LIKE '%\_%')"), "contains(\"s\", '_')");
  EXPECT_EQ(Sql(R"(s LIKE '\_')"), "(\"s\" = '_')");
  EXPECT_EQ(Sql(R"(s LIKE '_\_')"), R"(("s" LIKE '_\_' ESCAPE '\'))");
  EXPECT_EQ(Sql("s LIKE s"), R"(TRY("s" LIKE "s" ESCAPE '\'))");
  EXPECT_EQ(Sql("s RLIKE '^a+$'"), "regexp_matches(\"s\", '^a+$')");
}

TEST(DuckDbLogicTest, PrintsLongChainsBalanced) {
  EXPECT_EQ(Sql("b AND b AND b AND b"), "((\"b\" AND \"b\") AND (\"b\" AND \"b\"))");
  std::string text = "b";
  for (int i = 1; i < 10'000; ++i) text += " OR b";
  EXPECT_THAT(Sql(text), SizeIs(10'000 * 3 + 9'999 * 6));
}

TEST(DuckDbSizeTest, RefusesWhatGrowsBeyondAMebibyte) {
  std::string text = "x";
  for (int i = 0; i < 60; ++i) text = "1 / (" + text + ")";
  EXPECT_EQ(Sql(text),
            "error: the expression is too large: its SQL for DuckDB would exceed 1 MiB");
}

TEST(DuckDbCanCastTest, JudgesTheStoredText) {
  EXPECT_EQ(Print(CanCast(C("n"), FieldType::kIntegral)),
            "CASE WHEN \"n\" IS NOT NULL THEN (TRY_CAST(\"n\" AS BIGINT) IS NOT NULL AND "
            "regexp_full_match(\"n\", '[+-]?[0-9]+')) END");
  EXPECT_EQ(Print(CanCast(C("i"), FieldType::kIntegral)), "(\"i\" = \"i\")");
  EXPECT_EQ(Print(CanCast(C("i"), FieldType::kDate)), "(\"i\" <> \"i\")");
}

TEST(DuckDbPrintTest, GivesTheErrorsOfTypeOf) {
  EXPECT_EQ(Sql("q > 1"), "error: no such field: 'q'; did you mean 'i'?");
  EXPECT_EQ(Sql("b > 'x' + d"),
            "error: a + b: expected an interval to move a date, found string");
}

}  // namespace
}  // namespace assay::plan::dialects
