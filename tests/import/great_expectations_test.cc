#include "import/great_expectations.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/import/importing.h"

namespace assay::imports::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Suite(const std::string& type, const std::string& kwargs) {
  return fmt::format(
      R"({{"name": "orders", "expectations": [{{"type": "{}", "kwargs": {}}}]}})", type,
      kwargs);
}

std::string BecameOf(const std::string& type, const std::string& kwargs) {
  return Became(Suite(type, kwargs), Language::kGreatExpectations);
}

const std::vector<Case>& Cases() {
  static const std::vector<Case> cases = {
      {"expect_column_values_to_not_be_null", R"({"column": "id"})", "notNull(id)"},
      {"expect_column_values_to_be_null", R"({"column": "deleted at"})",
       R"(satisfiesExpression(deleted at) {"expression":"`deleted at` IS NULL"})"},
      {"expect_column_values_to_be_unique", R"({"column": "id"})", "unique(id)"},
      {"expect_column_values_to_be_between",
       R"({"column": "price", "min_value": 0, "max_value": 10.5, "strict_min": true})",
       R"(between(price) {"min":0,"max":10.5,"inclusive_min":false})"},
      {"expect_column_values_to_be_between", R"({"column": "price", "min_value": 0})",
       R"(minValue(price) {"value":0})"},
      {"expect_column_values_to_be_between",
       R"({"column": "price", "max_value": 9, "strict_max": true})",
       R"(lessThan(price) {"value":9,"inclusive":false})"},
      {"expect_column_values_to_be_between",
       R"({"column": "day", "min_value": "2024-01-01", "max_value": "2024-12-31"})",
       R"(betweenTimes(day) {"min_time":"2024-01-01","max_time":"2024-12-31"})"},
      {"expect_column_values_to_be_between",
       R"({"column": "day", "min_value": "2024-01-01", "strict_min": true})",
       R"(afterDateTime(day) {"datetime":"2024-01-01"})"},
      {"expect_column_values_to_be_between", R"({"column": "day", "min_value": "2024-01-01"})",
       R"(satisfiesExpression(day) {"expression":"day >= DATE '2024-01-01'"})"},
      {"expect_column_values_to_be_between",
       R"({"column": "n", "min_value": 3, "max_value": 3})",
       R"(satisfiesExpression(n) {"expression":"n = 3"})"},
      {"expect_column_values_to_be_between", R"({"column": "n"})",
       "not taken over: min_value and max_value: one of them is needed"},
      {"expect_column_values_to_be_between",
       R"({"column": "n", "min_value": {"$PARAMETER": "least"}})",
       "not taken over: min_value, max_value: only a number or text can be taken over, not "
       "what "
       "is worked out when the check runs"},
      {"expect_column_values_to_be_in_set", R"({"column": "s", "value_set": ["a", "b"]})",
       R"(expectedValues(s) {"list":["a","b"]})"},
      {"expect_column_values_to_not_be_in_set", R"({"column": "s", "value_set": ["it's", 1]})",
       R"j(satisfiesExpression(s) {"expression":"s NOT IN ('it\\'s', 1)"})j"},
      {"expect_column_values_to_be_of_type", R"({"column": "n", "type_": "INTEGER"})",
       R"(expectedSchema() {"list":[{"name":"n","type":"Integral"}]})"},
      {"expect_column_values_to_be_in_type_list",
       R"({"column": "n", "type_list": ["int64", "BIGINT", "weird"]})",
       R"(expectedSchema() {"list":[{"name":"n","type":"Integral"}]})"},
      {"expect_column_values_to_be_in_type_list",
       R"({"column": "n", "type_list": ["int64", "float64"]})",
       "not taken over: the types of the list are several of ours, and a field has one"},
      {"expect_column_value_lengths_to_be_between",
       R"({"column": "s", "min_value": 2, "max_value": 5})",
       R"(minLength(s) {"value":2} & maxLength(s) {"value":5})"},
      {"expect_column_value_lengths_to_equal", R"({"column": "s", "value": 5, "mostly": 0.9})",
       R"j(satisfiesExpression(s) {"expression":"(length(s) >= 5) AND (length(s) <= 5)"} )j"
       "coverage 0.9 where s IS NOT NULL"},
      {"expect_column_values_to_match_regex", R"({"column": "s", "regex": "^[A-Z]\\d+$"})",
       R"(matchesPattern(s) {"pattern":"^[A-Z]\\d+$"})"},
      {"expect_column_values_to_not_match_regex", R"({"column": "s", "regex": "\\s"})",
       R"(satisfiesExpression(s) {"expression":"NOT s RLIKE r'\\s'"})"},
      {"expect_column_values_to_match_regex_list",
       R"({"column": "s", "regex_list": ["^a", "b$"], "match_on": "all"})",
       R"j(satisfiesExpression(s) {"expression":"(s RLIKE '^a') AND (s RLIKE 'b$')"})j"},
      {"expect_column_values_to_not_match_regex_list",
       R"({"column": "s", "regex_list": ["^a", "b$"]})",
       R"j(satisfiesExpression(s) {"expression":"(NOT s RLIKE '^a') AND (NOT s RLIKE 'b$')"})j"},
      {"expect_column_values_to_match_like_pattern", R"({"column": "s", "like_pattern": "A%"})",
       R"(satisfiesExpression(s) {"expression":"s LIKE 'A%'"})"},
      {"expect_column_values_to_not_match_like_pattern",
       R"({"column": "s", "like_pattern": "A%"})",
       R"(satisfiesExpression(s) {"expression":"NOT s LIKE 'A%'"})"},
      {"expect_column_values_to_match_like_pattern_list",
       R"({"column": "s", "like_pattern_list": ["A%", "B%"]})",
       R"j(satisfiesExpression(s) {"expression":"(s LIKE 'A%') OR (s LIKE 'B%')"})j"},
      {"expect_column_values_to_not_match_like_pattern_list",
       R"({"column": "s", "like_pattern_list": ["A%"]})",
       R"(satisfiesExpression(s) {"expression":"NOT s LIKE 'A%'"})"},
      {"expect_column_values_to_match_strftime_format",
       R"({"column": "s", "strftime_format": "%Y-%m-%dT%H:%M:%S"})",
       R"(satisfiesExpression(s) {"expression":"s IS NULL OR to_timestamp(s, )"
       R"('yyyy-MM-dd\\'T\\'HH:mm:ss') IS NOT NULL"})"},
      {"expect_column_values_to_match_strftime_format",
       R"({"column": "s", "strftime_format": "%c"})",
       "not taken over: strftime_format: no counterpart for '%c'"},
      {"expect_column_values_to_be_dateutil_parseable", R"({"column": "s"})",
       R"(isType(s) {"field_type":"Timestamp"}; lost: dateutil reads more spellings of a date )"
       "than isType does"},
      {"expect_column_values_to_be_json_parseable", R"({"column": "s"})",
       R"(matchesFormat(s) {"format":"json"})"},
      {"expect_column_distinct_values_to_be_in_set", R"({"column": "s", "value_set": ["a"]})",
       R"(expectedValues(s) {"list":["a"]})"},
      {"expect_column_distinct_values_to_contain_set", R"({"column": "s", "value_set": ["a"]})",
       R"(requiredValues(s) {"list":["a"]})"},
      {"expect_column_distinct_values_to_equal_set", R"({"column": "s", "value_set": ["a"]})",
       R"(expectedValues(s) {"list":["a"]} & requiredValues(s) {"list":["a"]})"},
      {"expect_column_unique_value_count_to_be_between",
       R"({"column": "s", "min_value": 3, "max_value": 3})", R"(distinctCount(s) {"value":3})"},
      {"expect_column_unique_value_count_to_be_between", R"({"column": "s", "min_value": 3})",
       R"j(aggregateBetween(s) {"expression":"count(DISTINCT s)","min":3})j"},
      {"expect_column_proportion_of_unique_values_to_be_between",
       R"({"column": "s", "min_value": 0.9})",
       R"j(aggregateBetween(s) {"expression":"count(DISTINCT s) / count(s)","min":0.9})j"},
      {"expect_column_min_to_be_between", R"({"column": "n", "min_value": 1, "max_value": 5})",
       R"j(minValue(n) {"value":1} & aggregateBetween(n) {"expression":"min(n)","max":5})j"},
      {"expect_column_max_to_be_between", R"({"column": "n", "max_value": 5})",
       R"(maxValue(n) {"value":5})"},
      {"expect_column_sum_to_be_between", R"({"column": "n", "min_value": 5, "max_value": 5})",
       R"(sum(n) {"value":5})"},
      {"expect_column_mean_to_be_between",
       R"({"column": "n", "min_value": 1, "max_value": 2, "strict_max": true})",
       R"j(aggregateBetween(n) {"expression":"avg(n)","min":1,"max":2,"inclusive_max":false})j"},
      {"expect_column_median_to_be_between", R"({"column": "n", "min_value": 1})",
       R"j(aggregateBetween(n) {"expression":"median(n)","min":1})j"},
      {"expect_column_stdev_to_be_between", R"({"column": "n", "max_value": 2})",
       R"j(aggregateBetween(n) {"expression":"stddev(n)","max":2})j"},
      {"expect_column_quantile_values_to_be_between",
       R"({"column": "n", "quantile_ranges": {"quantiles": [0.1, 0.5],
           "value_ranges": [[0, 2], [null, 9]]}})",
       R"j(aggregateBetween(n) {"expression":"percentile(n, 0.1)","min":0,"max":2} & )j"
       R"j(aggregateBetween(n) {"expression":"percentile(n, 0.5)","max":9})j"},
      {"expect_column_pair_values_a_to_be_greater_than_b",
       R"({"column_A": "a", "column_B": "b", "or_equal": true})",
       R"(satisfiesExpression(a, b) {"expression":"a >= b"})"},
      {"expect_column_pair_values_to_be_equal",
       R"({"column_A": "a", "column_B": "b", "ignore_row_if": "never"})",
       R"(satisfiesExpression(a, b) {"expression":"a = b"}; lost: ignore_row_if: never, but a )"
       "row with a missing value passes here"},
      {"expect_column_pair_values_to_be_in_set",
       R"({"column_A": "a", "column_B": "b", "value_pairs_set": [[1, "x"], [2, "y"]]})",
       R"j(satisfiesExpression(a, b) {"expression":"(a = 1 AND b = 'x') OR (a = 2 AND b = 'y')"})j"},
      {"expect_compound_columns_to_be_unique", R"({"column_list": ["a", "b"]})",
       "unique(a, b)"},
      {"expect_multicolumn_values_to_be_unique", R"({"column_list": ["a", "b"]})",
       R"(satisfiesExpression(a, b) {"expression":"a <> b"})"},
      {"expect_select_column_values_to_be_unique_within_record",
       R"({"column_list": ["a", "b", "c"]})",
       R"j(satisfiesExpression(a, b, c) {"expression":"(a <> b) AND (a <> c) AND (b <> c)"})j"},
      {"expect_multicolumn_sum_to_equal", R"({"column_list": ["a", "b"], "sum_total": 100})",
       R"(satisfiesExpression(a, b) {"expression":"a + b = 100"})"},
      {"expect_column_to_exist", R"({"column": "a", "column_index": 0})",
       R"(expectedSchema() {"list":["a"]}; lost: column_index: not supported)"},
      {"expect_table_columns_to_match_ordered_list", R"({"column_list": ["a", "b"]})",
       R"(expectedSchema() {"list":["a","b"],"allow_other_fields":false}; lost: the order of the )"
       "columns has no counterpart"},
      {"expect_table_columns_to_match_set", R"({"column_set": ["a"], "exact_match": false})",
       R"(expectedSchema() {"list":["a"]})"},
      {"expect_table_column_count_to_equal", R"({"value": 7})", R"(fieldCount() {"value":7})"},
      {"expect_table_column_count_to_be_between", R"({"min_value": 5, "max_value": 7})",
       "not taken over: only a single number of fields has a counterpart, not a range"},
      {"expect_table_row_count_to_equal", R"({"value": 7})",
       R"(volumetric() {"comparison":"Absolute Value","min":7,"max":7})"},
      {"expect_table_row_count_to_be_between", R"({"min_value": 5, "strict_min": true})",
       R"(volumetric() {"comparison":"Absolute Value","min":6})"},
      {"expect_table_row_count_to_equal_other_table", R"({"other_table_name": "copy"})",
       R"j(aggregationComparison() {"expression":"count(*)","comparison":"eq",)j"
       R"j("ref_container_name":"copy","ref_expression":"count(*)"})j"},
      {"unexpected_rows_expectation",
       R"({"unexpected_rows_query": "SELECT * FROM {batch} WHERE amount < 0"})",
       R"j(satisfiesExpression(amount) {"expression":"NOT (amount < 0)"})j"},
      {"unexpected_rows_expectation",
       R"({"unexpected_rows_query": "SELECT a FROM {batch} GROUP BY a HAVING count(*) > 1"})",
       "not taken over: is a query; only SELECT ... FROM table WHERE condition can be taken "
       "over"},
  };
  return cases;
}

