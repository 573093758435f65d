#include "rules/check.h"

#include <gmock/gmock.h>

#include <limits>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(CheckTest, RefusesUnknownRulesWithTheNearestName) {
  EXPECT_THAT(Refusal({.rule = "notNul"}, Integers({})),
              HasSubstr("no such rule type: 'notNul' (did you mean 'notNull'?)"));
}

TEST(CheckTest, RefusesWithdrawnRulesWithWhatToUse) {
  EXPECT_THAT(Refusal({.rule = "isNotReplicaOf"}, Integers({})),
              HasSubstr("there is no rule type 'isNotReplicaOf' any more: use notExistsIn"));
}

TEST(CheckTest, RefusesUnknownFieldsWithTheNearestName) {
  EXPECT_EQ(Refusal({.rule = "notNull", .fields = {"fild"}}, Integers({})),
            "check notNull(fild): no such field: 'fild' (did you mean 'field'?)");
}

TEST(CheckTest, RefusesFieldsNamedTwice) {
  EXPECT_EQ(Refusal({.rule = "unique", .fields = {"field", "FIELD"}}, Integers({})),
            "check unique(field, FIELD): field is named twice: 'FIELD'");
}

TEST(CheckTest, RefusesElementsOfLists) {
  EXPECT_THAT(Refusal({.rule = "notNull", .fields = {"tags[]"}}, Named("tags[]", Texts({}))),
              HasSubstr("elements of a list are profiled but cannot be checked"));
}

TEST(CheckTest, RefusesWrongNumbersOfFields) {
  const Table two({Named("a", Integers({})), Named("b", Integers({}))});
  EXPECT_EQ(Refusal({.rule = "notNegative", .fields = {"a", "b"}}, two),
            "check notNegative(a, b): names exactly one field, not 2");
}

TEST(CheckTest, CoverageIsAShare) {
  const CheckDefinition half = {.rule = "notNull", .fields = {"field"}, .coverage = 0.5};
  const Result<CompiledCheck> compiled = Compile(half, Table(Integers({})).Schema(), TestNow());
  ASSERT_TRUE(compiled.has_value());
  EXPECT_EQ(compiled->plan.coverage, 0.5);
  for (const double coverage : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THAT(
        Refusal({.rule = "notNull", .fields = {"field"}, .coverage = coverage}, Integers({})),
        HasSubstr("check notNull(field): coverage: must be from 0 to 1"));
  }
}

TEST(CheckTest, FiltersMayHoldVariables) {
  const CheckDefinition definition = {
      .rule = "notNegative", .fields = {"field"}, .filter = "field > {{ least }}"};
  const Result<Outcome> outcome =
      RunCheck(definition, Integers({-1, -5, -9, 3, kNull}), {{"least", "-8"}});
  ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
  EXPECT_THAT(outcome->failing_rows, ElementsAre(0, 1));
  EXPECT_EQ(outcome->asserted_rows, 3);
}

TEST(CheckTest, ABlankFilterIsNone) {
  const Result<CompiledCheck> compiled =
      Compile({.rule = "notNull", .fields = {"field"}, .filter = " "},
              Table(Integers({})).Schema(), TestNow());
  ASSERT_TRUE(compiled.has_value());
  EXPECT_FALSE(compiled->plan.filter.has_value());
}

TEST(CheckTest, RefusesFiltersThatAreNoCondition) {
  EXPECT_THAT(
      Refusal({.rule = "notNull", .fields = {"field"}, .filter = "field >"}, Integers({})),
      HasSubstr("check notNull(field): filter: "));
  EXPECT_THAT(
      Refusal({.rule = "notNull", .fields = {"field"}, .filter = "field"}, Integers({})),
      HasSubstr("filter: "));
  EXPECT_THAT(
      Refusal({.rule = "notNull", .fields = {"field"}, .filter = "filed = 1"}, Integers({})),
      HasSubstr("filed"));
}

TEST(CheckTest, FieldsAreThoseOfTheSchema) {
  const Result<CompiledCheck> compiled = Compile({.rule = "notNull", .fields = {"FIELD"}},
                                                 Table(Integers({})).Schema(), TestNow());
  ASSERT_TRUE(compiled.has_value());
  EXPECT_THAT(compiled->fields, ElementsAre("field"));
}

TEST(CheckTest, SaysWhatItCanBeforeTheContainerIsKnown) {
  const auto refusal = [](const CheckDefinition& definition) {
    const Status status = CheckWithoutSchema(definition);
    return status ? "" : status.error().message;
  };
  EXPECT_EQ(refusal({.rule = "between", .filter = "a = 'x'", .coverage = 0.5}), "");
  EXPECT_EQ(refusal({.rule = "between", .filter = "a > {{ least }}"}), "");
  EXPECT_EQ(refusal({.rule = "volumetric", .filter = " "}), "");
  EXPECT_THAT(refusal({.rule = "betwen"}), HasSubstr("no such rule type: 'betwen'"));
  EXPECT_THAT(refusal({.rule = "between", .filter = "a ="}), HasSubstr("filter: line 1"));
  EXPECT_THAT(refusal({.rule = "volumetric", .filter = "a = 1"}),
              HasSubstr("filter: not supported by this rule"));
  EXPECT_THAT(refusal({.rule = "between", .coverage = 2}), HasSubstr("coverage: must be from"));
  EXPECT_THAT(refusal({.rule = "volumetric", .coverage = 0.5}),
              HasSubstr("coverage: not supported by this rule"));
  EXPECT_THAT(refusal({.rule = "notNull", .properties = {{"value", 1}}}),
              HasSubstr("this rule has none"));
}

TEST(CheckTest, FormerNamesFindTheirRule) {
  const std::pair<const char*, const char*> names[] = {
      {"requiredFields", "expectedSchema"},
      {"dataType", "isType"},
      {"satisfiesEquation", "satisfiesExpression"},
      {"isNotNull", "notNull"},
      {"isUnique", "unique"}};
  for (const auto& [former, current] : names) {
    const RuleType* rule = FindRuleType(former);
    ASSERT_NE(rule, nullptr) << former;
    EXPECT_EQ(rule->name, current);
  }
  EXPECT_EQ(FindRuleType(""), nullptr);
}

TEST(CheckTest, DefinitionsAreReadFromJson) {
  const Json json = {{"rule_type", "between"}, {"description", "d"},
                     {"fields", {"a"}},        {"coverage", 0.5},
                     {"filter", "a > 1"},      {"properties", {{"min", 1}, {"max", 2}}}};
  const Result<CheckDefinition> definition = CheckDefinition::JsonFields().Parse(json);
  ASSERT_TRUE(definition.has_value()) << definition.error().message;
  EXPECT_EQ(CheckDefinition::JsonFields().Print(*definition), json);
}

}  // namespace
}  // namespace assay::rules::testing
