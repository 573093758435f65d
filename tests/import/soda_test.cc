#include "import/soda.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/import/importing.h"

namespace assay::imports::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A check of SodaCL with a body, a flow mapping or empty.
std::string Check(const std::string& text, const std::string& body = "") {
  return fmt::format("checks for orders:\n  - {}{}\n", text, body.empty() ? "" : ": " + body);
}

std::string BecameOf(const std::string& text, const std::string& body = "") {
  return Became(Check(text, body), Language::kSoda);
}

/// A check of the column `status` of a contract.
std::string OfContract(const std::string& type, const std::string& body) {
  return Became(
      fmt::format("dataset: db/schema/orders\ncolumns:\n- name: status\n  checks:\n  - "
                  "{}: {}\n",
                  type, body),
      Language::kSoda);
}

/// The same of version 3.
std::string OfOldContract(const std::string& type, const std::string& keys) {
  return Became(fmt::format("dataset: orders\ncolumns:\n- name: status\n  checks:\n  - {{type: "
                            "{}{}}}\n",
                            type, keys.empty() ? "" : ", " + keys),
                Language::kSoda);
}

constexpr const char* kAge =
    R"(aggregateBetween(status) {"expression":"unix_timestamp(current_timestamp) - )"
    R"j(unix_timestamp(max(status))",)j";

struct SodaCase {
  std::string name;  // in the table
  std::string became;
  std::string expected;
};