TEST(GreatExpectationsTest, EveryExpectationOfTheTableBecomesWhatItSays) {
  ExpectComplete(GreatExpectationsTable(), Cases());
  for (const Case& tested : Cases()) {
    SCOPED_TRACE(tested.name + " " + tested.parameters);
    EXPECT_EQ(BecameOf(tested.name, tested.parameters), tested.expected);
    ExpectDocumented(GreatExpectationsTable(), tested);
  }
}

TEST(GreatExpectationsTest, WhatHasNoCounterpartSaysWhy) {
  EXPECT_EQ(BecameOf("expect_column_values_to_be_increasing", R"({"column": "a"})"),
            "not taken over: no counterpart: the order of rows is not looked at");
  EXPECT_EQ(BecameOf("expect_column_values_to_be_uniqe", R"({"column": "a"})"),
            "not taken over: not known (did you mean 'expect_column_values_to_be_unique'?)");
}

TEST(GreatExpectationsTest, MostlyIsAShareOfTheRowsWithAValue) {
  EXPECT_EQ(BecameOf("expect_column_values_to_be_in_set",
                     R"({"column": "s", "value_set": ["a"], "mostly": 0.95})"),
            R"(expectedValues(s) {"list":["a"]} coverage 0.95 where s IS NOT NULL)");
  EXPECT_EQ(
      BecameOf("expect_column_values_to_not_be_null", R"({"column": "s", "mostly": 0.95})"),
      "notNull(s) coverage 0.95");
  EXPECT_EQ(BecameOf("expect_column_values_to_not_be_null", R"({"column": "s", "mostly": 95})"),
            "not taken over: mostly: must be from 0 to 1");
}

