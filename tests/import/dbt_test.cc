#include "import/dbt.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/import/importing.h"

namespace assay::imports::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A test of the column `status` of the model `orders`; `parameters` is a flow mapping or
/// empty.
std::string OnColumn(const std::string& test, const std::string& parameters) {
  return fmt::format(
      "models:\n- name: orders\n  columns:\n  - name: status\n    data_tests:\n    - {}{}\n",
      test, parameters.empty() ? "" : ": " + parameters);
}

std::string BecameOf(const std::string& test, const std::string& parameters) {
  return Became(OnColumn(test, parameters), Language::kDbt);
}

std::string X(const std::string& name) {
  return "dbt_expectations." + name;
}

const std::vector<Case>& Cases() {
  static const std::vector<Case> cases = {
      {"not_null", "", "notNull(status)"},
      {"unique", "", "unique(status)"},
      {"accepted_values", "{values: [open, 1, true]}",
       R"(expectedValues(status) {"list":["open","1","true"]})"},
      {"accepted_values", "{arguments: {values: [1, 2], quote: false}}",
       R"(expectedValues(status) {"list":[1,2]})"},
      {"relationships", "{to: ref('states'), field: id}",
       R"(existsIn(status) {"ref_container_name":"states","field_name":"id"})"},
      {"relationships", "{to: \"source('crm', 'states')\", field: id}",
       R"(existsIn(status) {"ref_container_name":"states","field_name":"id"})"},
      {"relationships", "{to: \"{{ var('x') }}\", field: id}",
       "not taken over: to: only ref(...) and source(...) are understood"},
      {"source freshness",
       "{error_after: {count: 12, period: hour}, loaded_at_field: loaded_at, warn_after: "
       "{count: "
       "6, period: hour}}",
       R"(freshness() {"value":12,"unit":"hours","field_name":"loaded_at"}; lost: warn_after: a )"
       "check has one limit, that of error_after"},
      {"source freshness", "{error_after: {count: x, period: hour}}",
       "not taken over: error_after: must have a whole count and a period: minute, hour or "
       "day"},
      {"source freshness",
       "{error_after: {count: 1, period: day}, loaded_at_field: \"a::date\"}",
       "not taken over: loaded_at_field: only the name of a column is taken"},
      {"source freshness",
       "{error_after: {count: 1, period: day}, loaded_at_field: a, filter: b > 1}",
       R"(freshness() {"value":1,"unit":"days","field_name":"a"}; lost: filter: no rows are left )"
       "out of the last update"},
      {"source freshness", "{filter: a > 1}",
       "not taken over: neither error_after nor warn_after is given"},
      {"dbt_utils.equal_rowcount", "{compare_model: ref('copy')}",
       R"j(aggregationComparison() {"expression":"count(*)","comparison":"eq",)j"
       R"j("ref_container_name":"copy","ref_expression":"count(*)"})j"},
      {"dbt_utils.equal_rowcount", "{compare_model: ref('copy'), group_by_columns: [day]}",
       R"j(aggregationComparison() {"expression":"count(*)","comparison":"eq",)j"
       R"j("ref_container_name":"copy","ref_expression":"count(*)"}; lost: )j"
       "group_by_columns: not supported"},
      {"dbt_utils.fewer_rows_than", "{compare_model: ref('all')}",
       R"j(aggregationComparison() {"expression":"count(*)","comparison":"lt",)j"
       R"j("ref_container_name":"all","ref_expression":"count(*)"})j"},
      {X("expect_table_row_count_to_equal_other_table"),
       "{compare_model: ref('copy'), row_condition: id > 0, compare_row_condition: id > 1}",
       R"j(aggregationComparison() {"expression":"count(*)","comparison":"eq",)j"
       R"j("ref_container_name":"copy","ref_expression":"count(*)","ref_filter":"id > 1"} )j"
       "where id > 0"},
      {X("expect_table_row_count_to_equal_other_table_times_factor"),
       "{compare_model: ref('copy'), factor: 13}",
       R"j(aggregationComparison() {"expression":"count(*)","comparison":"eq",)j"
       R"j("ref_container_name":"copy","ref_expression":"count(*) * 13"})j"},
      {X("expect_table_aggregation_to_equal_other_table"),
       "{expression: sum(a), compare_model: ref('copy'), compare_expression: sum(b)}",
       R"j(aggregationComparison() {"expression":"sum(a)","comparison":"eq",)j"
       R"j("ref_container_name":"copy","ref_expression":"sum(b)"})j"},
      {"dbt_utils.accepted_range", "{min_value: 0, inclusive: false}",
       R"(greaterThan(status) {"value":0,"inclusive":false})"},
      {"dbt_utils.accepted_range", "{min_value: \"0\", max_value: current_date}",
       R"(satisfiesExpression(status) {"expression":"(status >= 0) AND (status <= )"
       R"j((current_date))"})j"},
      {"dbt_utils.expression_is_true", "{expression: \">= 1\"}",
       R"(satisfiesExpression(status) {"expression":"status >= 1"})"},
      {"dbt_utils.not_accepted_values", "{values: [x]}",
       R"j(satisfiesExpression(status) {"expression":"status NOT IN ('x')"})j"},
      {"dbt_utils.not_empty_string", "",
       R"(satisfiesExpression(status) {"expression":"trim(status) <> ''"})"},
      {"dbt_utils.not_null_proportion", "{at_least: 0.95}", "notNull(status) coverage 0.95"},
      {"dbt_utils.relationships_where",
       "{to: ref('s'), field: id, from_condition: id > 0, to_condition: id < 9}",
       R"(existsIn(status) {"ref_container_name":"s","field_name":"id"} where id > 0; lost: )"
       "to_condition: rows of the other table are not filtered"},
      {"dbt_utils.unique_combination_of_columns", "{combination_of_columns: [a, b]}",
       "unique(a, b)"},
      {"dbt_utils.equality", "{compare_model: ref('old'), compare_columns: [a, b]}",
       R"(dataDiff(a, b) {"ref_container_name":"old"})"},
      {"dbt_utils.equality", "{compare_model: ref('old')}",
       "not taken over: compare_columns: is needed, because dataDiff names its fields"},
      {"dbt_utils.at_least_one", "",
       R"j(aggregateBetween(status) {"expression":"count(status)","min":1})j"},
      {"dbt_utils.not_constant", "",
       R"j(aggregateBetween(status) {"expression":"count(DISTINCT status)","min":2})j"},
      {"dbt_utils.recency", "{field: loaded_at, datepart: day, interval: 2}",
       R"(aggregateBetween(loaded_at) {"expression":"unix_timestamp(current_timestamp) - )"
       R"j(unix_timestamp(max(loaded_at))","max":172800})j"},
      {"dbt_utils.recency", "{field: loaded_at, datepart: fortnight, interval: 2}",
       "not taken over: datepart: no counterpart for 'fortnight'"},
      {X("expect_column_to_exist"), "", R"(expectedSchema() {"list":["status"]})"},
      {X("expect_row_values_to_have_recent_data"), "{datepart: hour, interval: 1}",
       R"(aggregateBetween(status) {"expression":"unix_timestamp(current_timestamp) - )"
       R"j(unix_timestamp(max(status))","max":3600})j"},
      {X("expect_table_column_count_to_be_between"), "{min_value: 4, max_value: 4}",
       R"(fieldCount() {"value":4})"},
      {X("expect_table_column_count_to_equal"), "{value: 4}", R"(fieldCount() {"value":4})"},
      {X("expect_table_columns_to_contain_set"), "{column_list: [a, b], transform: upper}",
       R"(expectedSchema() {"list":["a","b"]})"},
      {X("expect_table_columns_to_match_ordered_list"), "{column_list: [a]}",
       R"(expectedSchema() {"list":["a"],"allow_other_fields":false}; lost: the order of the )"
       "columns has no counterpart"},
      {X("expect_table_columns_to_match_set"), "{column_list: [a]}",
       R"(expectedSchema() {"list":["a"],"allow_other_fields":false})"},
      {X("expect_table_row_count_to_be_between"),
       "{min_value: 1, max_value: 9, strictly: true}",
       R"(volumetric() {"comparison":"Absolute Value","min":2,"max":8})"},
      {X("expect_table_row_count_to_equal"), "{value: 4}",
       R"(volumetric() {"comparison":"Absolute Value","min":4,"max":4})"},
      {X("expect_column_values_to_not_be_null"), "{row_condition: \"id is not null\"}",
       "notNull(status) where id is not null"},
      {X("expect_column_values_to_be_null"), "",
       R"(satisfiesExpression(status) {"expression":"status IS NULL"})"},
      {X("expect_column_values_to_be_unique"), "", "unique(status)"},
      {X("expect_column_values_to_be_of_type"), "{column_type: \"varchar(20)\"}",
       R"(expectedSchema() {"list":[{"name":"status","type":"String"}]})"},
      {X("expect_column_values_to_be_in_type_list"), "{column_type_list: [date, timestamp]}",
       "not taken over: the types of the list are several of ours, and a field has one"},
      {X("expect_column_values_to_be_in_set"), "{value_set: [a, b], quote_values: true}",
       R"(expectedValues(status) {"list":["a","b"]})"},
      {X("expect_column_values_to_not_be_in_set"), "{value_set: [a]}",
       R"j(satisfiesExpression(status) {"expression":"status NOT IN ('a')"})j"},
      {X("expect_column_values_to_be_between"), "{min_value: 1, max_value: 9}",
       R"(between(status) {"min":1,"max":9})"},
      {X("expect_column_value_lengths_to_be_between"), "{min_value: 1}",
       R"(minLength(status) {"value":1})"},
      {X("expect_column_value_lengths_to_equal"), "{value: 2}",
       R"(minLength(status) {"value":2} & maxLength(status) {"value":2})"},
      {X("expect_column_values_to_match_regex"), "{regex: '^a', flags: i, is_raw: true}",
       R"(matchesPattern(status) {"pattern":"(?i)^a"})"},
      {X("expect_column_values_to_not_match_regex"), "{regex: '^a'}",
       R"(satisfiesExpression(status) {"expression":"NOT status RLIKE '^a'"})"},
      {X("expect_column_values_to_match_regex_list"), "{regex_list: ['^a']}",
       R"(matchesPattern(status) {"pattern":"^a"})"},
      {X("expect_column_values_to_not_match_regex_list"), "{regex_list: ['^a']}",
       R"(satisfiesExpression(status) {"expression":"NOT status RLIKE '^a'"})"},
      {X("expect_column_values_to_match_like_pattern"), "{like_pattern: a%}",
       R"(satisfiesExpression(status) {"expression":"status LIKE 'a%'"})"},
      {X("expect_column_values_to_not_match_like_pattern"), "{like_pattern: a%}",
       R"(satisfiesExpression(status) {"expression":"NOT status LIKE 'a%'"})"},
      {X("expect_column_values_to_match_like_pattern_list"), "{like_pattern_list: [a%, b%]}",
       R"j(satisfiesExpression(status) {"expression":"(status LIKE 'a%') OR (status LIKE 'b%')"})j"},
      {X("expect_column_values_to_not_match_like_pattern_list"), "{like_pattern_list: [a%]}",
       R"(satisfiesExpression(status) {"expression":"NOT status LIKE 'a%'"})"},
      {X("expect_column_distinct_count_to_equal"), "{value: 3}",
       R"(distinctCount(status) {"value":3})"},
      {X("expect_column_distinct_count_to_be_greater_than"), "{value: 3}",
       R"j(aggregateBetween(status) {"expression":"count(DISTINCT status)","min":3,)j"
       R"("inclusive_min":false})"},
      {X("expect_column_distinct_count_to_be_less_than"), "{value: 3}",
       R"j(aggregateBetween(status) {"expression":"count(DISTINCT status)","max":3,)j"
       R"("inclusive_max":false})"},
      {X("expect_column_distinct_values_to_be_in_set"), "{value_set: [a]}",
       R"(expectedValues(status) {"list":["a"]})"},
      {X("expect_column_distinct_values_to_contain_set"), "{value_set: [a]}",
       R"(requiredValues(status) {"list":["a"]})"},
      {X("expect_column_distinct_values_to_equal_set"), "{value_set: [a]}",
       R"(expectedValues(status) {"list":["a"]} & requiredValues(status) {"list":["a"]})"},
      {X("expect_column_unique_value_count_to_be_between"), "{min_value: 3}",
       R"j(aggregateBetween(status) {"expression":"count(DISTINCT status)","min":3})j"},
      {X("expect_column_proportion_of_unique_values_to_be_between"), "{min_value: 1}",
       R"j(aggregateBetween(status) {"expression":"count(DISTINCT status) / count(status)",)j"
       R"("min":1})"},
      {X("expect_column_min_to_be_between"), "{min_value: 3}",
       R"(minValue(status) {"value":3})"},
      {X("expect_column_max_to_be_between"), "{max_value: 3, strictly: true}",
       R"(lessThan(status) {"value":3,"inclusive":false})"},
      {X("expect_column_sum_to_be_between"), "{min_value: 3, group_by: [day]}",
       R"j(aggregateBetween(status) {"expression":"sum(status)","min":3}; lost: group_by: not )j"
       "supported"},
      {X("expect_column_mean_to_be_between"), "{min_value: 3}",
       R"j(aggregateBetween(status) {"expression":"avg(status)","min":3})j"},
      {X("expect_column_median_to_be_between"), "{min_value: 3}",
       R"j(aggregateBetween(status) {"expression":"median(status)","min":3})j"},
      {X("expect_column_stdev_to_be_between"), "{min_value: 3}",
       R"j(aggregateBetween(status) {"expression":"stddev(status)","min":3})j"},
      {X("expect_column_quantile_values_to_be_between"), "{quantile: 0.95, max_value: 3}",
       R"j(aggregateBetween(status) {"expression":"percentile(status, 0.95)","max":3})j"},
      {X("expect_column_pair_values_A_to_be_greater_than_B"), "{column_A: a, column_B: b}",
       R"(satisfiesExpression(a, b) {"expression":"a > b"})"},
      {X("expect_column_pair_values_to_be_equal"), "{column_A: a, column_B: b}",
       R"(satisfiesExpression(a, b) {"expression":"a = b"})"},
      {X("expect_column_pair_values_to_be_in_set"),
       "{column_A: a, column_B: b, value_pairs_set: [[1, 2]]}",
       R"(satisfiesExpression(a, b) {"expression":"a = 1 AND b = 2"})"},
      {X("expect_select_column_values_to_be_unique_within_record"), "{column_list: [a, b]}",
       R"(satisfiesExpression(a, b) {"expression":"a <> b"})"},
      {X("expect_compound_columns_to_be_unique"),
       "{column_list: [a, b], quote_columns: false, ignore_row_if: any_value_is_missing}",
       "unique(a, b)"},
      {X("expect_multicolumn_sum_to_equal"), "{column_list: [a, b], sum_total: 4}",
       R"j(aggregateBetween(a, b) {"expression":"sum(a) + sum(b)","min":4,"max":4})j"},
      {X("expression_is_true"), "{expression: a > b}",
       R"(satisfiesExpression(a, b) {"expression":"a > b"})"},
      {X("expression_between"), "{expression: a - b, min_value: 0}",
       R"(satisfiesExpression(a, b) {"expression":"(a - b) >= 0"})"},
  };
  return cases;
}