std::vector<SodaCase> Cases() {
  return {
      {"row_count", BecameOf("row_count > 0"),
       R"(volumetric() {"comparison":"Absolute Value","min":1})"},
      {"row_count", BecameOf("row_count between 10 and 20"),
       R"(volumetric() {"comparison":"Absolute Value","min":10,"max":20})"},
      {"row_count", BecameOf("row_count != 5"),
       "not taken over: no counterpart for a threshold with a gap"},
      {"missing_count", BecameOf("missing_count(status) = 0"), "notNull(status)"},
      {"missing_count", BecameOf("missing_count(status) < 5"),
       R"j(aggregateBetween(status) {"expression":"count_if(NOT (status IS NOT NULL))","max":4})j"},
      {"missing_count", BecameOf("missing_count(status) = 0", "{missing values: [n/a, '']}"),
       R"(satisfiesExpression(status) {"expression":"(status IS NOT NULL) AND (status NOT IN )"
       R"j(('n/a', ''))"})j"},
      {"missing_percent", BecameOf("missing_percent(status) <= 5%"),
       "notNull(status) coverage 0.95"},
      {"invalid_count", BecameOf("invalid_count(status) = 0", "{valid values: [a, b]}"),
       R"(expectedValues(status) {"list":["a","b"]})"},
      {"invalid_count", BecameOf("invalid_count(status) = 0"),
       "not taken over: says nothing about which values are valid"},
      {"invalid_percent",
       BecameOf("invalid_percent(status) < 1 %", "{valid min: 0, valid max length: 5}"),
       R"j(satisfiesExpression(status) {"expression":"(status >= 0) AND (length(status) <= 5)"} )j"
       "coverage 0.99"},
      {"duplicate_count", BecameOf("duplicate_count(status) = 0"), "unique(status)"},
      {"duplicate_count", BecameOf("duplicate_count(a, b) = 0"), "unique(a, b)"},
      {"duplicate_percent", BecameOf("duplicate_percent(status) < 5"),
       "not taken over: only a threshold of no duplicates has a counterpart: they are counted "
       "in "
       "another way"},
      {"min", BecameOf("min(status) >= 0"), R"(minValue(status) {"value":0})"},
      {"max", BecameOf("max(status) between 1 and 9"),
       R"j(maxValue(status) {"value":9} & aggregateBetween(status) {"expression":"max(status)",)j"
       R"("min":1})"},
      {"min_length", BecameOf("min_length(status) > 2"),
       R"j(aggregateBetween(status) {"expression":"min(length(status))","min":2,)j"
       R"("inclusive_min":false})"},
      {"max_length", BecameOf("max_length(status) <= 9"),
       R"j(aggregateBetween(status) {"expression":"max(length(status))","max":9})j"},
      {"sum", BecameOf("sum(status) = 9"), R"(sum(status) {"value":9})"},
      {"avg", BecameOf("avg(status) > 1.5"),
       R"j(aggregateBetween(status) {"expression":"avg(status)","min":1.5,"inclusive_min":false})j"},
      {"avg_length", BecameOf("avg_length(status) < 9"),
       R"j(aggregateBetween(status) {"expression":"avg(length(status))","max":9,)j"
       R"("inclusive_max":false})"},
      {"percentile", BecameOf("percentile(status, 0.95) < 9"),
       R"j(aggregateBetween(status) {"expression":"percentile(status, 0.95)","max":9,)j"
       R"("inclusive_max":false})"},
      {"stddev", BecameOf("stddev(status) <= 9"),
       R"j(aggregateBetween(status) {"expression":"stddev(status)","max":9})j"},
      {"stddev_pop", BecameOf("stddev_pop(status) <= 9"),
       R"j(aggregateBetween(status) {"expression":"stddev_pop(status)","max":9})j"},
      {"stddev_samp", BecameOf("stddev_samp(status) <= 9"),
       R"j(aggregateBetween(status) {"expression":"stddev(status)","max":9})j"},
      {"variance", BecameOf("variance(status) <= 9"),
       R"j(aggregateBetween(status) {"expression":"variance(status)","max":9})j"},
      {"var_pop", BecameOf("var_pop(status) <= 9"),
       R"j(aggregateBetween(status) {"expression":"var_pop(status)","max":9})j"},
      {"var_samp", BecameOf("var_samp(status) <= 9"),
       R"j(aggregateBetween(status) {"expression":"variance(status)","max":9})j"},
      {"freshness", BecameOf("freshness(status) < 1d12h"),
       std::string(kAge) + R"("max":129600,"inclusive_max":false})"},
      {"schema",
       BecameOf("schema",
                "{fail: {when required column missing: [a, b], when wrong column type: {b: "
                "integer}, when forbidden column present: [c]}}"),
       R"(expectedSchema() {"list":["a",{"name":"b","type":"Integral"}]}; lost: when forbidden )"
       "column present: not supported"},
      {"failed rows", BecameOf("failed rows", "{fail condition: a > b}"),
       R"j(satisfiesExpression(a, b) {"expression":"NOT (a > b)"})j"},
      {"failed rows",
       BecameOf("failed rows", "{fail query: select id from orders where a < 0;}"),
       R"j(satisfiesExpression(a) {"expression":"NOT (a < 0)"})j"},
      {"values in", BecameOf("values in (status) must exist in states (id)"),
       R"(existsIn(status) {"ref_container_name":"states","field_name":"id"})"},
      {"values in", BecameOf("values in status must not exist in states id"),
       R"(notExistsIn(status) {"ref_container_name":"states","field_name":"id"})"},
      // contracts
      {"missing",
       OfContract("missing", "{threshold: {metric: percent, must_be_less_than: 10}}"),
       "notNull(status) coverage 0.9"},
      {"missing", OfContract("missing", "null"), "notNull(status)"},
      {"invalid", OfContract("invalid", "{valid_format: {regex: '^a', name: x}}"),
       R"(matchesPattern(status) {"pattern":"^a"})"},
      {"invalid",
       OfContract("invalid", "{valid_reference_data: {dataset: db/s/states, column: id}}"),
       R"(existsIn(status) {"ref_container_name":"states","field_name":"id"})"},
      {"duplicate", OfContract("duplicate", "{name: no two}"), "unique(status)"},
      {"aggregate",
       OfContract("aggregate",
                  "{function: avg, threshold: {must_be_between: {greater_than: 1, "
                  "less_than_or_equal: 2}}}"),
       R"j(aggregateBetween(status) {"expression":"avg(status)","min":1,"max":2,)j"
       R"("inclusive_min":false})"},
      {"failed_rows", OfContract("failed_rows", "{expression: a < 0}"),
       R"j(satisfiesExpression(a) {"expression":"NOT (a < 0)"})j"},
      {"contract schema", OfContract("schema", "{allow_extra_columns: true}"),
       R"(expectedSchema() {"list":["status"]})"},
      {"no_missing_values", OfOldContract("no_missing_values", ""), "notNull(status)"},
      {"no_invalid_values", OfOldContract("no_invalid_values", "valid_sql_regex: '^a'"),
       R"(matchesPattern(status) {"pattern":"^a"})"},
      {"no_duplicate_values", OfOldContract("no_duplicate_values", ""), "unique(status)"},
      {"rows_exist", OfOldContract("rows_exist", ""),
       R"(volumetric() {"comparison":"Absolute Value","min":1})"},
      {"multi_column_duplicates",
       OfOldContract("multi_column_duplicates", "columns: [a, b], must_be: 0"), "unique(a, b)"},
      {"no_multi_column_duplicates",
       OfOldContract("no_multi_column_duplicates", "columns: [a, b]"), "unique(a, b)"},
      {"freshness_in_days",
       OfOldContract("freshness_in_days", "must_be_less_than_or_equal_to: 1"),
       std::string(kAge) + R"("max":86400})"},
      {"freshness_in_hours",
       OfOldContract("freshness_in_hours", "must_be_less_than_or_equal_to: 1"),
       std::string(kAge) + R"("max":3600})"},
      {"freshness_in_minutes",
       OfOldContract("freshness_in_minutes", "must_be_less_than_or_equal_to: 1"),
       std::string(kAge) + R"("max":60})"},
  };
}

