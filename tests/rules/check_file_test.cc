#include "rules/check_file.h"

#include <gmock/gmock.h>

namespace assay::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Fault(std::string_view yaml) {
  const Result<std::vector<FileCheck>> checks = ReadCheckFile(yaml);
  if (checks) return "not refused";
  EXPECT_EQ(checks.error().kind, ErrorKind::kInvalidInput);
  return checks.error().message;
}

std::vector<std::string> RulesOf(std::string_view yaml) {
  const Result<std::vector<FileCheck>> checks = ReadCheckFile(yaml);
  if (!checks) return {checks.error().message};
  std::vector<std::string> rules;
  for (const FileCheck& check : *checks) rules.push_back(check.definition.rule);
  return rules;
}

TEST(CheckFileTest, ReadsEveryKey) {
  const Result<std::vector<FileCheck>> checks = ReadCheckFile(R"(# orders
rule_type: between
description: at most 100 pieces
container: orders
fields: [quantity]
coverage: 0.95
filter: region = 'EU'
anomaly_message_field: note
properties: {min: 1, max: 100, inclusive_max: false}
tags: [critical, sales]
status: Draft
additional_metadata: {_qualytics_check_uid: mine, reviewed by: Ana}
)");
  ASSERT_TRUE(checks.has_value()) << checks.error().message;
  ASSERT_EQ(checks->size(), 1u);
  const FileCheck& check = checks->front();
  EXPECT_EQ(check.definition.rule, "between");
  EXPECT_EQ(check.definition.description, "at most 100 pieces");
  EXPECT_EQ(check.container, "orders");
  EXPECT_THAT(check.definition.fields, ElementsAre("quantity"));
  EXPECT_EQ(check.definition.coverage, 0.95);
  EXPECT_EQ(check.definition.filter, "region = 'EU'");
  EXPECT_EQ(check.anomaly_message_field, "note");
  EXPECT_EQ(check.definition.properties,
            (Json{{"min", 1}, {"max", 100}, {"inclusive_max", false}}));
  EXPECT_THAT(check.tags, ElementsAre("critical", "sales"));
  EXPECT_EQ(check.status, "Draft");
  EXPECT_EQ(check.additional_metadata,
            (Json{{"_qualytics_check_uid", "mine"}, {"reviewed by", "Ana"}}));
  EXPECT_EQ(check.line, 2);
}

TEST(CheckFileTest, OnlyTheRuleTypeIsRequired) {
  const Result<std::vector<FileCheck>> checks =
      ReadCheckFile("rule: isNotNull\nfields: id\nfilter: null\nproperties:\ntags: ~\n");
  ASSERT_TRUE(checks.has_value()) << checks.error().message;
  const FileCheck& check = checks->front();
  EXPECT_EQ(check.definition.rule, "notNull");
  EXPECT_THAT(check.definition.fields, ElementsAre("id"));
  EXPECT_EQ(check.definition.filter, std::nullopt);
  EXPECT_EQ(check.definition.coverage, 1);
  EXPECT_EQ(check.definition.properties, Json::object());
  EXPECT_EQ(check.container, "");
  EXPECT_EQ(check.status, "Active");
  EXPECT_THAT(check.tags, IsEmpty());
  EXPECT_EQ(Fault("fields: [id]\n"), "line 1: rule_type: is required");
}

TEST(CheckFileTest, TakesDocumentsListsAndAMappingOfChecks) {
  EXPECT_THAT(RulesOf("rule_type: notNull\n---\nrule_type: unique\n"),
              ElementsAre("notNull", "unique"));
  EXPECT_THAT(RulesOf("- rule_type: notNull\n- {rule_type: unique}\n"),
              ElementsAre("notNull", "unique"));
  EXPECT_THAT(RulesOf("checks:\n- rule_type: notNull\n- rule_type: unique\n"),
              ElementsAre("notNull", "unique"));
  EXPECT_THAT(RulesOf(R"([{"rule_type": "notNull"}])"), ElementsAre("notNull"));
  EXPECT_THAT(RulesOf(""), IsEmpty());
  EXPECT_THAT(RulesOf("# nothing\n---\n---\n[]\n"), IsEmpty());
}

TEST(CheckFileTest, RefusesUnknownKeysAndRulesWithTheNearestName) {
  EXPECT_THAT(Fault("rule_type: notNull\nfeilds: [id]\n"),
              HasSubstr("line 2: unknown key 'feilds' (did you mean 'fields'?); known are: "));
  EXPECT_THAT(Fault("- rule_type: notNull\n- rule_type: notNul\n"),
              HasSubstr("line 2: no such rule type: 'notNul' (did you mean 'notNull'?)"));
  EXPECT_EQ(Fault("checks: []\nrules: []\n"), "line 2: no other key may stand beside checks");
}

