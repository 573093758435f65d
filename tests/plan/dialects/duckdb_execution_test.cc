// What printed expressions mean, row by row, in the real engine. Expected values are those of
// Spark 4 in non-ANSI mode unless the comment says otherwise.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/dialects/duckdb.h"
#include "plan/functions.h"
#include "plan/parser.h"
#include "tests/plan/duckdb_rows.h"

namespace assay::plan::dialects {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Not;
using testing::StartsWith;

constexpr const char* kTable = R"(
CREATE MACRO assay_parse(text, type) AS TRY_CAST(text AS BIGINT);  -- the engine's own function
CREATE TABLE rows(row INTEGER, i BIGINT, j INTEGER, huge HUGEINT, m DECIMAL(18,2), x DOUBLE, f FLOAT, s VARCHAR,
                  b BOOLEAN, d DATE, ts TIMESTAMP, zoned TIMESTAMPTZ, n VARCHAR, address STRUCT(city VARCHAR));
INSERT INTO rows VALUES
 (0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
 (1, 0, 0, 0, 0, 0, 0, '', false, '1970-01-01', '1970-01-01 00:00:00', '1970-01-01 00:00:00+00', '', {city: ''}),
 (2, 9223372036854775807, 2147483647, '170141183460469231731687303715884105727', 9999999999999999.99, 'Infinity', 0.1,
  'Ünï 😀', true, '2024-02-29', '2024-02-29 23:59:59.999999', '2024-02-29 23:59:59.999999+00', '15.5', {city: 'Köln'}),
 (3, -9223372036854775808, -2147483648, '-170141183460469231731687303715884105728', -9999999999999999.99, '-Infinity',
  -1.5, ' 10 ', true, '0001-01-01', '0001-01-01 00:00:00', '0001-01-01 00:00:00+00', '42', {city: NULL}),
 (4, 12, 12, 12, 12.50, 'NaN', 'NaN', 'a%b_c\d', false, '9999-12-31', '9999-12-31 23:59:59', '9999-12-31 23:59:59+00',
  'abc', NULL);
)";

Schema TestSchema() {
  const auto field = [](const char* name, FieldType type, const char* native) {
    return Field{.name = name, .path = {name}, .type = type, .native_type = native};
  };
  Schema schema{
      {field("i", FieldType::kIntegral, "BIGINT"), field("j", FieldType::kIntegral, "INTEGER"),
       field("huge", FieldType::kIntegral, "HUGEINT"),
       field("m", FieldType::kFractional, "DECIMAL(18,2)"),
       field("x", FieldType::kFractional, "DOUBLE"),
       field("f", FieldType::kFractional, "FLOAT"), field("s", FieldType::kString, "VARCHAR"),
       field("b", FieldType::kBoolean, "BOOLEAN"), field("d", FieldType::kDate, "DATE"),
       field("ts", FieldType::kTimestamp, "TIMESTAMP"),
       field("zoned", FieldType::kTimestamp, "TIMESTAMP WITH TIME ZONE"),
       field("n", FieldType::kIntegral, "VARCHAR"),
       field("address.city", FieldType::kString, "VARCHAR")}};
  schema.fields[11].reading = Reading::kTryCast;
  schema.fields[12].path = {"address", "city"};
  return schema;
}

class DuckDbExecutionTest : public testing::Test {
 protected:
  DuckDbExecutionTest() { EXPECT_THAT(engine_.Query(kTable), Each(Not(StartsWith("error")))); }

  std::vector<std::string> Rows(const Expression& expression) {
    const auto sql = DuckDb().Print(expression, schema_);
    if (!sql) return {"error: " + sql.error().message};
    return engine_.Query("SELECT " + *sql + " FROM rows ORDER BY row");
  }
  std::vector<std::string> Rows(std::string_view text) {
    const auto expression = ParseExpression(text);
    return expression ? Rows(*expression)
                      : std::vector<std::string>{"error: " + expression.error().message};
  }
  /// The value of an expression without fields.
  std::string Value(std::string_view text) { return Rows(text).front(); }