TEST(GreatExpectationsTest, RowConditionsBecomeFilters) {
  const auto filter_of = [](const std::string& condition) {
    return BecameOf("expect_column_values_to_not_be_null",
                    fmt::format(R"({{"column": "s", "row_condition": {},
                                     "condition_parser": "great_expectations"}})",
                                condition));
  };
  EXPECT_EQ(filter_of(R"j("col(\"order id\") > 5")j"), "notNull(s) where `order id` > 5");
  EXPECT_EQ(filter_of(R"j("col(\"a\").notNull()")j"), "notNull(s) where `a` IS NOT NULL");
  EXPECT_EQ(filter_of(R"j("col(\"d\") >= date(\"2024-01-31\")")j"),
            "notNull(s) where `d` >= DATE '2024-01-31'");
  EXPECT_EQ(filter_of(R"("status == 'open' and amount > 0")"),
            "notNull(s) where status == 'open' and amount > 0");
  EXPECT_EQ(filter_of(R"({"type": "and", "conditions": [
                {"type": "comparison", "column": {"name": "a"}, "operator": ">=", "parameter": 5},
                {"type": "or", "conditions": [
                  {"type": "nullity", "column": {"name": "b"}, "is_null": false},
                  {"type": "comparison", "column": {"name": "c"}, "operator": "NOT_IN",
                   "parameter": ["x", "y"]}]}]})"),
            "notNull(s) where (a >= 5) AND ((b IS NOT NULL) OR (c NOT IN ('x', 'y')))");
  EXPECT_THAT(filter_of(R"j("a.str.len() > 3")j"),
              HasSubstr("not taken over: row_condition: no "
                        "filter of ours"));
  EXPECT_THAT(filter_of(R"({"type": "comparison"})"), HasSubstr("names no column"));
}

TEST(GreatExpectationsTest, TellsWhatElseItHolds) {
  const auto items = Items(R"({
  "expectation_suite_name": "orders.warning",
  "expectations": [
    {
      "expectation_type": "expect_column_values_to_not_be_null",
      "kwargs": {"column": "id", "result_format": "BASIC", "surprise": 1},
      "meta": {"notes": {"format": "markdown", "content": ["every order has a number"]}}
    },
    {"type": "expect_column_to_exist", "kwargs": {"column": "id"}, "severity": "warning",
     "id": "3d2f", "windows": [{}]}
  ]
})",
                           Language::kGreatExpectations);
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].line, 4);
  EXPECT_EQ(items[0].name, "expect_column_values_to_not_be_null(id)");
  EXPECT_THAT(items[0].losses, ElementsAre("surprise: not supported"));
  EXPECT_THAT(items[0].notes, ElementsAre("result_format: ignored"));
  EXPECT_EQ(items[0].checks.at(0).definition.description, "every order has a number");
  EXPECT_TRUE(items[0].checks.at(0).additional_metadata.contains("meta"));
  EXPECT_EQ(items[1].line, 9);
  EXPECT_THAT(items[1].losses, ElementsAre("windows: not supported"));
  EXPECT_EQ(items[1].checks.at(0).additional_metadata["severity"], "warning");
}

