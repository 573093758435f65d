#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/parser.h"
#include "plan/typed.h"

namespace assay::plan {
namespace {

Schema TestSchema() {
  const auto field = [](const char* name, FieldType type, const char* native) {
    return Field{.name = name, .path = {name}, .type = type, .native_type = native};
  };
  return {{field("i", FieldType::kIntegral, "BIGINT"),
           field("m", FieldType::kFractional, "DECIMAL(18,2)"),
           field("x", FieldType::kFractional, "DOUBLE"),
           field("s", FieldType::kString, "VARCHAR"),
           field("b", FieldType::kBoolean, "BOOLEAN"), field("d", FieldType::kDate, "DATE"),
           field("ts", FieldType::kTimestamp, "TIMESTAMP"),
           field("list", FieldType::kUnknown, "VARCHAR[]"),
           field("list[]", FieldType::kString, "VARCHAR"),
           field("address.city", FieldType::kString, "VARCHAR")}};
}

std::string TypeText(std::string_view text) {
  const Schema schema = TestSchema();
  const auto expression = ParseExpression(text);
  if (!expression) return "parse: " + expression.error().message;
  const auto typed = Analyze(*expression, schema);
  return typed ? TypeName(typed->type) : typed.error().message;
}

TEST(TypeOfTest, GivesTheLogicalTypeOfTheResult) {
  const Schema schema = TestSchema();
  const auto type_of = [&](const char* text) {
    return TypeOf(*ParseExpression(text), schema).value_or(FieldType::kUnknown);
  };
  EXPECT_EQ(type_of("i + 1"), FieldType::kIntegral);
  EXPECT_EQ(type_of("i / 2"), FieldType::kFractional);
  EXPECT_EQ(type_of("s || i"), FieldType::kString);
  EXPECT_EQ(type_of("d + 1"), FieldType::kDate);
  EXPECT_EQ(type_of("d + INTERVAL 1 HOUR"), FieldType::kTimestamp);
  EXPECT_EQ(type_of("s IS NULL"), FieldType::kBoolean);
  EXPECT_EQ(type_of("NULL"), FieldType::kUnknown);
  EXPECT_EQ(type_of("ADDRESS.city"), FieldType::kString);
}

TEST(TypingTest, FollowsSparksDecimalArithmetic) {
  EXPECT_EQ(TypeText("m + m"), "decimal(19,2)");
  EXPECT_EQ(TypeText("m * m"), "decimal(37,4)");
  EXPECT_EQ(TypeText("m / m"), "decimal(38,20)");
  EXPECT_EQ(TypeText("m % 3"), "decimal(3,2)");
  EXPECT_EQ(TypeText("m + 1"), "decimal(19,2)");
  EXPECT_EQ(TypeText("m + i"), "decimal(23,2)");
  EXPECT_EQ(TypeText("m * m * m"), "decimal(38,6)");
  EXPECT_EQ(TypeText("0.3 / 0.1"), "decimal(7,6)");
  EXPECT_EQ(TypeText("m + x"), "double");
  EXPECT_EQ(TypeText("round(m, 1)"), "decimal(18,1)");
  EXPECT_EQ(TypeText("ceil(m)"), "decimal(17,0)");
  EXPECT_EQ(TypeText("ceil(x)"), "bigint");
}

TEST(TypingTest, AggregatesAreWideEnough) {
  const Schema schema = TestSchema();
  const auto type_of = [&](std::string_view text) {
    const auto expression = ParseAggregate(text, schema);
    return expression ? TypeName(Analyze(*expression, schema)->type)
                      : expression.error().message;
  };
  EXPECT_EQ(Analyze(*ParseAggregate("sum(i)", schema), schema)->type, ValueType::Integer(128));
  EXPECT_EQ(type_of("sum(m)"), "decimal(28,2)");
  EXPECT_EQ(type_of("sum(x)"), "double");
  EXPECT_EQ(type_of("sum(s)"), "double");
  EXPECT_EQ(type_of("avg(i)"), "double");
  EXPECT_EQ(type_of("avg(m)"), "decimal(22,6)");
  EXPECT_EQ(type_of("count(list)"), "bigint");
  EXPECT_EQ(type_of("max(d)"), "date");
  EXPECT_EQ(type_of("sum(i) / count(*)"), "double");
  EXPECT_EQ(type_of("median(m)"), "double");
  EXPECT_EQ(type_of("max(list)"), "max(a): there is no order of nested or binary values");
  EXPECT_EQ(type_of("sum(b)"), "sum(number): argument 1: expected a number, found boolean");
}

TEST(TypingTest, FindsCommonTypes) {
  EXPECT_EQ(TypeText("coalesce(i, 'a')"), "string");
  EXPECT_EQ(TypeText("coalesce(i, 2.5)"), "decimal(21,1)");
  EXPECT_EQ(TypeText("coalesce(d, ts)"), "timestamp");
  EXPECT_EQ(TypeText("if(b, i, x)"), "double");
  EXPECT_EQ(TypeText("CASE WHEN b THEN NULL ELSE d END"), "date");
  EXPECT_EQ(TypeText("greatest(i, m)"), "decimal(22,2)");
  EXPECT_EQ(TypeText("'5' + 1"), "double");
}

TEST(TypingTest, RefusesWhatHasNoMeaning) {
  EXPECT_EQ(TypeText("b AND i"), "a AND b: argument 2: expected a condition, found bigint");
  EXPECT_EQ(TypeText("d > 5"), "a > b: cannot compare date with bigint");
  EXPECT_EQ(TypeText("list = 'a'"),
            "a = b, a == b: cannot compare nested or binary with string");
  EXPECT_EQ(TypeText("b + 1"), "a + b: expected numbers, found boolean and bigint");
  EXPECT_EQ(TypeText("coalesce(b, 'a')"),
            "coalesce(a, ...): boolean and string have no common type");
  EXPECT_EQ(TypeText("greatest(s, 1)"),
            "greatest(a, b, ...): string and bigint have no common type");
  EXPECT_EQ(TypeText("CAST(d AS int)"),
            "CAST(a AS type), TRY_CAST(a AS type), a::type: there is no cast from date to int");
  EXPECT_EQ(TypeText("year(i)"),
            "year(date), EXTRACT(YEAR FROM date): argument 1: expected a date, found bigint");
  EXPECT_EQ(TypeText("upper(list)"),
            "upper(text): argument 1: expected a text, found nested or binary");
  EXPECT_EQ(TypeText("INTERVAL 1 DAY > 5"), "a > b: cannot compare interval with bigint");
  EXPECT_EQ(TypeText("s RLIKE '('"),
            "text [NOT] RLIKE pattern, text REGEXP pattern: not a pattern that RE2 accepts (it "
            "has no look-around and no back "
            "references), missing ): (: '('");
  EXPECT_EQ(TypeText("s RLIKE s"),
            "text [NOT] RLIKE pattern, text REGEXP pattern: argument 2: expected a text, which "
            "must be written out");
  EXPECT_EQ(TypeText("s LIKE 'a\\\\b'"),
            "text [NOT] LIKE pattern [ESCAPE 'c']: in a LIKE pattern, the escape character "
            "'\\' must stand before %, _ or "
            "itself: 'a\\b'");
  EXPECT_EQ(TypeText("regexp_extract(s, 'a', 1)"),
            "regexp_extract(text, pattern[, group]): the pattern has 0 groups (at most 9 can "
            "be named): there is no group 1");
  EXPECT_EQ(TypeText("trunc(d, 'eon')"),
            "trunc(date, 'unit'): not a unit (year, quarter, month, week, day, hour, minute, "
            "second): 'eon'");
  EXPECT_EQ(TypeText("to_date(s, 'GGGG')"),
            "to_date(value[, 'pattern']): 'GGGG' in a time pattern is not supported: 'GGGG'");
}

TEST(TypingTest, NamesFieldsThatAreMissingOrOutOfReach) {
  EXPECT_EQ(TypeText("adress.city = 'x'"),
            "no such field: 'adress.city'; did you mean 'address.city'?");
  EXPECT_EQ(TypeText("zzzzzzzz = 'x'"), "no such field: 'zzzzzzzz'");
  EXPECT_EQ(TypeText("`list[]` = 'x'"),
            "elements of a list cannot be used in an expression: 'list[]'");
  EXPECT_EQ(TypeText("list IS NULL"), "boolean");
}

TEST(TypingTest, RefusesUnknownCallsAndDeepTreesFromBuilders) {
  const Schema schema = TestSchema();
  const Expression column = Expression::Column("b");
  EXPECT_EQ(TypeOf(Expression::Call("frobnicate", {column}), schema).error().message,
            "unknown function: 'frobnicate'");
  EXPECT_EQ(TypeOf(Expression::Call("not", {}), schema).error().message,
            "not takes 1 argument, found 0");
  Expression deep = column;
  for (int i = 0; i < 300; ++i) deep = Not(std::move(deep));
  EXPECT_EQ(TypeOf(deep, schema).error(),
            (Error{ErrorKind::kUnsupported, "an expression may be nested 200 levels deep"}));
}

}  // namespace
}  // namespace assay::plan