TEST(DbtTest, EveryTestOfTheTableBecomesWhatItSays) {
  ExpectComplete(DbtTable(), Cases());
  for (const Case& tested : Cases()) {
    SCOPED_TRACE(tested.name + " " + tested.parameters);
    EXPECT_EQ(BecameOf(tested.name, tested.parameters), tested.expected);
    ExpectDocumented(DbtTable(), tested);
  }
}

TEST(DbtTest, TablesHaveTheFreshnessOfTheirSourceUnlessTheySayOtherwise) {
  const auto items = Items(R"(version: 2
sources:
  - name: crm
    config:
      loaded_at_field: loaded_at
      freshness:
        warn_after: {count: 12, period: hour}
        error_after: {count: 24, period: hour}
    tables:
      - name: a
      - name: b
        loaded_at_field: changed
        freshness: {error_after: {count: 2, period: day}, warn_after: null}
      - name: c
        freshness: null
  - name: files
    freshness: {warn_after: {count: 30, period: minute}}
    tables: [name: d]
models:
  - name: m
    config: {freshness: {build_after: {count: 1, period: day}}}
)",
                           Language::kDbt);
  std::vector<std::string> found;
  for (const ImportedItem& item : items) {
    found.push_back(item.name + ": " +
                    (item.checks.empty()
                         ? item.losses.at(0)
                         : item.checks[0].container + " " +
                               PrintJson(item.checks[0].definition.properties)));
  }
  EXPECT_THAT(
      found,
      ElementsAre("freshness of m: no counterpart: it is about builds, not about data",
                  R"(freshness of a: a {"value":24,"unit":"hours","field_name":"loaded_at"})",
                  R"(freshness of b: b {"value":2,"unit":"days","field_name":"changed"})",
                  R"(freshness of d: d {"value":30,"unit":"minutes"})"));
  EXPECT_THAT(items.at(3).notes,
              ElementsAre("warn_after: is the limit here",
                          "without loaded_at_field the last update is the newest modification "
                          "of a file"));
}

