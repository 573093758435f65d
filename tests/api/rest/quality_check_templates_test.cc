// Tests of api/rest/quality_check_templates.cc.

#include "store/audit.h"
#include "tests/api/templates_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

using QualityCheckTemplatesTest = TemplatesTest;

TEST_F(QualityCheckTemplatesTest, AreMadeShownAndDeleted) {
  const Json made = MakeTemplate();
  EXPECT_EQ(made["rule_type"], "between");
  EXPECT_EQ(made["description"], "id within 5..20");
  EXPECT_EQ(made["coverage"], 1);
  EXPECT_EQ(made["filter"], "name = each('EU', 'US')");
  EXPECT_EQ(made["properties"], Json({{"min", 5}, {"max", 20}}));
  EXPECT_THAT(Pluck(made["global_tags"], "name"), ElementsAre("critical"));
  EXPECT_EQ(made["template_locked"], true);
  EXPECT_EQ(made["is_template"], true);
  EXPECT_EQ(made["additional_metadata"], Json({{"from quality check id", "7"}}));
  EXPECT_EQ(made["last_editor"], "admin");
  EXPECT_EQ(Call("GET", PathOf(made), 200), made);
  Call("DELETE", PathOf(made), 204);
  for (const char* method : {"GET", "DELETE"}) Call(method, PathOf(made), 404);
  Call("PUT", PathOf(made), 404, Json::object());
}

TEST_F(QualityCheckTemplatesTest, AreListedAlsoAmongTheChecks) {
  const Json locked = MakeTemplate();
  const Json open = MakeTemplate({{"rule", "notNull"},
                                  {"template_locked", false},
                                  {"properties", nullptr},
                                  {"tags", nullptr}});
  for (const std::string path :
       {"/quality-check-templates?", "/quality-checks?template_only=true&"}) {
    const auto ids = [&](const std::string& query) {
      return Pluck(Call("GET", path + query, 200), "id");
    };
    EXPECT_THAT(ids("page=1&size=100"), ElementsAre(locked["id"], open["id"]));
    EXPECT_THAT(ids("template_locked=true"), ElementsAre(locked["id"]));
    EXPECT_THAT(ids("template_locked=False"), ElementsAre(open["id"]));
    EXPECT_THAT(ids("rule_type=notNull"), ElementsAre(open["id"]));
    EXPECT_THAT(ids("tag=critical"), ElementsAre(locked["id"]));
    EXPECT_THAT(ids("search=WITHIN&id=" + open["id"].dump()), ElementsAre(open["id"]));
  }
  EXPECT_EQ(Call("GET", "/quality-checks", 200)["total"], 0);
}

TEST_F(QualityCheckTemplatesTest, RefuseWhatNoCheckCouldBeMadeOf) {
  const auto faults = [&](const char* key, const Json& value) {
    Json payload = Payload();
    payload[key] = value;
    return Faults("POST", "/quality-check-templates", payload);
  };
  EXPECT_THAT(faults("rule", nullptr), ElementsAre(Pair("body.rule", "is required")));
  EXPECT_THAT(faults("rule", "nonsense"),
              ElementsAre(Pair("body.rule", HasSubstr("'nonsense'"))));
  EXPECT_THAT(faults("description", nullptr),
              ElementsAre(Pair("body.description", "is required")));
  EXPECT_THAT(faults("description", ""),
              ElementsAre(Pair("body.description", "must not be empty")));
  EXPECT_THAT(faults("coverage", 2),
              ElementsAre(Pair("body.coverage", "must be between 0 and 1")));
  EXPECT_THAT(faults("filter", "name = each()"),
              ElementsAre(Pair("body", HasSubstr("filter: line 1, column 13"))));
  EXPECT_THAT(faults("filter", "name = each(id)"),
              ElementsAre(Pair("body", HasSubstr("must be one literal"))));
  EXPECT_THAT(faults("filter", "name == = 1"), ElementsAre(Pair("body", HasSubstr("filter"))));
  EXPECT_THAT(faults("properties", {{"inclusive_min", 5}}),
              ElementsAre(Pair("body.properties.inclusive_min", "must be true or false")));
  EXPECT_THAT(faults("template_locked", "yes"),
              ElementsAre(Pair("body.template_locked", "must be true or false")));
  EXPECT_EQ(Call("GET", "/quality-check-templates", 200)["total"], 0);
}

TEST_F(QualityCheckTemplatesTest, ChecksOfALockedOneFollowIt) {
  const Json made = MakeTemplate();
  MakeChecks(made);
  const Json changed = Call("PUT", PathOf(made), 200,
                            {{"rule", "between"},
                             {"filter", "name = each('US', 'UK') AND id > 1"},
                             {"coverage", 0.5},
                             {"description", "changed"},
                             {"tags", {"critical", "new"}}});
  EXPECT_EQ(changed["template_checks_count"], 4);
  const Json checks = ChecksOf(made);
  EXPECT_THAT(Pluck(checks, "filter"),
              ElementsAre("name = 'US' AND id > 1", "name = 'US' AND id > 1",
                          "name = 'UK' AND id > 1", "name = 'UK' AND id > 1"));
  EXPECT_THAT(Pluck(checks, "coverage"), ElementsAre(0.5, 0.5, 0.5, 0.5));
  EXPECT_THAT(Pluck(checks[0]["global_tags"], "name"), ElementsAre("critical", "new"));
  EXPECT_EQ(checks[0]["description"], "id within 5..20");
  EXPECT_EQ(checks[0]["template_values"], Json::array({"US"}));
}