  const Schema schema_ = TestSchema();
  DuckDbRows engine_;
};

TEST_F(DuckDbExecutionTest, ComparesNumbersExactlyAcrossKinds) {
  EXPECT_THAT(Rows("i > 11.5"), ElementsAre("null", "false", "true", "false", "true"));
  EXPECT_THAT(Rows("i = 12.0"), ElementsAre("null", "false", "false", "false", "true"));
  EXPECT_THAT(Rows("i >= 9223372036854775807"),
              ElementsAre("null", "false", "true", "false", "false"));
  EXPECT_THAT(Rows("i > 9223372036854775806.5"),
              ElementsAre("null", "false", "true", "false", "false"));
  // Through a double the largest bigint would equal 2^63.
  EXPECT_THAT(Rows("i < 9223372036854775808e0"),
              ElementsAre("null", "true", "true", "true", "true"));
  EXPECT_THAT(Rows("i = -9223372036854775808"),
              ElementsAre("null", "false", "false", "true", "false"));
  EXPECT_THAT(Rows("i < 99999999999999999999999999999999999999"),
              ElementsAre("null", "true", "true", "true", "true"));
  EXPECT_THAT(Rows("i > -1e300"), ElementsAre("null", "true", "true", "true", "true"));
  EXPECT_THAT(Rows("huge > 9223372036854775807.5"),
              ElementsAre("null", "false", "true", "false", "false"));
  EXPECT_THAT(Rows("m >= 9999999999999999.985"),
              ElementsAre("null", "false", "true", "false", "false"));
  EXPECT_THAT(Rows("m < 12.501"), ElementsAre("null", "true", "false", "true", "true"));
  EXPECT_THAT(Rows("m IN (12.5, 12.505, 0)"),
              ElementsAre("null", "true", "false", "false", "true"));
  EXPECT_THAT(Rows("i NOT IN (12, 0.5, NULL)"),
              ElementsAre("null", "null", "null", "null", "false"));
  EXPECT_THAT(Rows("i BETWEEN -0.5 AND 12.5"),
              ElementsAre("null", "true", "false", "false", "true"));
  EXPECT_THAT(Rows("m > i"), ElementsAre("null", "false", "false", "true", "true"));
  EXPECT_THAT(Rows("f = 0.1"), ElementsAre("null", "false", "false", "false", "false"));
  EXPECT_THAT(Rows("i <=> NULL"), ElementsAre("true", "false", "false", "false", "false"));
  EXPECT_THAT(Rows("i <=> 12.5"), Each("false"));
}

TEST_F(DuckDbExecutionTest, ChecksLuhnDigits) {
  EXPECT_EQ(Value("luhn_check('8112189876')"), "true");
  EXPECT_EQ(Value("luhn_check('79927398713')"), "true");
  EXPECT_EQ(Value("luhn_check('79927398714')"), "false");
  EXPECT_EQ(Value("luhn_check('')"), "false");
  EXPECT_EQ(Value("luhn_check('7992 7398713')"), "false");
  EXPECT_EQ(Value("luhn_check(NULL)"), "null");
  EXPECT_THAT(Rows("luhn_check(s)"), ElementsAre("null", "false", "false", "false", "false"));
  EXPECT_THAT(Rows(TextIs(Expression::Column("s"), "json")),
              ElementsAre("null", "false", "false", "true", "false"));
}

TEST_F(DuckDbExecutionTest, NaNIsAboveAllButFailsBounds) {
  EXPECT_THAT(Rows("x > 1"), ElementsAre("null", "false", "true", "false", "true"));
  EXPECT_THAT(Rows("x = x"), ElementsAre("null", "true", "true", "true", "true"));
  EXPECT_THAT(Rows("isnan(x)"), ElementsAre("false", "false", "false", "false", "true"));
  const Expression x = Expression::Column("x");
  const Literal one = Literal::Integer(1);
  const Literal least{LiteralKind::kDouble, "-Infinity"};
  EXPECT_THAT(Rows(Above(x, one)), ElementsAre("null", "false", "true", "false", "false"));
  EXPECT_THAT(Rows(Above(x, Literal::Integer(0))),
              ElementsAre("null", "false", "true", "false", "false"));
  EXPECT_THAT(Rows(AtLeast(x, least)), ElementsAre("null", "true", "true", "true", "false"));
  EXPECT_THAT(Rows(Below(x, one)), ElementsAre("null", "true", "false", "true", "false"));
  EXPECT_THAT(Rows(AtMost(x, one)), ElementsAre("null", "true", "false", "true", "false"));
  EXPECT_THAT(Rows(And(AtLeast(x, Literal::Integer(0)), AtMost(x, one))),
              ElementsAre("null", "true", "false", "false", "false"));
  EXPECT_THAT(Rows(And(Above(x, Literal::Integer(-1)), Below(x, one))),
              ElementsAre("null", "true", "false", "false", "false"));
  EXPECT_THAT(Rows(AtLeast(Expression::Column("f"), *Literal::Number("0.1"))),
              ElementsAre("null", "false", "true", "false", "false"));
}

TEST_F(DuckDbExecutionTest, ArithmeticGivesNullWhereItCannotGiveANumber) {
  EXPECT_THAT(Rows("i + 1"), ElementsAre("null", "1", "null", "-9223372036854775807", "13"));
  EXPECT_THAT(Rows("-i"), ElementsAre("null", "0", "-9223372036854775807", "null", "-12"));
  EXPECT_THAT(Rows("abs(i)"), ElementsAre("null", "0", "9223372036854775807", "null", "12"));
  // In Spark 32-bit results would wrap.
  EXPECT_THAT(Rows("j * 2"), ElementsAre("null", "0", "4294967294", "-4294967296", "24"));
  EXPECT_THAT(Rows("100 / j"), ElementsAre("null", "null", "4.656612875245797e-08",
                                           "-4.6566128730773926e-08", "8.333333333333334"));
  EXPECT_THAT(Rows("100 % j"), ElementsAre("null", "null", "100", "100", "4"));
  EXPECT_THAT(Rows("i % -1"), ElementsAre("null", "0", "0", "0", "0"));
  EXPECT_THAT(Rows("i div 0"), Each("null"));
  EXPECT_THAT(Rows("x / 0"), Each("null"));
  EXPECT_THAT(Rows("m + 0.001"), ElementsAre("null", "0.001", "9999999999999999.991",
                                             "-9999999999999999.989", "12.501"));
  EXPECT_THAT(Rows("m * 10"), ElementsAre("null", "0.00", "99999999999999999.90",
                                          "-99999999999999999.90", "125.00"));
  EXPECT_THAT(Rows("huge + 1"), ElementsAre("null", "1", "null",
                                            "-170141183460469231731687303715884105727", "13"));
  EXPECT_EQ(Value("0.3 / 0.1"), "3.000000");
  EXPECT_EQ(Value("-5 div 2"), "-2");
  EXPECT_EQ(Value("-5 % 3"), "-2");
  EXPECT_EQ(Value("'5' + 1"), "6.0");
  EXPECT_EQ(Value("sqrt(-1)"), "nan");
  EXPECT_EQ(Value("ln(0)"), "null");
  EXPECT_EQ(Value("log(2, 8)"), "3.0");
  EXPECT_EQ(Value("round(-2.5)"), "-3");
  EXPECT_EQ(Value("ceil(1e300)"), "null");
}

TEST_F(DuckDbExecutionTest, CastsAsSpark) {
  EXPECT_THAT(Rows("CAST(s AS int)"), ElementsAre("null", "null", "null", "10", "null"));
  EXPECT_THAT(Rows("CAST(i AS int)"), ElementsAre("null", "0", "null", "null", "12"));
  EXPECT_THAT(Rows("CAST(x AS bigint)"), ElementsAre("null", "0", "null", "null", "null"));
  EXPECT_THAT(Rows("CAST(m AS bigint)"),
              ElementsAre("null", "0", "9999999999999999", "-9999999999999999", "12"));
  EXPECT_THAT(Rows("CAST(x AS string)"),
              ElementsAre("null", "0.0", "Infinity", "-Infinity", "NaN"));
  EXPECT_THAT(Rows("CAST(i AS boolean)"), ElementsAre("null", "false", "true", "true", "true"));
  for (const auto& [text, value] : std::vector<std::pair<std::string, std::string>>{
           {"'15.9' AS int", "15"},
           {"'-15.9' AS int", "-15"},
           {"' -.9 ' AS int", "0"},
           {"'.' AS int", "0"},
           {"'-' AS int", "null"},
           {"'1e3' AS int", "null"},
           {"'1_000' AS int", "null"},
           {"'0x10' AS int", "null"},
           {"'1_000' AS double", "null"},
           {"' 1e3 ' AS double", "1000.0"},
           {"'1.005' AS decimal(10,2)", "1.01"},
           {"12345.678 AS decimal(5,2)", "null"},
           {"' T ' AS boolean", "true"},
           {"'on' AS boolean", "null"},
           {"'2026-1-5' AS date", "2026-01-05"},
           {"'2026-02-30' AS date", "null"},
           {"'2026/01/05' AS date", "null"},
           {"'2026-01-05T10' AS date", "2026-01-05"},
           {"'2026-02-03 10:11' AS timestamp", "2026-02-03 10:11:00"},
           {"'2026-02-03T10:11:12+02:00' AS timestamp", "2026-02-03 08:11:12"},
           {"'2026-02-03T10:11:12Z' AS timestamp", "2026-02-03 10:11:12"},
           {"-1.9 AS int", "-1"},
           {"TIMESTAMP '1969-12-31 23:59:59.5' AS bigint", "-1"},
           {"1700000000 AS timestamp", "2023-11-14 22:13:20"}}) {
    EXPECT_EQ(Value("CAST(" + text + ")"), value) << text;
  }
}

TEST_F(DuckDbExecutionTest, ComparesTextAsTheOtherSide) {
  EXPECT_THAT(Rows("s = 10"), ElementsAre("null", "null", "null", "true", "null"));
  EXPECT_THAT(Rows("d = '2024-02-29'"), ElementsAre("null", "false", "true", "false", "false"));
  EXPECT_THAT(Rows("ts >= '2024-02-29'"),
              ElementsAre("null", "false", "true", "false", "true"));
  EXPECT_THAT(Rows("i IN ('12', '0')"), ElementsAre("null", "true", "false", "false", "true"));
  EXPECT_EQ(Value("'1.5' = 1"), "true");
  EXPECT_EQ(Value("1 IN ('1.0')"), "false");
}

TEST_F(DuckDbExecutionTest, TimesAreUtcWhateverTheSession) {
  EXPECT_THAT(Rows("zoned = ts"), ElementsAre("null", "true", "true", "true", "true"));
  EXPECT_THAT(Rows("zoned > TIMESTAMP '1970-01-01 00:00:00'"),
              ElementsAre("null", "false", "true", "false", "true"));
  EXPECT_THAT(Rows("CAST(zoned AS date) = d"),
              ElementsAre("null", "true", "true", "true", "true"));
  EXPECT_THAT(Rows("hour(zoned)"), ElementsAre("null", "0", "23", "0", "23"));
  EXPECT_THAT(Rows("d + INTERVAL 1 YEAR"),
              ElementsAre("null", "1971-01-01", "2025-02-28", "0002-01-01", "10000-12-31"));
  EXPECT_THAT(Rows("date_add(d, j)"),
              ElementsAre("null", "1970-01-01", "null", "null", "10000-01-12"));
  EXPECT_EQ(Value("dayofweek(DATE '2026-01-31')"), "7");
  EXPECT_EQ(Value("datediff(DATE '2026-03-01', '2026-02-01')"), "28");
  EXPECT_EQ(Value("trunc(DATE '2026-05-20', 'quarter')"), "2026-04-01");
  EXPECT_EQ(Value("to_date('31/01/2026', 'dd/MM/yyyy')"), "2026-01-31");
  EXPECT_EQ(Value("from_unixtime(1700000000)"), "2023-11-14 22:13:20");
  EXPECT_EQ(Value("add_months(DATE '2026-01-31', 1)"), "2026-02-28");
}

TEST_F(DuckDbExecutionTest, TextFunctionsCountCodePoints) {
  EXPECT_THAT(Rows("length(s)"), ElementsAre("null", "0", "5", "4", "7"));
  EXPECT_THAT(Rows("octet_length(s)"), ElementsAre("null", "0", "10", "4", "7"));
  EXPECT_THAT(Rows("substring(s, -3, 2)"), ElementsAre("null", "", "ï ", "10", "c\\"));
  EXPECT_THAT(Rows("substring(s, -6, 3)"), ElementsAre("null", "", "Ün", " ", "%b_"));
  EXPECT_THAT(Rows("substring(s, j)"), ElementsAre("null", "", "", " 10 ", ""));
  EXPECT_THAT(Rows("left(s, j)"), ElementsAre("null", "", "Ünï 😀", "", "a%b_c\\d"));
  EXPECT_THAT(Rows("repeat(s, j)"), ElementsAre("null", "", "null", "", testing::SizeIs(84)));
  EXPECT_THAT(Rows("lpad(s, i, '*')"), ElementsAre("null", "", "null", "", "*****a%b_c\\d"));
  EXPECT_THAT(Rows("concat_ws('-', s, i)"),
              ElementsAre("", "-0", "Ünï 😀-9223372036854775807", " 10 --9223372036854775808",
                          "a%b_c\\d-12"));
  EXPECT_THAT(Rows("s || i"), ElementsAre("null", "0", "Ünï 😀9223372036854775807",
                                          " 10 -9223372036854775808", "a%b_c\\d12"));
  EXPECT_EQ(Value("initcap('hELLO  wORLD')"), "Hello  World");
  EXPECT_EQ(Value("locate('o', 'foo boo', 4)"), "6");
  EXPECT_EQ(Value("lpad('abc', 5, '')"), "abc");
  EXPECT_EQ(Value("split_part('a.b.c', '.', -1)"), "c");
  EXPECT_EQ(Value("split_part('a.b.c', NULL, 1)"), "null");
  EXPECT_EQ(Value("substring('abc', -2, CAST(NULL AS INT))"), "null");
  EXPECT_EQ(Value("substring('abc', -2, CAST('-1' AS INT))"), "");
  EXPECT_EQ(Value("length('a\\0b')"), "3");
  EXPECT_EQ(Value("regexp_replace('John Doe', '(\\\\w+) (\\\\w+)', '$2, $1')"), "Doe, John");
}

TEST_F(DuckDbExecutionTest, LikeKnowsEscapes) {
  EXPECT_THAT(Rows(R"(s LIKE 'a\\%b%')"),
              ElementsAre("null", "false", "false", "false", "true"));
  EXPECT_THAT(Rows(R"(s LIKE '%\\\\d')"),
              ElementsAre("null", "false", "false", "false", "true"));
  EXPECT_THAT(Rows("s LIKE '_n__%'"), ElementsAre("null", "false", "true", "false", "false"));
  EXPECT_THAT(Rows("s NOT LIKE ''"), ElementsAre("null", "false", "true", "true", "true"));
  EXPECT_THAT(Rows("s ILIKE 'ÜN%'"), ElementsAre("null", "false", "true", "false", "false"));
  // A faulty pattern in the data is no error (in Spark it is).
  EXPECT_THAT(Rows("s LIKE concat(s, '\\\\')"),
              ElementsAre("null", "false", "false", "false", "false"));
}

TEST_F(DuckDbExecutionTest, LogicHasThreeValues) {
  EXPECT_THAT(Rows("b AND i > 0"), ElementsAre("null", "false", "true", "false", "false"));
  EXPECT_THAT(Rows("b OR i IS NULL"), ElementsAre("true", "false", "true", "true", "false"));
  EXPECT_THAT(Rows("b IS NOT TRUE"), ElementsAre("true", "true", "false", "false", "true"));
  EXPECT_THAT(Rows("CASE i WHEN 12.5 THEN 'a' WHEN 12 THEN 'b' ELSE 'c' END"),
              ElementsAre("c", "c", "c", "c", "b"));
  EXPECT_THAT(Rows("coalesce(address.city, 'none')"),
              ElementsAre("none", "", "Köln", "none", "none"));
}

TEST_F(DuckDbExecutionTest, TextReadAsTypeIsNullWhereItDoesNotParse) {
  EXPECT_THAT(Rows("n"), ElementsAre("null", "null", "16", "42", "null"));
  const Expression n = Expression::Column("n");
  EXPECT_THAT(Rows(CanCast(n, FieldType::kIntegral)),
              ElementsAre("null", "false", "false", "true", "false"));
  EXPECT_THAT(Rows(CanCast(n, FieldType::kFractional)),
              ElementsAre("null", "false", "true", "true", "false"));
}

TEST_F(DuckDbExecutionTest, CanCastIsStrict) {
  const auto can = [&](const char* text, FieldType type) {
    return Rows(CanCast(Expression::Constant(Literal::String(text)), type)).front();
  };
  for (const char* text : {"0", "-12", "+7", "007", "9223372036854775807"})
    EXPECT_EQ(can(text, FieldType::kIntegral), "true") << text;
  for (const char* text : {"", " 10 ", "15.5", "15.0", "Ten", "1e3", "0x10", "1_000",
                           "9223372036854775808", "-"}) {
    EXPECT_EQ(can(text, FieldType::kIntegral), "false") << text;
  }
  for (const char* text : {"1", "-1.5", ".5", "5.", "1e3", "NaN", "-Infinity"})
    EXPECT_EQ(can(text, FieldType::kFractional), "true") << text;
  for (const char* text : {"", " 1.5", "1,5", "1_0.5", "e3", "."})
    EXPECT_EQ(can(text, FieldType::kFractional), "false") << text;
  for (const char* text : {"true", "F", "yes", "n", "1", "0"})
    EXPECT_EQ(can(text, FieldType::kBoolean), "true") << text;
  for (const char* text : {"", "on", "2", "ja"})
    EXPECT_EQ(can(text, FieldType::kBoolean), "false") << text;
  for (const char* text : {"2026-01-31", "2026-1-5"})
    EXPECT_EQ(can(text, FieldType::kDate), "true") << text;
  for (const char* text :
       {"", "2026-02-30", "2026/01/31", "31.01.2026", "epoch", "2026-01-31 10:00:00"}) {
    EXPECT_EQ(can(text, FieldType::kDate), "false") << text;
  }
  for (const char* text : {"2026-01-31", "2026-01-31 10:00", "2026-01-31T10:00:00.123Z",
                           "2026-01-31 10:00:00+02:00"}) {
    EXPECT_EQ(can(text, FieldType::kTimestamp), "true") << text;
  }
  for (const char* text : {"", "2026-01-31 25:00:00", "10:00", "infinity", "2026-01-31T10"}) {
    EXPECT_EQ(can(text, FieldType::kTimestamp), "false") << text;
  }
  EXPECT_THAT(Rows(CanCast(Expression::Column("x"), FieldType::kIntegral)),
              ElementsAre("null", "true", "false", "false", "false"));
}

TEST_F(DuckDbExecutionTest, DeepAndLongExpressionsRun) {
  const auto repeated = [](std::string_view text, int times) {
    std::string result;
    for (int i = 0; i < times; ++i) result += text;
    return result;
  };
  EXPECT_THAT(Rows("j" + repeated(" + 1", 150)),
              ElementsAre("null", "150", "2147483797", "-2147483498", "162"));
  EXPECT_THAT(Rows("length(" + repeated("upper(", 150) + "s" + repeated(")", 151)),
              ElementsAre("null", "0", "5", "4", "7"));
  EXPECT_THAT(Rows(repeated("NOT ", 150) + "b"),
              ElementsAre("null", "false", "true", "true", "false"));
  EXPECT_THAT(Rows("b" + repeated(" OR i = 12", 1'000)),
              ElementsAre("null", "false", "true", "true", "true"));
  EXPECT_THAT(Rows("length(s" + repeated(" || s", 1'000) + ")"),
              ElementsAre("null", "0", "5005", "4004", "7007"));
}

/// Every function over one row of the table with fields of all types: what is accepted must run
/// without error.
TEST_F(DuckDbExecutionTest, EveryAcceptedCallRunsOnExtremeRows) {
  const std::vector<std::string> operands = {"i",    "j",     "huge", "m",  "x",     "f",
                                             "s",    "b",     "d",    "ts", "zoned", "n",
                                             "NULL", "'day'", "2",    "-1", "'(a)'", "0"};
  int accepted = 0;
  std::vector<std::string> pending;
  const auto succeeds = [&](const std::string& columns) {
    return testing::Matches(testing::AllOf(testing::SizeIs(5), Each(Not(StartsWith("error")))))(
        engine_.Query("SELECT " + columns + " FROM rows"));
  };
  // Many calls a query, because a query costs more than they do.
  const auto flush = [&] {
    std::string columns;
    for (const std::string& sql : pending) columns += (columns.empty() ? "" : ", ") + sql;
    if (!pending.empty() && !succeeds(columns)) {
      for (const std::string& sql : pending) EXPECT_TRUE(succeeds(sql)) << sql;
    }
    pending.clear();
  };
  const auto run = [&](const Function& function, const std::vector<std::string>& texts) {
    std::vector<Expression> arguments;
    for (const std::string& text : texts) arguments.push_back(*ParseExpression(text));
    auto sql = DuckDb().Print(Expression::Call(function.name, arguments), schema_);
    if (!sql) return;
    ++accepted;
    pending.push_back(*std::move(sql));
    if (pending.size() == 50) flush();
  };
  for (const FunctionGroup& group : AllFunctions()) {
    for (const Function& function : group.functions) {
      if (function.sees == Function::Sees::kAllRows) continue;
      const int before = accepted;
      for (size_t a = 0; a < operands.size(); ++a) {
        const size_t b = (a * 7 + 5) % operands.size();
        const size_t c = (a * 11 + 3) % operands.size();
        if (function.max_arguments == 0) run(function, {});
        if (function.min_arguments <= 1 && function.max_arguments >= 1)
          run(function, {operands[a]});
        for (size_t k = 0;
             function.min_arguments <= 2 && function.max_arguments >= 2 && k < operands.size();
             ++k) {
          run(function, {operands[a], operands[k]});
        }
        if (function.min_arguments <= 3 && function.max_arguments >= 3) {
          run(function, {operands[a], operands[a], operands[a]});
          run(function, {operands[a], operands[b], operands[c]});
          run(function, {operands[a], operands[c], operands[a]});
          run(function, {"s", "'(a)'", operands[a]});
          run(function, {operands[a], "2", "3"});
        }
      }
      run(function, {"i", "'bigint'"});
      run(function, {"s", "'Integral'"});
      run(function, {"s", "256"});
      run(function, {"s", "'json'"});
      run(function, {"d", "'month'"});
      run(function, {"'hour'", "ts"});
      run(function, {"ts", "'yyyy-MM'"});
      run(function, {"1", "2", "3"});
      EXPECT_GT(accepted, before) << function.name << " was never accepted";
    }
  }
  flush();
  EXPECT_GT(accepted, 1'500);
}

TEST_F(DuckDbExecutionTest, AggregatesLeaveNullsOutAndDoNotWrap) {
  const auto value = [&](std::string_view text) {
    const auto expression = ParseAggregate(text, schema_);
    if (!expression) return "error: " + expression.error().message;
    const auto sql = DuckDb().Print(*expression, schema_);
    return sql ? engine_.Query("SELECT " + *sql + " FROM rows").front()
               : "error: " + sql.error().message;
  };
  EXPECT_EQ(value("count(*)"), "5");
  EXPECT_EQ(value("count(i)"), "4");
  EXPECT_EQ(value("count(i, address.city)"), "2");
  EXPECT_EQ(value("count(DISTINCT b)"), "2");
  EXPECT_EQ(value("count(DISTINCT b, i)"), "4");
  EXPECT_EQ(value("count_if(i > 0)"), "2");
  EXPECT_EQ(value("sum(i)"), "11");
  EXPECT_EQ(value("sum(if(i > 0, i, NULL))"), "9223372036854775819");
  EXPECT_EQ(value("sum(m)"), "12.50");
  EXPECT_EQ(value("avg(m)"), "3.125000");
  EXPECT_EQ(value("avg(j)"), "2.75");
  EXPECT_EQ(value("max(x)"), "nan");
  EXPECT_EQ(value("min(d)"), "0001-01-01");
  EXPECT_EQ(value("median(j)"), "6.0");
  EXPECT_EQ(value("percentile(j, 1)"), "2147483647.0");
  EXPECT_EQ(value("sum(i) FILTER (WHERE s = 'none')"), "null");
  EXPECT_EQ(value("stddev(if(j = 12, j, NULL))"), "null");
}

}  // namespace
}  // namespace assay::plan::dialects
