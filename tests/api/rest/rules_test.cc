// Tests of api/rest/rules.cc.

#include "rules/rule_type.h"

#include <algorithm>

#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using RulesTest = ApiTest;

TEST_F(RulesTest, ListsEveryRuleByName) {
  const Json list = Call("GET", "/quality-checks/specifications/rules", 200);
  std::vector<Json> names;
  for (const rules::RuleType& rule : rules::AllRuleTypes()) names.push_back(rule.name);
  EXPECT_EQ(Pluck(list, "rule"), names);
}

TEST_F(RulesTest, SaysWhatARuleNeeds) {
  const Json list = Call("GET", "/quality-checks/specifications/rules", 200);
  const auto between =
      std::ranges::find_if(list, [](const Json& rule) { return rule["rule"] == "between"; });
  ASSERT_NE(between, list.end());
  EXPECT_EQ((*between)["fields"], "single");
  EXPECT_EQ((*between)["coverage"], true);
  EXPECT_EQ((*between)["filter"], true);
  EXPECT_THAT(Pluck((*between)["properties"], "name"),
              ::testing::IsSupersetOf({Json("min"), Json("max")}));
  for (const Json& property : (*between)["properties"]) {
    if (property["name"] == "min") {
      EXPECT_EQ(property["required"], true);
    }
    if (property["name"] == "inclusive_min") {
      EXPECT_EQ(property["required"], false);
      EXPECT_EQ(property["type"], "boolean");
    }
  }
}

TEST_F(RulesTest, SaysHowAFormAsksForAProperty) {
  std::map<std::string, std::string> types;  // by rule and property
  Json intervals;
  for (const Json& rule : Call("GET", "/quality-checks/specifications/rules", 200)) {
    for (const Json& property : rule["properties"]) {
      const std::string name = property["name"].get<std::string>();
      types[rule["rule"].get<std::string>() + "." + name] = property["type"].get<std::string>();
      if (name == "interval_name") intervals = property["values"];
    }
  }
  const std::map<std::string, std::string> expected = {
      {"afterDateTime.datetime", "datetime"},
      {"between.inclusive_min", "boolean"},
      {"between.min", "number"},
      {"dataDiff.numeric_comparator", "numeric_comparator"},
      {"dataDiff.row_identifiers", "fields"},
      {"equalToField.duration_comparator", "duration_comparator"},
      {"equalToField.field_name", "field"},
      {"equalToField.string_comparator", "string_comparator"},
      {"existsIn.ref_container_id", "container"},
      {"existsIn.ref_datastore_id", "datastore"},
      {"expectedValues.list", "list"},
      {"matchesPattern.pattern", "string"},
      {"satisfiesExpression.expression", "sparksql"},
      {"timeDistributionSize.interval_name", "enum"}};
  for (const auto& [property, type] : expected) EXPECT_EQ(types[property], type) << property;
  EXPECT_EQ(intervals, Json({"Yearly", "Quarterly", "Monthly", "Weekly", "Daily", "Hourly"}));
}

}  // namespace
}  // namespace assay::api
