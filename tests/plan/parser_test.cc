#include "plan/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::plan {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Expression C(const char* name) {
  return Expression::Column(name);
}
Expression I(int64_t value) {
  return Expression::Constant(Literal::Integer(value));
}
Expression S(std::string text) {
  return Expression::Constant(Literal::String(std::move(text)));
}
Expression L(LiteralKind kind, const char* text) {
  return Expression::Constant({kind, text});
}
Expression F(const char* function, std::vector<Expression> arguments) {
  return Expression::Call(function, std::move(arguments));
}

Expression Parsed(std::string_view text, const Variables& variables = {}) {
  const auto expression = ParseExpression(text, variables);
  EXPECT_TRUE(expression.has_value())
      << text << ": " << (expression ? "" : expression.error().message);
  return expression.value_or(Expression::Constant(Literal::String("failed")));
}

Error ErrorOf(std::string_view text, const Variables& variables = {}) {
  const auto expression = ParseExpression(text, variables);
  return expression ? Error{ErrorKind::kInternal, "no error"} : expression.error();
}

Error Invalid(std::string message) {
  return {ErrorKind::kInvalidInput, std::move(message)};
}
Error Unsupported(std::string message) {
  return {ErrorKind::kUnsupported, std::move(message)};
}

TEST(ParserLiteralTest, ReadsNumbersOfEveryKind) {
  EXPECT_EQ(Parsed("42"), I(42));
  EXPECT_EQ(Parsed("-42"), I(-42));
  EXPECT_EQ(Parsed("-9223372036854775808"), I(INT64_MIN));
  EXPECT_EQ(Parsed("5L"), I(5));
  EXPECT_EQ(Parsed("12.50"), L(LiteralKind::kDecimal, "12.50"));
  EXPECT_EQ(Parsed(".5"), L(LiteralKind::kDecimal, "0.5"));
  EXPECT_EQ(Parsed("5."), L(LiteralKind::kDecimal, "5"));
  EXPECT_EQ(Parsed("5BD"), L(LiteralKind::kDecimal, "5"));
  EXPECT_EQ(Parsed("1e3"), L(LiteralKind::kDouble, "1000"));
  EXPECT_EQ(Parsed("12.5D"), L(LiteralKind::kDouble, "12.5"));
  EXPECT_EQ(Parsed("0.1f"), L(LiteralKind::kDouble, "0.10000000149011612"));
  EXPECT_EQ(Parsed("99999999999999999999"), L(LiteralKind::kInteger, "99999999999999999999"));
}

TEST(ParserLiteralTest, ReadsTextsWithEscapes) {
  EXPECT_EQ(Parsed("'it''s'"), S("it's"));
  EXPECT_EQ(Parsed(R"('it\'s')"), S("it's"));
  EXPECT_EQ(Parsed("\"it's\""), S("it's"));
  EXPECT_EQ(Parsed(R"('a\tb\n\\d')"), S("a\tb\n\\d"));
  EXPECT_EQ(Parsed(R"('\d\%\_')"), S("d\\%\\_"));
  EXPECT_EQ(Parsed(R"('\u00dc\U0001F600\101')"), S("Ü😀A"));
  EXPECT_EQ(Parsed(R"('\0')"), S(std::string(1, '\0')));
  EXPECT_EQ(Parsed(R"(r'\d+')"), S("\\d+"));
  EXPECT_EQ(Parsed("'a' 'b'"), S("ab"));
}