TEST(DbtTest, WhatHasNoCounterpartSaysWhy) {
  EXPECT_EQ(BecameOf("dbt_utils.sequential_values", "{interval: 1}"),
            "not taken over: no counterpart: the order of rows is not looked at");
  EXPECT_EQ(BecameOf("uniqe", ""), "not taken over: not known (did you mean 'unique'?)");
}

TEST(DbtTest, ConditionsAndThresholds) {
  EXPECT_THAT(
      BecameOf("dbt_utils.expression_is_true", "{expression: \"in (select 1)\"}"),
      HasSubstr("not taken over: expression: no expression of ours, line 1, column 12"));
  EXPECT_EQ(BecameOf("not_null", "{config: {where: \"region = 'EU'\"}}"),
            "notNull(status) where region = 'EU'");
  EXPECT_THAT(BecameOf("not_null", "{where: \"dt > '{{ var(\\\"d\\\") }}' and x @> 1\"}"),
              HasSubstr("not taken over: where: no filter of ours"));
  EXPECT_EQ(BecameOf("not_null", "{config: {error_if: \">10\", warn_if: \"!= 0\"}}"),
            R"j(aggregateBetween(status) {"expression":"count_if(NOT (status IS NOT NULL))",)j"
            R"("max":10})");
  EXPECT_EQ(BecameOf("not_null", "{warn_if: \"> 5\"}"),
            "notNull(status); lost: warn_if: not supported: '> 5'");
}