TEST(CheckFileTest, RefusesValuesOfAWrongType) {
  EXPECT_EQ(Fault("rule_type: notNull\ncoverage: 2\n"),
            "line 2: coverage: must be a number from 0 to 1");
  EXPECT_EQ(Fault("rule_type: notNull\nfields:\n- [a]\n"),
            "line 3: fields: must be a list of texts");
  EXPECT_EQ(Fault("rule_type: notNull\nfields: {a: b}\n"),
            "line 2: fields: must be a list of texts");
  EXPECT_EQ(Fault("rule_type: notNull\nproperties: 5\n"),
            "line 2: properties: must be a mapping");
  EXPECT_EQ(Fault("rule_type: notNull\nstatus: active\n"),
            "line 2: status: must be one of Active, Draft, Invalid, Discarded");
  EXPECT_EQ(Fault("rule_type: notNull\nrule: unique\n"), "line 2: rule_type: is given twice");
  EXPECT_EQ(Fault("rule_type: notNull\nfilter: [a]\n"), "line 2: filter: must be a text");
  EXPECT_EQ(Fault("- 5\n"), "line 1: a check is a mapping with a key rule_type");
  EXPECT_EQ(Fault("notNull\n"),
            "line 1: must be a check, a list of checks, or a mapping {checks: [...]}");
}

TEST(CheckFileTest, WritesTheKeysInTheirOrder) {
  FileCheck check;
  check.definition = {.rule = "matchesPattern",
                      .fields = {"e-mail"},
                      .properties = {{"pattern", "^[a-z']+@\\w+$"}},
                      .description = "addresses"};
  check.container = "customers";
  check.comment = "held for all of 400 rows\nfitted on 600";
  EXPECT_EQ(WriteCheckFile({check}), R"(# held for all of 400 rows
# fitted on 600
- rule_type: matchesPattern
  description: addresses
  container: customers
  fields: ['e-mail']
  coverage: 1.0
  filter: null
  anomaly_message_field: null
  properties: {pattern: '^[a-z'']+@\w+$'}
  tags: []
  status: Active
  additional_metadata: {_qualytics_check_uid: customers__matchespattern__e_mail}
)");
}

TEST(CheckFileTest, ReadsBackWhatItWrites) {
  FileCheck check;
  check.definition = {.rule = "expectedValues",
                      .fields = {"a: b", "yes", "12", "- x", "ümlaut", ""},
                      .filter = "name = 'O''Hara' # not a comment",
                      .coverage = 0.3,
                      .properties = {{"list",
                                      {"true", "null", "1.5", 1.5, 7, -0.25, true, nullptr,
                                       " a ", "line\nbreak\ttab", "日本", "😀", "\x7f", "[x",
                                       "{{ v }}", 1e300, 0.1 + 0.2, 12345678901234567.0}},
                                     {"nested", {{"a", {{"b", Json::array()}}}}}},
                      .description = "several\nlines: \"quoted\""};
  check.container = "c[0]";
  check.tags = {"#1"};
  check.status = "Discarded";
  check.anomaly_message_field = "~";
  check.comment = "a\r- rule_type: unique";
  const std::string text = WriteCheckFile({check, check});
  const Result<std::vector<FileCheck>> read = ReadCheckFile(text);
  ASSERT_TRUE(read.has_value()) << read.error().message << "\n" << text;
  ASSERT_EQ(read->size(), 2u);
  const FileCheck& again = read->back();
  EXPECT_EQ(again.definition.fields, check.definition.fields);
  EXPECT_EQ(again.definition.filter, check.definition.filter);
  EXPECT_EQ(again.definition.coverage, check.definition.coverage);
  EXPECT_EQ(again.definition.properties, check.definition.properties);
  EXPECT_EQ(again.definition.description, check.definition.description);
  EXPECT_EQ(again.container, check.container);
  EXPECT_EQ(again.tags, check.tags);
  EXPECT_EQ(again.status, check.status);
  EXPECT_EQ(again.anomaly_message_field, check.anomaly_message_field);
  EXPECT_EQ(WriteCheckFile(*read), WriteCheckFile(*ReadCheckFile(WriteCheckFile(*read))));
}

TEST(CheckFileTest, WritesNothingAsAnEmptyList) {
  EXPECT_EQ(WriteCheckFile({}), "[]\n");
  EXPECT_THAT(RulesOf(WriteCheckFile({})), IsEmpty());
}

TEST(CheckFileTest, UidsAreStable) {
  EXPECT_EQ(
      CheckUid("Order Items-2024", {.rule = "anyNotNull", .fields = {"Zip Code", "_city_"}}),
      "order_items_2024__anynotnull__city_zip_code");
  EXPECT_EQ(CheckUid("orders", {.rule = "expectedSchema"}), "orders__expectedschema__");
}

}  // namespace
}  // namespace assay::rules