TEST(ParserLiteralTest, ReadsTypedLiterals) {
  EXPECT_EQ(Parsed("TRUE"), Expression::Constant(Literal::Boolean(true)));
  EXPECT_EQ(Parsed("null"), Expression::Constant(Literal::Null()));
  EXPECT_EQ(Parsed("date '2026-01-31'"), L(LiteralKind::kDate, "2026-01-31"));
  EXPECT_EQ(Parsed("TIMESTAMP'2026-01-31'"), L(LiteralKind::kTimestamp, "2026-01-31 00:00:00"));
  EXPECT_EQ(Parsed("TIMESTAMP '2026-01-31T10:00:00+02:00'"),
            L(LiteralKind::kTimestamp, "2026-01-31 08:00:00"));
  EXPECT_EQ(Parsed("INTERVAL 7 DAYS"), F("interval", {I(0), I(7), I(0)}));
  EXPECT_EQ(Parsed("interval '1' month"), F("interval", {I(1), I(0), I(0)}));
  EXPECT_EQ(Parsed("interval '2 weeks -1 hours'"),
            F("interval", {I(0), I(14), I(-3'600'000'000)}));
  EXPECT_EQ(Parsed("interval -1 year 2 seconds"), F("interval", {I(-12), I(0), I(2'000'000)}));
}

TEST(ParserNameTest, JoinsMembersAndTakesKeywordsAsNames) {
  EXPECT_EQ(Parsed("a.b.c"), C("a.b.c"));
  EXPECT_EQ(Parsed("`strange name`.`x``y`"), C("strange name.x`y"));
  EXPECT_EQ(Parsed("`case`"), C("case"));
  EXPECT_EQ(Parsed("date > timestamp"), F("greater", {C("date"), C("timestamp")}));
  EXPECT_EQ(Parsed("interval = 1"), F("equal", {C("interval"), I(1)}));
  EXPECT_EQ(Parsed("größe"), C("größe"));
  EXPECT_EQ(Parsed("left = 1 AND year > 2"),
            F("and", {F("equal", {C("left"), I(1)}), F("greater", {C("year"), I(2)})}));
}

TEST(ParserNameTest, EachIsForTemplates) {
  EXPECT_EQ(
      ErrorOf("a = each('EU', 'US')"),
      Unsupported("line 1, column 5: it stands for one value at a time in templates only: "
                  "'each'"));
}

TEST(ParserOperatorTest, BindsAsSparkDoes) {
  EXPECT_EQ(Parsed("a OR b AND NOT c"),
            F("or", {C("a"), F("and", {C("b"), F("not", {C("c")})})}));
  EXPECT_EQ(Parsed("NOT a = b"), F("not", {F("equal", {C("a"), C("b")})}));
  EXPECT_EQ(Parsed("1 + 2 * 3 - 4"),
            F("subtract", {F("add", {I(1), F("multiply", {I(2), I(3)})}), I(4)}));
  EXPECT_EQ(Parsed("a div b % c"),
            F("remainder", {F("integer_divide", {C("a"), C("b")}), C("c")}));
  EXPECT_EQ(Parsed("-a::int"), F("negate", {F("cast", {C("a"), S("int")})}));
  EXPECT_EQ(Parsed("a || b || c"), F("concat", {C("a"), C("b"), C("c")}));
  EXPECT_EQ(Parsed("a = b IS NULL"), F("is_null", {F("equal", {C("a"), C("b")})}));
  EXPECT_EQ(Parsed("(a OR b) AND c"), F("and", {F("or", {C("a"), C("b")}), C("c")}));
  EXPECT_EQ(Parsed("! a"), F("not", {C("a")}));
  EXPECT_EQ(Parsed("2 - -3"), F("subtract", {I(2), I(-3)}));
}

TEST(ParserOperatorTest, ReadsPredicates) {
  EXPECT_EQ(Parsed("a IS NOT NULL"), F("is_not_null", {C("a")}));
  EXPECT_EQ(Parsed("a IS NOT TRUE"), F("not", {F("is_true", {C("a")})}));
  EXPECT_EQ(Parsed("a IS DISTINCT FROM b"), F("not", {F("not_distinct", {C("a"), C("b")})}));
  EXPECT_EQ(Parsed("a IS NOT DISTINCT FROM b"), Parsed("a <=> b"));
  EXPECT_EQ(Parsed("a NOT IN (1, 2)"), F("not", {F("in", {C("a"), I(1), I(2)})}));
  EXPECT_EQ(Parsed("a BETWEEN 1 AND 2 AND b"),
            F("and", {F("between", {C("a"), I(1), I(2)}), C("b")}));
  EXPECT_EQ(Parsed("a LIKE 'x!%' ESCAPE '!'"), F("like", {C("a"), S("x!%"), S("!")}));
  EXPECT_EQ(Parsed("a NOT RLIKE 'x'"), F("not", {F("rlike", {C("a"), S("x")})}));
}

TEST(ParserCallTest, ReadsFunctionsAndSpecialForms) {
  EXPECT_EQ(Parsed("UPPER(a)"), F("upper", {C("a")}));
  EXPECT_EQ(Parsed("IfNull(a, 1)"), F("nvl", {C("a"), I(1)}));
  EXPECT_EQ(Parsed("CAST(a AS decimal( 10 , 2 ))"), F("cast", {C("a"), S("decimal(10,2)")}));
  EXPECT_EQ(Parsed("a::varchar(5)"), F("cast", {C("a"), S("string")}));
  EXPECT_EQ(Parsed("TRIM(LEADING 'x' FROM a)"), F("ltrim", {C("a"), S("x")}));
  EXPECT_EQ(Parsed("rtrim('x', a)"), F("rtrim", {C("a"), S("x")}));
  EXPECT_EQ(Parsed("SUBSTRING(a FROM 2 FOR 3)"), F("substring", {C("a"), I(2), I(3)}));
  EXPECT_EQ(Parsed("EXTRACT(dow FROM a)"), F("dayofweek", {C("a")}));
  EXPECT_EQ(Parsed("POSITION('x' IN a)"), F("locate", {S("x"), C("a")}));
  EXPECT_EQ(Parsed("CASE a WHEN 1 THEN 2 ELSE 3 END"), F("switch", {C("a"), I(1), I(2), I(3)}));
  EXPECT_EQ(Parsed("CASE WHEN a THEN 2 END"), F("case", {C("a"), I(2)}));
  EXPECT_EQ(Parsed("current_date"), F("current_date", {}));
  EXPECT_EQ(Parsed("a -- comment\n /* and */ + 1"), F("add", {C("a"), I(1)}));
}

TEST(ParserVariableTest, FillsPlaceholdersWithOneLiteral) {
  const Variables variables = {
      {"day", "TIMESTAMP '2026-01-31'"}, {"n", " -5 "}, {"span", "INTERVAL 1 DAY"}};
  EXPECT_EQ(Parsed("a > {{ day }} - {{span}}", variables),
            Parsed("a > TIMESTAMP '2026-01-31' - INTERVAL 1 DAY"));
  EXPECT_EQ(Parsed("a > {{n}}", variables), F("greater", {C("a"), I(-5)}));
  EXPECT_EQ(Parsed("a = '{{ n }}'", variables), F("equal", {C("a"), S("{{ n }}")}));
}

TEST(ParserVariableTest, RefusesMissingAndOtherValues) {
  EXPECT_EQ(ErrorOf("a > {{ day }}"),
            Invalid("line 1, column 5: no value is given for the variable 'day'"));
  for (const char* value : {"b", "1 OR 1 = 1", "1 + 1", "{{ day }}", "", "'x", "now()"}) {
    EXPECT_THAT(ErrorOf("a > {{ day }}", {{"day", value}}).message,
                StartsWith("line 1, column 5: the variable 'day' must be one literal"))
        << value;
  }
  EXPECT_EQ(ErrorOf("a > {{ day"),
            Invalid("line 1, column 5: the placeholder is not closed by }}"));
}

TEST(ParserErrorTest, SaysWhereAndWhatWasExpected) {
  EXPECT_EQ(ErrorOf(""), Invalid("line 1, column 1: expected a value, found the end"));
  EXPECT_EQ(ErrorOf("a >"), Invalid("line 1, column 4: expected a value, found the end"));
  EXPECT_EQ(ErrorOf("a > 1 b"),
            Invalid("line 1, column 7: expected an operator or the end, found 'b'"));
  EXPECT_EQ(ErrorOf("ä =\n (1"), Invalid("line 2, column 4: expected ), found the end"));
  EXPECT_EQ(ErrorOf("upper(a b)"), Invalid("line 1, column 9: expected ',' or ')', found 'b'"));
  EXPECT_EQ(
      ErrorOf("a IS 5"),
      Invalid("line 1, column 6: expected NULL, TRUE, FALSE or DISTINCT FROM, found '5'"));
  EXPECT_EQ(ErrorOf("a NOT 5"),
            Invalid("line 1, column 7: expected IN, BETWEEN, LIKE, ILIKE or RLIKE, found '5'"));
  EXPECT_EQ(ErrorOf("CASE WHEN a THEN 1"),
            Invalid("line 1, column 19: expected WHEN, ELSE or END, found the end"));
  EXPECT_EQ(ErrorOf("CASE a END"), Invalid("line 1, column 8: expected WHEN, found 'END'"));
  EXPECT_EQ(ErrorOf("'abc"), Invalid("line 1, column 1: the text is not closed by '"));
  EXPECT_EQ(ErrorOf("`abc"), Invalid("line 1, column 1: the name is not closed by `"));
  EXPECT_EQ(ErrorOf("a /* x"), Invalid("line 1, column 3: the comment is not closed by */"));
  EXPECT_EQ(ErrorOf("a ; b"), Invalid("line 1, column 3: unexpected character ';'"));
  EXPECT_EQ(ErrorOf("12abc > 1"), Invalid("line 1, column 1: not a number: '12abc'"));
  EXPECT_EQ(ErrorOf("DATE '2026-02-30'"),
            Invalid("line 1, column 6: not a DATE (2026-01-31): '2026-02-30'"));
  EXPECT_EQ(ErrorOf("CAST(a AS text)").kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(ErrorOf("uper(a)"),
            Invalid("line 1, column 1: no such function: 'uper'; did you mean 'upper'?"));
  EXPECT_EQ(ErrorOf("1 + upper(a, b)"),
            Invalid("line 1, column 5: upper takes 1 argument, found 2"));
  EXPECT_EQ(ErrorOf("a && b"), Invalid("line 1, column 3: write AND in place of &&"));
  EXPECT_EQ(ErrorOf("a = '\xff'"), Invalid("an expression must be valid UTF-8"));
  EXPECT_EQ(ErrorOf("INTERVAL 5 parsecs").kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(ErrorOf("INTERVAL 999999999 years"),
            Invalid("line 1, column 1: the interval is too long"));
  EXPECT_EQ(ErrorOf("INTERVAL 999999999 hours 999999999 hours 999999999 hours").message,
            "line 1, column 1: the interval is too long");
}

TEST(ParserErrorTest, RefusesKnownSqlByName) {
  EXPECT_EQ(ErrorOf("a > (SELECT 1)"),
            Unsupported("line 1, column 6: a subquery is not supported here: 'SELECT'"));
  EXPECT_EQ(ErrorOf("a IN (SELECT 1)"),
            Unsupported("line 1, column 7: a subquery is not supported here: 'SELECT'"));
  EXPECT_EQ(ErrorOf("EXISTS (SELECT 1)"),
            Unsupported("line 1, column 1: subqueries are not supported: 'EXISTS'"));
  EXPECT_EQ(ErrorOf("SUM(a) > 1"), Unsupported("line 1, column 1: aggregate functions are not "
                                               "supported, an expression sees one row: 'SUM'"));
  EXPECT_EQ(ErrorOf("row_number() OVER ()"),
            Unsupported("line 1, column 1: window functions are not supported, an expression "
                        "sees one row: 'row_number'"));
  EXPECT_EQ(ErrorOf("upper(a) OVER (x)"),
            Unsupported("line 1, column 10: a window function is not supported here: 'OVER'"));
  EXPECT_EQ(ErrorOf("filter(a, x -> x)"),
            Unsupported("line 1, column 1: functions over lists, maps and structs are not "
                        "supported: 'filter'"));
  EXPECT_EQ(ErrorOf("coalesce(x -> 1)"),
            Unsupported("line 1, column 12: a lambda function is not supported here: '->'"));
  EXPECT_EQ(
      ErrorOf("a[0] = 1"),
      Unsupported("line 1, column 2: an element of a list or map is not supported here: '['"));
  EXPECT_EQ(ErrorOf("a & 1"),
            Unsupported("line 1, column 3: a bitwise operator is not supported here: '&'"));
  EXPECT_EQ(ErrorOf("rand() > 0").kind, ErrorKind::kUnsupported);
  EXPECT_EQ(ErrorOf("CAST(a AS array<int>)").kind, ErrorKind::kUnsupported);
  EXPECT_EQ(ErrorOf("(a, b) = (1, 2)").kind, ErrorKind::kUnsupported);
  EXPECT_EQ(ErrorOf("X'1F' = a").kind, ErrorKind::kUnsupported);
}

TEST(ParserDepthTest, RefusesWhatCouldExhaustTheStack) {
  const auto repeated = [](std::string_view text, int times) {
    std::string result;
    for (int i = 0; i < times; ++i) result += text;
    return result;
  };
  EXPECT_TRUE(ParseExpression(repeated("(", 150) + "a" + repeated(")", 150)));
  EXPECT_TRUE(ParseExpression("a" + repeated(" + 1", 150)));
  for (const std::string& text :
       {repeated("(", 20'000), repeated("NOT ", 20'000) + "a", repeated("- ", 20'000) + "a",
        "a" + repeated(" + 1", 20'000), repeated("upper(", 20'000),
        repeated("CASE WHEN ", 20'000), repeated("CAST(", 20'000),
        "a" + repeated("::int", 20'000), "a" + repeated(" = a", 20'000),
        repeated("a BETWEEN ", 20'000), repeated("position(", 30'000)}) {
    EXPECT_NE(ErrorOf(text).message, "no error") << text.substr(0, 20);
  }
  EXPECT_EQ(ErrorOf(repeated("(", 201) + "a" + repeated(")", 201)),
            Unsupported("line 1, column 201: nested more than 200 levels deep"));
  EXPECT_TRUE(ParseExpression("a" + repeated(" OR a", 10'000)));
  EXPECT_TRUE(ParseExpression("a" + repeated(" || a", 10'000)));
}

TEST(ParsePredicateTest, MustBeACondition) {
  Schema schema;
  schema.fields = {
      {.name = "a", .path = {"a"}, .type = FieldType::kIntegral, .native_type = "BIGINT"}};
  EXPECT_EQ(*ParsePredicate("a > 1", schema), Parsed("a > 1"));
  EXPECT_EQ(ParsePredicate("a + 1", schema).error(),
            Invalid("a condition must be true or false, this one is bigint"));
  EXPECT_EQ(ParsePredicate("NULL", schema).error(),
            Invalid("a condition must be true or false, this one is null"));
  EXPECT_EQ(ParsePredicate("aa > 1", schema).error(),
            Invalid("no such field: 'aa'; did you mean 'a'?"));
}

Schema AggregateSchema() {
  return {{{.name = "a", .path = {"a"}, .type = FieldType::kIntegral, .native_type = "BIGINT"},
           {.name = "s", .path = {"s"}, .type = FieldType::kString, .native_type = "VARCHAR"}}};
}

Expression Aggregate(std::string_view text) {
  const auto expression = ParseAggregate(text, AggregateSchema());
  EXPECT_TRUE(expression) << text << ": " << expression.error().message;
  return expression ? *expression : Expression::Constant(Literal::Null());
}

Error AggregateError(std::string_view text) {
  const auto expression = ParseAggregate(text, AggregateSchema());
  return expression ? Error{ErrorKind::kInternal, "no error"} : expression.error();
}

TEST(ParseAggregateTest, TakesCallsOverAllRows) {
  const Expression a = Expression::Column("a");
  EXPECT_EQ(Aggregate("count(*)"), Expression::Call("count", {}));
  EXPECT_EQ(Aggregate("COUNT(DISTINCT a, s)"),
            Expression::Call("count_distinct", {a, Expression::Column("s")}));
  EXPECT_EQ(Aggregate("sum(a) / count(*)"),
            Expression::Call("divide",
                             {Expression::Call("sum", {a}), Expression::Call("count", {})}));
  EXPECT_EQ(Aggregate("round(avg(a + 1), 2)").name(), "round");
  EXPECT_EQ(Aggregate("mean(a)"), Aggregate("avg(a)"));
}

TEST(ParseAggregateTest, TakesFilters) {
  EXPECT_EQ(Aggregate("count(*) FILTER (WHERE a > 1)"), Aggregate("count_if(a > 1)"));
  EXPECT_EQ(Aggregate("sum(a) FILTER (WHERE s = 'x')"), Aggregate("sum(if(s = 'x', a, NULL))"));
  EXPECT_EQ(Aggregate("count(DISTINCT a) FILTER (WHERE s = 'x')"),
            Aggregate("count(DISTINCT if(s = 'x', a, NULL))"));
}

TEST(ParseAggregateTest, RefusesWhatIsNotOneValueOfAllRows) {
  EXPECT_EQ(AggregateError("sum(a) + a"),
            Invalid("line 1, column 10: a field must stand in an aggregate here, such as "
                    "sum(a): 'a'"));
  EXPECT_EQ(AggregateError("1 + 1"),
            Invalid("line 1, column 1: expected a value of all rows, such as count(*) or "
                    "sum(field)"));
  EXPECT_EQ(AggregateError("sum(a + max(a))"),
            Invalid("line 1, column 9: aggregates cannot be nested: 'max'"));
  EXPECT_EQ(AggregateError("sum(DISTINCT a)"),
            Unsupported("line 1, column 5: DISTINCT is supported in count only"));
  EXPECT_EQ(AggregateError("collect_list(a)"),
            Unsupported("line 1, column 1: this aggregate is not supported: 'collect_list'"));
  EXPECT_EQ(AggregateError("count()").message, "line 1, column 7: expected a value, found ')'");
  EXPECT_EQ(AggregateError("count(*) OVER ()").kind, ErrorKind::kUnsupported);
  EXPECT_EQ(AggregateError("sum(b)"), Invalid("no such field: 'b'; did you mean 'a'?"));
  EXPECT_EQ(AggregateError("percentile(a, 2)"),
            Invalid("percentile(number, share): argument 2: expected a number from 0 to 1, "
                    "which must be written out"));
}

TEST(ParseAggregateTest, AreRefusedWhereOneRowIsSeen) {
  for (const char* text : {"count(*) > 1", "count(DISTINCT a) > 1", "var_pop(a) > 1",
                           "upper(max(s)) = 'A'", "bool_and(a > 1)"}) {
    EXPECT_THAT(ErrorOf(text).message,
                testing::HasSubstr("aggregate functions are not supported, an expression sees "
                                   "one row"));
  }
}

}  // namespace
}  // namespace assay::plan