TEST(DbtTest, EveryPlaceOfTestsIsRead) {
  const auto items = Items(R"(version: 2
models:
  - name: orders
    tests:
      - dbt_utils.expression_is_true:
          expression: "a > b"
    columns:
      - name: id
        constraints:
          - type: not_null
        tests: [unique]
        data_tests:
          - name: id_is_set
            test_name: not_null
            config:
              severity: warn
              enabled: false
              tags: [nightly]
              store_failures: true
sources:
  - name: crm
    tables:
      - name: customers
        identifier: customers_v2
        freshness: {error_after: {count: 1, period: day}}
        columns:
          - {name: email, tests: [not_null]}
seeds:
  - {name: countries, columns: [{name: code, data_tests: [unique]}]}
unit_tests:
  - name: adds_up
)",
                           Language::kDbt);
  std::vector<std::string> lines;
  for (const ImportedItem& item : items) {
    lines.push_back(fmt::format("{} {} {}", item.line,
                                item.checks.empty() ? "-" : item.checks[0].container,
                                item.name));
  }
  EXPECT_THAT(lines,
              ElementsAre("5 orders dbt_utils.expression_is_true of orders",
                          "10 - constraint not_null of id", "11 orders unique(id)",
                          "13 orders not_null(id)", "25 customers_v2 freshness of customers",
                          "27 customers_v2 not_null(email)", "29 countries unique(code)",
                          "31 - unit test adds_up"));
  const ImportedItem& named = items.at(3);
  const rules::FileCheck& check = named.checks.at(0);
  EXPECT_EQ(check.status, "Draft");
  EXPECT_THAT(check.tags, ElementsAre("nightly"));
  EXPECT_EQ(check.definition.description, "id_is_set");
  EXPECT_EQ(check.additional_metadata["severity"], "warn");
  EXPECT_THAT(named.losses, ElementsAre());
  EXPECT_THAT(named.notes,
              ElementsAre("enabled: false, so its status is Draft",
                          "severity: kept in additional_metadata", "store_failures: ignored"));
}

TEST(DbtTest, RefusesWhatIsNoPropertyFile) {
  for (const std::string text : {"", "- a", "version: 2\n", "models: [", "models: &a [*a]"}) {
    EXPECT_FALSE(ImportChecks(text, {.language = Language::kDbt}).has_value()) << text;
  }
  EXPECT_TRUE(ImportChecks("models: 7\nsources: [1, {tables: 3}]\n", {}).has_value());
}

}  // namespace
}  // namespace assay::imports::testing