TEST(SodaTest, EveryCheckOfTheTableBecomesWhatItSays) {
  std::vector<Case> cases;
  for (const SodaCase& tested : Cases()) {
    EXPECT_EQ(tested.became, tested.expected) << tested.name;
    cases.push_back({.name = tested.name, .parameters = "", .expected = tested.expected});
    ExpectDocumented(SodaTable(), cases.back());
  }
  ExpectComplete(SodaTable(), cases);
}

TEST(SodaTest, WhatHasNoCounterpartSaysWhy) {
  EXPECT_THAT(BecameOf("anomaly detection for row_count"), HasSubstr("learns from earlier"));
  EXPECT_THAT(BecameOf("change avg last 7 for row_count < 50"),
              HasSubstr("learns from earlier"));
  EXPECT_THAT(BecameOf("row_count same as other"), HasSubstr("two tables are not compared"));
  EXPECT_THAT(BecameOf("area > 1", "{area expression: a * b}"), HasSubstr("a metric in SQL"));
  EXPECT_EQ(BecameOf("mising_count(a) = 0"),
            "not taken over: not known (did you mean 'missing_count'?)");
  EXPECT_THAT(BecameOf("row_count > many"), HasSubstr("threshold not understood"));
  EXPECT_THAT(BecameOf("freshness(a)", "{warn: when > 1d}"), HasSubstr("only a threshold"));
}

TEST(SodaTest, AlertsAreThresholdsTurnedRound) {
  EXPECT_EQ(
      BecameOf("row_count", "{warn: when < 100, fail: when < 10}"),
      R"(volumetric() {"comparison":"Absolute Value","min":10}; lost: warn: not supported )"
      "beside fail");
  EXPECT_EQ(BecameOf("missing_percent(a)", "{fail: when > 5}"), "notNull(a) coverage 0.95");
  EXPECT_EQ(BecameOf("avg(a)", "{fail: when not between 1 and 2}"),
            R"j(aggregateBetween(a) {"expression":"avg(a)","min":1,"max":2})j");
  EXPECT_EQ(BecameOf("row_count", "{fail: when between 1 and 2}"),
            "not taken over: no counterpart for a threshold with a gap");
}

