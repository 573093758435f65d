// Tests of api/rest/template_checks.cc.

#include "tests/api/templates_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

class TemplateChecksTest : public TemplatesTest {
 protected:
  static std::string CheckPath(const Json& check) {
    return "/quality-checks/" + check["id"].dump();
  }
};

TEST_F(TemplateChecksTest, EveryTargetGetsACheckForEachCombination) {
  const Json made = MakeTemplate();
  const Json checks = MakeChecks(made);
  ASSERT_EQ(checks.size(), 4u);
  EXPECT_THAT(Pluck(checks, "filter"),
              ElementsAre("name = 'EU'", "name = 'US'", "name = 'EU'", "name = 'US'"));
  const Json& first = checks[0];
  EXPECT_EQ(first["container"]["id"], orders_);
  EXPECT_EQ(first["rule_type"], "between");
  EXPECT_EQ(first["properties"], Json({{"min", 5}, {"max", 20}}));
  EXPECT_EQ(first["status"], "Active");
  EXPECT_EQ(first["template_id"], made["id"]);
  EXPECT_EQ(first["template_locked"], true);
  EXPECT_EQ(first["template_values"], Json::array({"EU"}));
  EXPECT_EQ(first["additional_metadata"], Json({{"from quality check id", "7"}}));
  EXPECT_EQ(first["inferred"], false);
  EXPECT_EQ(first["owner_id"], 1);
  EXPECT_THAT(Pluck(first["global_tags"], "name"), ElementsAre("critical"));
  // Rule 2, authored 9.
  EXPECT_EQ(first["weight"], 11);
  EXPECT_EQ(Call("GET", PathOf(made), 200)["template_checks_count"], 4);
}

TEST_F(TemplateChecksTest, ATargetMayDifferWhereTheTemplateIsUnlocked) {
  const Json made = MakeTemplate({{"template_locked", false}});
  const Json checks = Call("POST", PathOf(made) + "/quality-checks", 201,
                           Json::array({{{"container_id", orders_},
                                         {"fields", {"id"}},
                                         {"filter", "id > 3"},
                                         {"coverage", 0.5},
                                         {"properties", {{"min", 1}, {"max", 2}}},
                                         {"description", "own"},
                                         {"tags", {"own"}},
                                         {"status", "Draft"}}}));
  ASSERT_EQ(checks.size(), 1u);
  EXPECT_EQ(checks[0]["filter"], "id > 3");
  EXPECT_EQ(checks[0]["coverage"], 0.5);
  EXPECT_EQ(checks[0]["description"], "own");
  EXPECT_EQ(checks[0]["status"], "Draft");
  EXPECT_EQ(checks[0]["template_values"], Json::array());
  EXPECT_THAT(Pluck(checks[0]["global_tags"], "name"), ElementsAre("critical", "own"));
  EXPECT_THAT(
      Faults("POST", PathOf(MakeTemplate()) + "/quality-checks",
             Json::array({{{"container_id", orders_}, {"fields", {"id"}}, {"coverage", 0.5}}})),
      ElementsAre(Pair("body.0.coverage", HasSubstr("decided by the locked template"))));
}

TEST_F(TemplateChecksTest, AllAreMadeOrNone) {
  const std::string path = PathOf(MakeTemplate()) + "/quality-checks";
  const Json good = {{"container_id", orders_}, {"fields", {"id"}}};
  EXPECT_THAT(
      Faults("POST", path, Json::array({good, {{"container_id", 99}, {"fields", {"id"}}}})),
      ElementsAre(Pair("body.1.container_id", HasSubstr("99"))));
  EXPECT_THAT(Faults("POST", path,
                     Json::array({good, {{"container_id", orders_}, {"fields", {"none"}}}})),
              ElementsAre(Pair("body.1", HasSubstr("'none'"))));
  EXPECT_THAT(Faults("POST", path, Json::array({good, {{"fields", {"id"}}}})),
              ElementsAre(Pair("body.1.container_id", "is required")));
  EXPECT_THAT(Faults("POST", path, good), ElementsAre(Pair("body", "must be a list")));
  Call("POST", path, 409, Json::array({good, good}));
  Call("POST", "/quality-check-templates/99/quality-checks", 404, Json::array({good}));
  EXPECT_EQ(Call("GET", "/quality-checks", 200)["total"], 0);
}

TEST_F(TemplateChecksTest, TooManyAtOnceAreRefused) {
  std::string filter = "id in (each(0";
  for (int i = 1; i < 1000; ++i) filter += "," + std::to_string(i);
  const Json made = MakeTemplate({{"filter", filter + "))"}});
  Json targets = Json::array();
  for (int i = 0; i < 3; ++i) targets.push_back({{"container_id", orders_}});
  EXPECT_THAT(Faults("POST", PathOf(made) + "/quality-checks", targets),
              ElementsAre(Pair("body", HasSubstr("more than 2000 checks"))));
}

