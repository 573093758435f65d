// What holds for every rule type, tried with the table of its example.

#include <gmock/gmock.h>

#include <set>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using plan::FieldType;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Rules that look at nulls.
const std::set<std::string> kAboutNulls = {"notNull", "anyNotNull", "requiredValues",
                                           "dataDiff"};

/// Whether the check runs here: some forms need more than one table, or no rows.
bool RunsOnRows(const RuleType& rule) {
  if (rule.example.rows.empty()) return false;
  const Result<Outcome> outcome = RunCheck(ExampleCheck(rule), ExampleTable(rule.example));
  return outcome.has_value() || outcome.error().kind != ErrorKind::kUnsupported;
}

/// The example's table with `count` rows of nulls.
Table NullRows(const RuleType& rule, size_t count) {
  Table table = ExampleTable(rule.example);
  for (Column& column : table.columns) column.values.assign(count, nullptr);
  return table;
}

TEST(RuleContractTest, AnEmptyContainerPasses) {
  for (const RuleType& rule : AllRuleTypes()) {
    if (!RunsOnRows(rule)) continue;
    SCOPED_TRACE(rule.name);
    EXPECT_THAT(FailingRows(ExampleCheck(rule), NullRows(rule, 0)), IsEmpty());
  }
}

TEST(RuleContractTest, NullsPassUnlessTheRuleIsAboutThem) {
  for (const RuleType& rule : AllRuleTypes()) {
    if (!RunsOnRows(rule) || kAboutNulls.contains(rule.name)) continue;
    SCOPED_TRACE(rule.name);
    EXPECT_THAT(FailingRows(ExampleCheck(rule), NullRows(rule, 3)), IsEmpty());
  }
}

TEST(RuleContractTest, AFilterLeavesRowsOut) {
  for (const RuleType& rule : AllRuleTypes()) {
    SCOPED_TRACE(rule.name);
    CheckDefinition definition = ExampleCheck(rule);
    definition.filter = "1 = 0";
    const Table table = ExampleTable(rule.example);
    if (!rule.filterable) {
      EXPECT_THAT(Refusal(definition, table), HasSubstr("filter: not supported by this rule"));
    } else if (RunsOnRows(rule)) {
      EXPECT_THAT(FailingRows(definition, table), IsEmpty());
    }
  }
}

TEST(RuleContractTest, CoverageIsTakenWhereDeclared) {
  for (const RuleType& rule : AllRuleTypes()) {
    SCOPED_TRACE(rule.name);
    CheckDefinition definition = ExampleCheck(rule);
    definition.coverage = 0.5;
    const Table table = ExampleTable(rule.example);
    if (!rule.supports_coverage) {
      EXPECT_THAT(Refusal(definition, table), HasSubstr("coverage: not supported"));
      continue;
    }
    const Result<CompiledCheck> compiled =
        Compile(definition, table.Schema(), TestNow(), {}, ReferencesOf(table));
    ASSERT_TRUE(compiled.has_value()) << compiled.error().message;
    EXPECT_EQ(compiled->plan.coverage, 0.5);
  }
}

TEST(RuleContractTest, FieldsOfOtherTypesAreRefused) {
  for (const RuleType& rule : AllRuleTypes()) {
    const bool names_fields =
        rule.scope == FieldScope::kSingle || rule.scope == FieldScope::kMultiple;
    if (!names_fields || rule.accepts.empty()) continue;
    SCOPED_TRACE(rule.name);
    for (const FieldType type :
         {FieldType::kUnknown, FieldType::kIntegral, FieldType::kFractional,
          FieldType::kBoolean, FieldType::kString, FieldType::kDate, FieldType::kTimestamp}) {
      if (std::ranges::find(rule.accepts, type) != rule.accepts.end()) continue;
      Table table = ExampleTable(rule.example);
      table.columns.front().type = type;
      EXPECT_THAT(Refusal(ExampleCheck(rule), table),
                  HasSubstr("does not apply to fields of type"));
    }
  }
}

TEST(RuleContractTest, UnknownPropertiesAreRefused) {
  for (const RuleType& rule : AllRuleTypes()) {
    SCOPED_TRACE(rule.name);
    CheckDefinition definition = ExampleCheck(rule);
    definition.properties["no_such_property"] = 1;
    EXPECT_THAT(Refusal(definition, ExampleTable(rule.example)),
                HasSubstr("unknown key 'no_such_property'"));
  }
}

}  // namespace
}  // namespace assay::rules::testing
