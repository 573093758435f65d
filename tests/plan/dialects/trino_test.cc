#include "plan/dialects/trino.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/functions.h"
#include "plan/parser.h"

namespace assay::plan::dialects {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

Field F(const char* name, FieldType type, const char* native) {
  return {.name = name, .path = {name}, .type = type, .native_type = native};
}

Schema TestSchema() {
  Schema schema{
      {F("i", FieldType::kIntegral, "bigint"), F("j", FieldType::kIntegral, "integer"),
       F("m", FieldType::kFractional, "decimal(10,2)"),
       F("wide", FieldType::kFractional, "decimal(38,10)"),
       F("x", FieldType::kFractional, "double"), F("y", FieldType::kFractional, "double"),
       F("s", FieldType::kString, "varchar(20)"), F("c", FieldType::kString, "char(3)"),
       F("b", FieldType::kBoolean, "boolean"), F("d", FieldType::kDate, "date"),
       F("ts", FieldType::kTimestamp, "timestamp(6)"),
       F("zoned", FieldType::kTimestamp, "timestamp(3) with time zone"),
       F("a\"b", FieldType::kString, "varchar")}};
  Field text = F("n", FieldType::kIntegral, "varchar");
  text.reading = Reading::kTryCast;
  schema.fields.push_back(text);
  Field member = F("address.city", FieldType::kString, "varchar");
  member.path = {"address", "city"};
  schema.fields.push_back(member);
  return schema;
}

std::string Print(const Expression& expression) {
  const auto sql = Trino().Print(expression, TestSchema());
  if (sql) return *sql;
  return (sql.error().kind == ErrorKind::kUnsupported ? "unsupported: " : "error: ") +
         sql.error().message;
}

std::string Sql(std::string_view text) {
  const auto expression = ParseExpression(text);
  return expression ? Print(*expression) : "error: " + expression.error().message;
}

std::string AggregateSql(std::string_view text) {
  const auto expression = ParseAggregate(text, TestSchema(), {});
  return expression ? Print(*expression) : "error: " + expression.error().message;
}

Expression C(const char* name) {
  return Expression::Column(name);
}
Literal N(const char* text) {
  return *Literal::Number(text);
}

TEST(TrinoQuotingTest, QuotesWhateverIsWritten) {
  EXPECT_EQ(Trino().QuoteIdentifier("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(Trino().QuoteString("it's"), "'it''s'");
  EXPECT_EQ(Trino().QuoteString("back\\slash"), "'back\\slash'");
  EXPECT_EQ(Trino().QuoteString(std::string("a\0b", 3)), "('a' || chr(0) || 'b')");
  EXPECT_EQ(Sql("`a\"b` = '''; DROP TABLE x; --'"), "(\"a\"\"b\" = '''; DROP TABLE x; --')");
  EXPECT_EQ(Sql("s LIKE '%'';--%'"), "(\"s\" LIKE '%'';--%' ESCAPE '\\')");
  EXPECT_EQ(Sql("s RLIKE \"'|x\""), "regexp_like(\"s\", '''|x')");
  EXPECT_EQ(Sql("date_format(ts, \"yyyy'''; --'\")"),
            "CASE WHEN \"ts\" IS NOT NULL THEN (substr(CAST(\"ts\" AS varchar), 1, "
            "length(CAST(\"ts\" AS varchar)) - 22) || '''; --') END");
}

TEST(TrinoLiteralTest, KeepsKindAndDigits) {
  const Dialect& dialect = Trino();
  EXPECT_EQ(dialect.PrintLiteral(Literal::Null()), "NULL");
  EXPECT_EQ(dialect.PrintLiteral(N("-9223372036854775808")), "-9223372036854775808");
  EXPECT_EQ(dialect.PrintLiteral(N("9223372036854775808")), "DECIMAL '9223372036854775808'");
  EXPECT_EQ(dialect.PrintLiteral(N("12.50")), "DECIMAL '12.50'");
  EXPECT_EQ(dialect.PrintLiteral(Literal::Double(0.5)), "0.5e0");
  EXPECT_EQ(dialect.PrintLiteral({LiteralKind::kDouble, "NaN"}), "nan()");
  EXPECT_EQ(dialect.PrintLiteral({LiteralKind::kDouble, "-Infinity"}), "(- infinity())");
  EXPECT_EQ(dialect.PrintLiteral({LiteralKind::kDate, "2026-01-31"}), "DATE '2026-01-31'");
  EXPECT_EQ(dialect.PrintLiteral({LiteralKind::kTimestamp, "2026-01-31 08:30:00"}),
            "TIMESTAMP '2026-01-31 08:30:00.000000'");
  EXPECT_EQ(dialect.PrintLiteral({LiteralKind::kTimestamp, "2026-01-31 08:30:00.25"}),
            "TIMESTAMP '2026-01-31 08:30:00.250000'");
}

TEST(TrinoFieldTest, ReadsMembersZonesAndTexts) {
  const Schema schema = TestSchema();
  EXPECT_EQ(*Trino().PrintField(*schema.Find("address.city")),
            "coalesce(\"address\", NULL).\"city\"");
  EXPECT_EQ(*Trino().PrintField(*schema.Find("ts")), "\"ts\"");
  EXPECT_EQ(*Trino().PrintField(*schema.Find("zoned")),
            "CAST(\"zoned\" AT TIME ZONE 'UTC' AS timestamp(6))");
  EXPECT_EQ(*Trino().PrintField(F("t", FieldType::kTimestamp, "timestamp(3)")),
            "CAST(\"t\" AS timestamp(6))");
  EXPECT_EQ(*Trino().PrintField(*schema.Find("s")), "\"s\"");
  EXPECT_EQ(*Trino().PrintField(*schema.Find("c")), "CAST(\"c\" AS varchar)");
  EXPECT_EQ(Trino().PrintField(F("j", FieldType::kString, "json")).error().message,
            "Trino cannot read a field of type json as String: 'j'");
  EXPECT_EQ(Sql("n > 1"),
            "unsupported: Trino cannot read a field of type varchar as Integral: 'n'");
}

TEST(TrinoComparisonTest, GivesNaNItsPlaceAboveAllNumbers) {
  EXPECT_EQ(Sql("i > 12.5"), "(\"i\" > 12)");
  EXPECT_EQ(Sql("m > 12.549"), "(\"m\" > DECIMAL '12.54')");
  EXPECT_EQ(Sql("x < 5"), "(\"x\" < 5e0)");
  EXPECT_EQ(Sql("x > 5"), "(NOT (\"x\" <= 5e0))");
  EXPECT_EQ(Sql("5 <= x"), "(NOT (\"x\" < 5e0))");
  EXPECT_EQ(Sql("x = y"), "((\"x\" = \"y\") OR (is_nan(\"x\") AND is_nan(\"y\")))");
  EXPECT_EQ(Sql("x <= y"), "(NOT (\"y\" < \"x\" OR (NOT is_nan(\"y\") AND is_nan(\"x\"))))");
  EXPECT_EQ(Sql("x BETWEEN 1 AND 2"), "((NOT (\"x\" < 1e0)) AND (\"x\" <= 2e0))");
  EXPECT_EQ(Sql("x IN (1, 2, NULL)"), "(\"x\" IN (1e0, 2e0, NULL))");
  EXPECT_EQ(Print(Expression::Call("in", {C("x")})),
            "CASE WHEN \"x\" IS NOT NULL THEN FALSE END");
  EXPECT_EQ(Sql("x IN (1, y)"),
            "(((\"x\" = \"y\") OR (is_nan(\"x\") AND is_nan(\"y\"))) OR (\"x\" IN (1e0)))");
  EXPECT_EQ(Sql("i BETWEEN 1 AND 2"), "(\"i\" BETWEEN 1 AND 2)");
  EXPECT_EQ(Sql("i IN (1, 2.5, 3.0, NULL)"), "(\"i\" IN (1, 3, NULL))");
}

// Trino 476 answers "t IN (s, nullif(s, u))" with true whatever t is.
TEST(TrinoComparisonTest, KeepsWhatIsComputedOutOfIn) {
  EXPECT_EQ(Sql("s = lower(s)"), "(lower(\"s\") = \"s\")");
  EXPECT_EQ(Sql("s <> lower(s)"), "(lower(\"s\") <> \"s\")");
  EXPECT_EQ(Sql("lower(s) = 'a(b'"), "(lower(\"s\") = 'a(b')");
  EXPECT_EQ(Sql("lower(s) = upper(s)"), "(contains(ARRAY[upper(\"s\")], lower(\"s\")))");
  EXPECT_EQ(Sql("lower(s) <> upper(s)"), "(NOT contains(ARRAY[upper(\"s\")], lower(\"s\")))");
  EXPECT_EQ(Sql("s IN ('a', lower(s))"), "contains(ARRAY['a', lower(\"s\")], \"s\")");
  EXPECT_EQ(Sql("s IN ('a', '(', s)"), "(\"s\" IN ('a', '(', \"s\"))");
  EXPECT_EQ(Sql("i = 12.5"), "CASE WHEN \"i\" IS NOT NULL THEN FALSE END");
}

TEST(TrinoBoundTest, LeavesNaNOut) {
  EXPECT_EQ(Print(AtLeast(C("x"), N("5"))), "(\"x\" >= 5e0)");
  EXPECT_EQ(Print(Above(C("x"), N("5"))), "(\"x\" > 5e0)");
  EXPECT_EQ(Print(Above(C("i"), N("5.5"))), "(\"i\" > 5)");
  EXPECT_EQ(Print(AtMost(C("x"), N("5"))), "(\"x\" <= 5e0)");
}

TEST(TrinoArithmeticTest, NeverRaisesAnError) {
  EXPECT_EQ(Sql("i + 1"), "TRY((\"i\" + TRY_CAST(1 AS bigint)))");
  EXPECT_EQ(Sql("i div j"), "TRY((\"i\" / TRY_CAST(\"j\" AS bigint)))");
  EXPECT_EQ(Sql("x / 2"), "(\"x\" / 2e0)");
  EXPECT_EQ(Sql("m / 3"),
            "TRY_CAST(TRY((TRY_CAST(\"m\" AS decimal(38,6)) / 3)) AS decimal(14,6))");
  EXPECT_EQ(Sql("m % m"), "CASE WHEN \"m\" <> 0 THEN TRY((\"m\" % \"m\")) END");
  EXPECT_EQ(Sql("d + 1"),
            "CASE WHEN year(\"d\") BETWEEN -280000 AND 280000 AND 1 BETWEEN -1000000000 AND "
            "1000000000 THEN date_add('day', 1, \"d\") END");
  EXPECT_EQ(Sql("ts - INTERVAL 49 HOURS"),
            "TRY(date_add('millisecond', -3600000, date_add('day', -2, \"ts\")))");
}

TEST(TrinoTextTest, BindsOperandsThatItNeedsTwice) {
  EXPECT_THAT(Sql("CAST(s AS DATE)"),
              AllOf(StartsWith("TRY_CAST(regexp_extract(\"s\", '\\A"), HasSubstr("AS date")));
  EXPECT_THAT(Sql("CAST(lower(s) AS DATE)"),
              StartsWith("element_at(transform(ARRAY[lower(\"s\")], v -> TRY_CAST("));
}

TEST(TrinoPatternTest, WritesPatternsOut) {
  EXPECT_EQ(Sql("s RLIKE '^a.$'"), R"(regexp_like("s", '\Aa[^\n]\z'))");
  EXPECT_EQ(Sql("regexp_replace(s, '(a)', 'x$1\\\\$0')"),
            R"(regexp_replace("s", '(a)', 'x$1\$\0'))");
  EXPECT_EQ(Sql("s ILIKE 'a\\\\_%'"), "(lower(\"s\") LIKE lower('a\\_%') ESCAPE '\\')");
}

TEST(TrinoRefusalTest, NamesTheFunction) {
  EXPECT_EQ(Sql("reverse(s)"), "unsupported: Trino has no counterpart of the function reverse");
  EXPECT_EQ(Sql("CAST(x AS STRING)"),
            "unsupported: Trino has no counterpart of the function cast (doubles to text)");
  EXPECT_EQ(Sql("s LIKE s"),
            "unsupported: Trino has no counterpart of the function like (a pattern out of a "
            "field)");
  EXPECT_THAT(Sql("s RLIKE '(?i)a'"),
              StartsWith("unsupported: rlike: engines differ in flags"));
  EXPECT_THAT(
      Sql("regexp_replace(s, 'a*', '')"),
      StartsWith("unsupported: Trino has no counterpart of the function regexp_replace"));
  EXPECT_THAT(Sql("to_date(s, 'yyyy')"), HasSubstr("function to_date (a pattern)"));
  EXPECT_THAT(Sql("ts + INTERVAL 1 MICROSECOND"), HasSubstr("function interval"));
  EXPECT_THAT(Sql("ts + INTERVAL 10001 YEARS"), HasSubstr("function interval"));
  EXPECT_THAT(Sql("wide * wide"), Not(StartsWith("unsupported")));
  EXPECT_THAT(Sql("wide / wide"), HasSubstr("function divide"));
  EXPECT_THAT(Print(TextIs(C("s"), "json")), HasSubstr("function text_is (json)"));
  EXPECT_THAT(AggregateSql("median(x)"), HasSubstr("function median"));
  EXPECT_THAT(AggregateSql("sum(wide)"), HasSubstr("function sum"));
}

TEST(TrinoAggregateTest, SumsExactlyAndKnowsNaN) {
  EXPECT_EQ(AggregateSql("sum(i)"), "sum(TRY_CAST(\"i\" AS decimal(38,0)))");
  EXPECT_EQ(AggregateSql("avg(i)"),
            "(TRY_CAST(sum(TRY_CAST(\"i\" AS decimal(38,0))) AS double) / "
            "nullif(count(\"i\"), 0))");
  EXPECT_EQ(AggregateSql("max(x)"),
            "CASE WHEN bool_or(is_nan(\"x\")) THEN nan() ELSE max(\"x\") END");
  EXPECT_EQ(AggregateSql("count(DISTINCT i, s)"),
            "count(DISTINCT CASE WHEN \"i\" IS NOT NULL AND \"s\" IS NOT NULL THEN ROW(\"i\", "
            "\"s\") END)");
  EXPECT_EQ(AggregateSql("stddev(x)"), "stddev_samp(\"x\")");
}

TEST(TrinoSizeTest, RefusesWhatGrowsBeyond256KiB) {
  std::string text = "x";
  for (int i = 0; i < 60; ++i) text = "1 / (" + text + ")";
  EXPECT_EQ(Sql(text),
            "unsupported: the expression is too large: its SQL for Trino would exceed 256 KiB");
  text = "b";
  for (int i = 1; i < 10'000; ++i) text += " OR b";
  EXPECT_THAT(Sql(text), SizeIs(10'000 * 3 + 9'999 * 6));
}

TEST(TrinoSupportTest, SaysWhatIsThere) {
  using enum Dialect::Support::Extent;
  EXPECT_EQ(Trino().Supports("upper").extent, kAll);
  EXPECT_EQ(Trino().Supports("locate").extent, kAll);
  EXPECT_EQ(Trino().Supports("rlike").extent, kPart);
  EXPECT_EQ(Trino().Supports("reverse").extent, kNone);
  EXPECT_EQ(Trino().Supports("median").extent, kNone);
  EXPECT_EQ(Trino().Supports("lock").extent, kNone);
}

}  // namespace
}  // namespace assay::plan::dialects
