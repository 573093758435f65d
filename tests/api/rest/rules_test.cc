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

}  // namespace
}  // namespace assay::api