TEST(SodaTest, NamedFormatsAreRulesOrPatterns) {
  EXPECT_EQ(BecameOf("invalid_count(a) = 0", "{valid format: email}"),
            R"(matchesFormat(a) {"format":"email"})");
  EXPECT_EQ(BecameOf("invalid_percent(a) < 2 %", "{valid format: credit card number}"),
            "isCreditCard(a) coverage 0.98");
  EXPECT_EQ(BecameOf("invalid_count(a) = 0", "{valid format: integer}"),
            R"(matchesPattern(a) {"pattern":"^[-+]?\\d+$"})");
  EXPECT_THAT(BecameOf("invalid_count(a) = 0", "{valid format: phone number}"),
              HasSubstr("no counterpart for \"phone number\""));
}

TEST(SodaTest, FiltersConfigurationsAndDatasets) {
  const auto items = Items(R"(filter orders [daily]:
  where: day = current_date
checks for orders [daily]:
  - invalid_count(status) = 0:
      name: status is known
      filter: amount > 0
      attributes: {team: sales}
      samples limit: 5
configurations for orders:
  valid values for status: [open, closed]
for each dataset t:
  datasets: [a, "b%"]
  checks:
    - row_count > 0
profile columns:
  columns: [orders.%]
)",
                           Language::kSoda);
  ASSERT_EQ(items.size(), 4u);
  const rules::FileCheck& check = items[0].checks.at(0);
  EXPECT_EQ(items[0].line, 4);
  EXPECT_EQ(check.container, "orders");
  EXPECT_EQ(
      Describe(check.definition),
      R"(expectedValues(status) {"list":["open","closed"]} where (amount > 0) AND (day = )"
      "current_date)");
  EXPECT_EQ(check.definition.description, "status is known");
  EXPECT_EQ(check.additional_metadata["attributes"]["team"], "sales");
  EXPECT_THAT(items[0].notes, ElementsAre("samples_limit: ignored"));
  EXPECT_EQ(items[1].checks.at(0).container, "a");
  EXPECT_THAT(items[2].losses, ElementsAre("only plain names of datasets can be taken over"));
  EXPECT_EQ(items[3].name, "profile columns");
}

TEST(SodaTest, ContractsHaveFiltersAndTypes) {
  const auto items = Items(R"(dataset: warehouse/shop/public/orders
filter: region = 'EU'
checks:
  - schema:
  - row_count: {threshold: {must_be_greater_than_or_equal: 10, level: warn}}
columns:
  - name: id
    data_type: integer
    checks:
      - missing: {filter: id > 0}
  - name: shape
    data_type: geometry
)",
                           Language::kSoda);
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(Describe(items[0].checks.at(0).definition),
            R"(expectedSchema() {"list":[{"name":"id","type":"Integral"},"shape"],)"
            R"("allow_other_fields":false})");
  EXPECT_THAT(items[0].losses, ElementsAre("no counterpart for the type of shape: 'geometry'"));
  EXPECT_EQ(items[1].checks.at(0).container, "orders");
  EXPECT_THAT(items[1].notes, ElementsAre("level: warn, but it fails here"));
  EXPECT_EQ(Describe(items[2].checks.at(0).definition),
            "notNull(id) where (id > 0) AND (region = 'EU')");
}

TEST(SodaTest, RefusesWhatIsNeither) {
  for (const std::string text : {"", "- a", "dataset: x\n", "a: 1\n", "checks for x: [*a]"}) {
    EXPECT_FALSE(ImportChecks(text, {.language = Language::kSoda}).has_value()) << text;
  }
}

}  // namespace
}  // namespace assay::imports::testing