TEST(GreatExpectationsTest, BrokenItemsDoNotStopTheOthers) {
  const auto items =
      Items(R"({"expectations": [7, {"kwargs": {}}, {"type": "expect_column_to_exist",
      "kwargs": {"column": "a"}}, {"type": "expect_column_to_exist", "kwargs": null}]})",
            Language::kGreatExpectations);
  ASSERT_EQ(items.size(), 4u);
  EXPECT_EQ(items[0].name, "expectation 1");
  EXPECT_THAT(items[0].losses, ElementsAre("not an object"));
  EXPECT_THAT(items[1].losses, ElementsAre("expectation_type: is missing"));
  EXPECT_EQ(items[2].checks.size(), 1u);
  EXPECT_THAT(items[3].losses, ElementsAre("names no column"));
}

TEST(GreatExpectationsTest, RefusesWhatIsNoSuite) {
  for (const std::string text :
       {"", "[]", "{}", R"({"expectations": 1})", "{\"expectations\": ["}) {
    EXPECT_FALSE(ImportChecks(text, {.language = Language::kGreatExpectations}).has_value())
        << text;
  }
  const std::string deep = R"({"expectations": [)" + std::string(100'000, '[');
  const auto refused = ImportChecks(deep, {.language = Language::kGreatExpectations});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().message, "line 1: nested deeper than 64 levels");
}

}  // namespace
}  // namespace assay::imports::testing