TEST_F(TemplateChecksTest, DraftersMakeDraftsOfThem) {
  const std::string path = PathOf(MakeTemplate()) + "/quality-checks";
  const std::string drafter = TokenWith("Member", "Drafter");
  Json target = {{"container_id", orders_}, {"fields", {"id"}}};
  EXPECT_EQ(Send("POST", path, PrintJson(Json::array({target})), drafter).status, 403);
  target["status"] = "Draft";
  EXPECT_EQ(Send("POST", path, PrintJson(Json::array({target})), drafter).status, 201);
}

TEST_F(TemplateChecksTest, OneCheckIsMadeAsOthersAre) {
  const Json made = MakeTemplate({{"filter", "name = 'EU'"}});
  const Json payload = {{"container_id", orders_},
                        {"fields", {"id"}},
                        {"template_id", made["id"]},
                        {"filter", nullptr},
                        {"anomaly_message_field", nullptr}};
  const Json check = Call("POST", "/quality-checks", 201, payload);
  EXPECT_EQ(check["rule_type"], "between");
  EXPECT_EQ(check["filter"], "name = 'EU'");
  EXPECT_EQ(check["template_id"], made["id"]);
  Json other = payload;
  other["template_id"] = 99;
  EXPECT_THAT(Faults("POST", "/quality-checks", other),
              ElementsAre(Pair("body.template_id", HasSubstr("99"))));
  other["template_id"] = MakeTemplate()["id"];
  EXPECT_THAT(Faults("POST", "/quality-checks", other),
              ElementsAre(Pair("body.template_id", HasSubstr("makes 2 checks"))));
  other = payload;
  other["coverage"] = 0.5;
  EXPECT_THAT(Faults("POST", "/quality-checks", other),
              ElementsAre(Pair("body.coverage", HasSubstr("locked template"))));
}

TEST_F(TemplateChecksTest, WhatALockedTemplateDecidesCannotBeEdited) {
  const Json made = MakeTemplate();
  const Json check = MakeChecks(made)[0];
  const Json decided = {{"filter", "id > 1"},
                        {"coverage", 0.5},
                        {"properties", {{"min", 1}, {"max", 2}}},
                        {"anomaly_message_field", "name"}};
  for (const auto& [key, value] : decided.items()) {
    Json change = Json::object();
    change[key] = value;
    EXPECT_THAT(Faults("PUT", CheckPath(check), change),
                ElementsAre(Pair("body." + key, HasSubstr("decided by the locked template"))));
  }
  // Its own answer, as clients send it back.
  Call("PUT", CheckPath(check), 200, check);
  Call("PUT", CheckPath(check), 200, {{"description", "own"}, {"status", "Draft"}});
  Call("PUT", PathOf(made), 200, {{"template_locked", false}});
  Call("PUT", CheckPath(check), 200, {{"coverage", 0.5}});
}

TEST_F(TemplateChecksTest, EachIsRefusedOutsideOfTemplates) {
  Json payload = Payload();
  payload.update({{"container_id", orders_}, {"fields", {"id"}}});
  EXPECT_THAT(Faults("POST", "/quality-checks", payload),
              ElementsAre(Pair("body", HasSubstr("in templates only: 'each'"))));
}

TEST_F(TemplateChecksTest, ATemplateIsMadeOfACheck) {
  Json payload = Payload();
  payload.update({{"container_id", orders_},
                  {"fields", {"id"}},
                  {"filter", "name = 'EU'"},
                  {"additional_metadata", {{"_qualytics_check_uid", "u"}, {"a", 1}}}});
  const Json check = Call("POST", "/quality-checks", 201, payload);
  const Json made = Call("POST", CheckPath(check) + "/template", 201,
                         {{"description", "for all"}, {"template_locked", true}});
  EXPECT_EQ(made["rule_type"], "between");
  EXPECT_EQ(made["filter"], "name = 'EU'");
  EXPECT_EQ(made["properties"], check["properties"]);
  EXPECT_EQ(made["description"], "for all");
  EXPECT_EQ(made["template_locked"], true);
  EXPECT_EQ(made["additional_metadata"], Json({{"a", 1}}));
  EXPECT_EQ(Call("POST", CheckPath(check) + "/template", 201)["template_locked"], false);
  EXPECT_EQ(Call("GET", CheckPath(check), 200)["template_id"], nullptr);
  Call("POST", "/quality-checks/99/template", 404);
  EXPECT_EQ(
      Send("POST", CheckPath(check) + "/template", "", TokenWith("Member", "Editor")).status,
      403);
}

}  // namespace
}  // namespace assay::api