TEST_F(QualityCheckTemplatesTest, ChecksOfAnUnlockedOneStayAsTheyAre) {
  const Json made = MakeTemplate({{"template_locked", false}});
  MakeChecks(made);
  Call("PUT", PathOf(made), 200, {{"filter", "name = each('US')"}, {"coverage", 0.5}});
  const Json checks = ChecksOf(made);
  EXPECT_EQ(checks.size(), 4u);
  EXPECT_EQ(checks[0]["coverage"], 1);
  Call("DELETE", PathOf(made), 204);
  EXPECT_EQ(Call("GET", "/quality-checks/" + checks[0]["id"].dump(), 200)["template_id"],
            nullptr);
}

TEST_F(QualityCheckTemplatesTest, AChangeThatDoesNotFitOneOfItsChecksIsRefusedAsAWhole) {
  const Json made = MakeTemplate();
  MakeChecks(made);
  EXPECT_THAT(Faults("PUT", PathOf(made), {{"filter", "nam = each('EU', 'US')"}}),
              ElementsAre(Pair("body", HasSubstr("orders_*.csv"))));
  EXPECT_THAT(Faults("PUT", PathOf(made), {{"properties", {{"min", 9}, {"max", 1}}}}),
              ElementsAre(Pair("body", HasSubstr("does not fit a check of this template"))));
  EXPECT_THAT(Faults("PUT", PathOf(made), {{"rule", "notNull"}}),
              ElementsAre(Pair("body.rule", "cannot change from between")));
  EXPECT_EQ(Call("GET", PathOf(made), 200), [&] {
    Json unchanged = made;
    unchanged["template_checks_count"] = 4;
    return unchanged;
  }());
}

TEST_F(QualityCheckTemplatesTest, AChangeThatMakesTwoChecksAssertTheSameIsRefused) {
  const Json made = MakeTemplate();
  MakeChecks(made);
  Json other = Payload();
  other.update(
      {{"container_id", orders_}, {"fields", {"id"}}, {"filter", "id > 1 AND name = 'EU'"}});
  Call("POST", "/quality-checks", 201, other);
  Call("PUT", PathOf(made), 409, {{"filter", "id > 1 AND name = each('EU', 'US')"}});
}

TEST_F(QualityCheckTemplatesTest, AreForManagersWhoMayChangeTheChecks) {
  const Json made = MakeTemplate();
  MakeChecks(made);
  const auto status = [&](const std::string& method, const std::string& path,
                          const std::string& token, const Json& body) {
    return Send(method, path, PrintJson(body), token).status;
  };
  const std::string member = TokenWith("Member", "Editor");
  EXPECT_EQ(status("POST", "/quality-check-templates", member, Payload()), 403);
  EXPECT_EQ(status("PUT", PathOf(made), member, {{"coverage", 0.5}}), 403);
  EXPECT_EQ(Send("GET", PathOf(made), "", member).status, 200);
  const std::string drafter = TokenWith("Manager", "Drafter");
  EXPECT_EQ(status("POST", "/quality-check-templates", drafter, Payload()), 201);
  const auto refused = Send("PUT", PathOf(made), PrintJson({{"coverage", 0.5}}), drafter);
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.body, HasSubstr("you lack it: 2 of 2"));
  EXPECT_EQ(status("PUT", PathOf(made), drafter, {{"description", "better"}}), 200);
  const std::string author = TokenWith("Manager", "Author");
  EXPECT_EQ(status("PUT", PathOf(made), author, {{"coverage", 0.5}}), 200);
}

TEST_F(QualityCheckTemplatesTest, WhatTheyDoIsInTheAuditLog) {
  const Json made = MakeTemplate();
  MakeChecks(made);
  Call("PUT", PathOf(made), 200, {{"filter", "name = each('EU')"}});
  Call("DELETE", PathOf(made), 204);
  const Json log = Call("GET", "/audit?size=100", 200);
  std::map<std::string, int> entries;
  for (const Json& entry : log["items"]) {
    ++entries[entry["action"].get<std::string>() + " " +
              entry["entity_type"].get<std::string>()];
  }
  EXPECT_EQ(entries["create quality_check_template"], 1);
  EXPECT_EQ(entries["update quality_check_template"], 1);
  EXPECT_EQ(entries["delete quality_check_template"], 1);
  EXPECT_EQ(entries["create quality_check"], 4);
  EXPECT_EQ(entries["delete quality_check"], 2);
}

}  // namespace
}  // namespace assay::api
