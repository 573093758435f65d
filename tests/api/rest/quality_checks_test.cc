// Tests of api/rest/quality_checks.cc.

#include "store/quality_checks.h"

#include "store/users.h"
#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

class QualityChecksTest : public ApiTest {
 protected:
  int64_t datastore_ = MakeDatastore("lake");
  int64_t container_ = MakeContainer(datastore_, "orders_*.csv");

  Json Payload() const {
    return {{"container_id", container_},
            {"rule", "between"},
            {"description", "id within 5..20"},
            {"fields", {"id"}},
            {"coverage", 1},
            {"filter", "name = 'open'"},
            {"properties", {{"min", 5}, {"max", 20}}},
            {"tags", {"critical"}},
            {"additional_metadata", {{"_qualytics_check_uid", "orders__between__id"}}},
            {"status", "Active"},
            {"template_id", nullptr},
            {"anomaly_message_field", nullptr},
            {"owner_id", nullptr},
            {"default_anomaly_assignee_id", nullptr}};
  }

  static std::string PathOf(const Json& check) {
    return "/quality-checks/" + check["id"].dump();
  }
};

TEST_F(QualityChecksTest, WritesAndShowsOne) {
  const Json made = Call("POST", "/quality-checks", 201, Payload());
  EXPECT_EQ(made["rule_type"], "between");
  EXPECT_EQ(made["container"],
            Json({{"id", container_}, {"name", "orders_*.csv"}, {"container_type", "file"}}));
  EXPECT_EQ(made["fields"][0]["name"], "id");
  EXPECT_EQ(made["fields"][0]["type"], "Integral");
  EXPECT_TRUE(made["fields"][0]["id"].is_number_integer());
  EXPECT_EQ(made["filter"], "name = 'open'");
  EXPECT_EQ(made["properties"], Json({{"min", 5}, {"max", 20}}));
  EXPECT_THAT(Pluck(made["global_tags"], "name"), ElementsAre("critical"));
  EXPECT_EQ(made["additional_metadata"],
            Json({{"_qualytics_check_uid", "orders__between__id"}}));
  EXPECT_EQ(made["status"], "Active");
  EXPECT_EQ(made["inferred"], false);
  EXPECT_EQ(made["is_template"], false);
  EXPECT_EQ(made["deleted_at"], nullptr);
  EXPECT_EQ(made["owner_id"], 1);
  EXPECT_EQ(made["last_editor"], "admin");
  EXPECT_EQ(Call("GET", PathOf(made), 200), made);
  const Json page =
      Call("GET", fmt::format("/quality-checks?container={}&size=100", container_), 200);
  EXPECT_EQ(page["items"], Json::array({made}));
}

TEST_F(QualityChecksTest, RefusesASecondOneThatAssertsTheSame) {
  const Json made = Call("POST", "/quality-checks", 201, Payload());
  const Json answer = Call("POST", "/quality-checks", 409, Payload());
  EXPECT_THAT(answer["detail"].get<std::string>(), HasSubstr(made["id"].dump()));
}

TEST_F(QualityChecksTest, RefusesOnesThatDoNotFit) {
  const auto faults = [&](const char* key, const Json& value) {
    Json payload = Payload();
    payload[key] = value;
    return Faults("POST", "/quality-checks", payload);
  };
  EXPECT_THAT(
      faults("rule", "nonsense"),
      ElementsAre(Pair("body.rule", ::testing::HasSubstr("no such rule type: 'nonsense'"))));
  EXPECT_THAT(faults("rule", nullptr), ElementsAre(Pair("body.rule", "is required")));
  EXPECT_THAT(faults("container_id", 99),
              ElementsAre(Pair("body.container_id", HasSubstr("99"))));
  EXPECT_THAT(faults("container_id", nullptr),
              ElementsAre(Pair("body.container_id", "is required")));
  EXPECT_THAT(faults("coverage", 1.5),
              ElementsAre(Pair("body.coverage", "must be between 0 and 1")));
  EXPECT_THAT(faults("fields", {"idd"}), ElementsAre(Pair("body", HasSubstr("idd"))));
  EXPECT_THAT(faults("properties", {{"min", 20}, {"max", 5}}),
              ElementsAre(Pair("body", HasSubstr("m"))));
  EXPECT_THAT(faults("filter", "name = = 1"), ElementsAre(Pair("body", HasSubstr("filter"))));
  EXPECT_THAT(faults("status", "Paused"),
              ElementsAre(Pair("body.status", HasSubstr("must be one of"))));
  EXPECT_THAT(faults("owner_id", 99), ElementsAre(Pair("body.owner_id", HasSubstr("99"))));
  EXPECT_EQ(Call("GET", "/quality-checks", 200)["total"], 0);
}

TEST_F(QualityChecksTest, ChecksTheContainerThatItRefersTo) {
  const int64_t other = MakeDatastore("other");
  const int64_t customers = MakeContainer(other, "customers.csv");
  Json payload = Payload();
  payload["rule"] = "existsIn";
  payload["filter"] = nullptr;
  const auto faults = [&](Json properties) {
    payload["properties"] = std::move(properties);
    return Faults("POST", "/quality-checks", payload);
  };
  EXPECT_THAT(faults({{"ref_container_id", 99}, {"field_name", "id"}}),
              ElementsAre(Pair("body.properties.ref_container_id", HasSubstr("99"))));
  EXPECT_THAT(faults({{"ref_container_id", customers},
                      {"ref_datastore_id", datastore_},
                      {"field_name", "id"}}),
              ElementsAre(Pair("body.properties.ref_container_id", HasSubstr("is not in"))));
  EXPECT_THAT(
      faults({{"ref_container_name", "customers.csv"}, {"field_name", "id"}}),
      ElementsAre(Pair("body.properties.ref_container_name", HasSubstr("customers.csv"))));
  EXPECT_THAT(faults({{"ref_container_id", customers}, {"field_name", "idd"}}),
              ElementsAre(Pair("body", HasSubstr("of customers.csv: no such field: 'idd'"))));
  EXPECT_THAT(faults({{"ref_container_id", customers}, {"field_name", "name"}}),
              ElementsAre(Pair("body", HasSubstr("cannot be compared"))));
  EXPECT_THAT(faults({{"field_name", "id"}}),
              ElementsAre(Pair("body", HasSubstr("ref_container_id: is required"))));

  const Json properties = {
      {"ref_datastore_id", other}, {"ref_container_id", customers}, {"field_name", "id"}};
  payload["properties"] = properties;
  const Json made = Call("POST", "/quality-checks", 201, payload);
  EXPECT_EQ(made["properties"], properties);

  // Once the other one is deleted the check can still be shown, archived and removed.
  ASSERT_TRUE(
      store::Containers(installation_->database()).MarkDeleted(customers, clock_.Now()));
  EXPECT_THAT(Faults("PUT", PathOf(made), {{"description", "still"}}),
              ElementsAre(Pair("body.properties.ref_container_id", HasSubstr("was deleted"))));
  Call("GET", PathOf(made), 200);
  Call("DELETE", PathOf(made) + "?archive=true&status=Discarded", 204);
}

TEST_F(QualityChecksTest, RefersOnlyToContainersWhoseRecordsTheCallerMaySee) {
  const int64_t other = MakeDatastore("other");
  const int64_t customers = MakeContainer(other, "customers.csv");
  store::Team team;
  team.created = clock_.Now();
  team.name = "Secret";
  team.permission = "Editor";
  ASSERT_TRUE(store::Teams(installation_->database()).Create(team));
  Call("PUT", fmt::format("/datastores/{}", other), 200, {{"teams", {"Secret"}}});
  Json payload = Payload();
  payload["rule"] = "existsIn";
  payload["filter"] = nullptr;
  payload["properties"] = {{"ref_container_id", customers}, {"field_name", "id"}};
  const auto reply =
      Send("POST", "/quality-checks", PrintJson(payload), TokenOf("ann", "Member"));
  EXPECT_EQ(reply.status, 422);
  EXPECT_THAT(reply.body, HasSubstr("whose records you may see"));
}

TEST_F(QualityChecksTest, LooksAtQueriesAndAllContainersThatTheyReadFrom) {
  const int64_t other = MakeDatastore("other");
  const int64_t customers = MakeContainer(other, "customers.csv");
  Json payload = Payload();
  payload["rule"] = "sqlAssertion";
  payload["fields"] = Json::array();
  payload["filter"] = nullptr;
  const auto with = [&](const std::string& query, int64_t container) {
    payload["properties"] = {
        {"query", query},
        {"references",
         Json::array({Json::object(
             {{"name", "c"}, {"ref_datastore_id", other}, {"ref_container_id", container}})})}};
    return payload;
  };
  const auto faults = [&](const std::string& query, int64_t container) {
    return Faults("POST", "/quality-checks", with(query, container));
  };
  EXPECT_THAT(faults("SELECT *\nFROM read_csv('/etc/passwd')", customers),
              ElementsAre(Pair("body", HasSubstr("read_csv cannot be used in checks at line 2, "
                                                 "column 6"))));
  EXPECT_THAT(faults("SELECT * FROM customers", customers),
              ElementsAre(Pair("body", HasSubstr("there is no table customers"))));
  EXPECT_THAT(faults("SELECT * FROM this", 99),
              ElementsAre(Pair("body.properties.ref_container_id", HasSubstr("99"))));
  const std::string query = "SELECT * FROM this ANTI JOIN c USING (id)";
  Call("POST", "/quality-checks", 201, with(query, customers));

  store::Team team;
  team.created = clock_.Now();
  team.name = "Secret";
  team.permission = "Editor";
  ASSERT_TRUE(store::Teams(installation_->database()).Create(team));
  Call("PUT", fmt::format("/datastores/{}", other), 200, {{"teams", {"Secret"}}});
  const auto reply =
      Send("POST", "/quality-checks", PrintJson(with(query + " LIMIT 1", customers)),
           TokenOf("ann", "Member"));
  EXPECT_EQ(reply.status, 422);
  EXPECT_THAT(reply.body, HasSubstr("whose records you may see"));
}

TEST_F(QualityChecksTest, LeavesPlaceholdersToTheScan) {
  Json payload = Payload();
  payload["filter"] = "id > {{ low }}";
  EXPECT_EQ(Call("POST", "/quality-checks", 201, payload)["filter"], "id > {{ low }}");
}

TEST_F(QualityChecksTest, PutReplacesWhatItNamesAndTakesItsOwnAnswerBack) {
  const Json made = Call("POST", "/quality-checks", 201, Payload());
  Json expected = made;
  expected["coverage"] = 0.9;
  expected["filter"] = nullptr;
  Json changed = Call("PUT", PathOf(made), 200,
                      {{"description", made["description"]},
                       {"fields", {"id"}},
                       {"coverage", 0.9},
                       {"filter", nullptr},
                       {"properties", made["properties"]},
                       {"tags", {"critical"}},
                       {"additional_metadata", made["additional_metadata"]},
                       {"status", "Active"},
                       {"id", 7},
                       {"created", "whenever"}});
  expected["last_updated"] = changed["last_updated"];
  EXPECT_EQ(changed, expected);
}

TEST_F(QualityChecksTest, PutTakesTheFieldsOfItsOwnAnswer) {
  const Json made = Call("POST", "/quality-checks", 201, Payload());
  Json changed = Call("PUT", PathOf(made), 200, made);
  changed["last_updated"] = made["last_updated"];
  EXPECT_EQ(changed, made);
  EXPECT_THAT(
      Faults("PUT", PathOf(made), {{"fields", {5}}}),
      ElementsAre(Pair("body", HasSubstr("fields: item 1: must be the name of a field"))));
}

TEST_F(QualityChecksTest, PutCannotChangeRuleOrContainer) {
  const Json made = Call("POST", "/quality-checks", 201, Payload());
  EXPECT_THAT(Faults("PUT", PathOf(made), {{"rule_type", "notNull"}}),
              ElementsAre(Pair("body.rule", "cannot change from between")));
  EXPECT_THAT(
      Faults("PUT", PathOf(made), {{"container_id", 99}}),
      ElementsAre(Pair("body.container_id", fmt::format("cannot change from {}", container_))));
  EXPECT_EQ(Call("PUT", PathOf(made), 200,
                 {{"rule", "between"}, {"container_id", container_}})["rule_type"],
            "between");
}

TEST_F(QualityChecksTest, TheOrderOfKeysInPropertiesMeansNothing) {
  store::QualityCheck inferred;
  inferred.created = clock_.Now();
  inferred.container_id = container_;
  inferred.rule_type = "between";
  inferred.fields = {"id"};
  inferred.properties = {{"min", 5}, {"max", 20}};
  inferred.inferred = true;
  const auto stored = store::QualityChecks(installation_->database()).Create(inferred);
  ASSERT_TRUE(stored);
  const std::string path = fmt::format("/quality-checks/{}", stored->id);
  const Json sorted = {{"properties", {{"max", 20}, {"min", 5}}}};
  EXPECT_EQ(Call("PUT", path, 200, sorted)["inferred"], true);
  const Json other = {{"properties", {{"max", 20}, {"min", 6}}}};
  EXPECT_EQ(Call("PUT", path, 200, other)["inferred"], false);
}

TEST_F(QualityChecksTest, EditingTheMeaningOfAnInferredOneMakesItAuthored) {
  store::QualityCheck inferred;
  inferred.created = clock_.Now();
  inferred.container_id = container_;
  inferred.rule_type = "notNull";
  inferred.fields = {"id"};
  inferred.inferred = true;
  const auto stored = store::QualityChecks(installation_->database()).Create(inferred);
  ASSERT_TRUE(stored) << stored.error().message;
  const std::string path = fmt::format("/quality-checks/{}", stored->id);
  EXPECT_EQ(Call("PUT", path, 200, {{"description", "d"}, {"status", "Draft"}})["inferred"],
            true);
  EXPECT_THAT(Pluck(Call("GET", "/quality-checks?inferred=True", 200), "id"),
              ElementsAre(stored->id));
  EXPECT_EQ(Call("PUT", path, 200, {{"coverage", 0.5}})["inferred"], false);
}

TEST_F(QualityChecksTest, ListsByFilter) {
  const Json between = Call("POST", "/quality-checks", 201, Payload());
  const Json not_null = Call("POST", "/quality-checks", 201,
                             {{"container_id", container_},
                              {"rule", "notNull"},
                              {"description", ""},
                              {"fields", {"name"}},
                              {"status", "Draft"}});
  const auto ids = [&](const std::string& query) {
    return Pluck(Call("GET", "/quality-checks?" + query, 200), "id");
  };
  EXPECT_THAT(ids(fmt::format("datastore={}&page=1&size=100", datastore_)),
              ElementsAre(between["id"], not_null["id"]));
  EXPECT_THAT(ids("status=Draft"), ElementsAre(not_null["id"]));
  EXPECT_THAT(ids("status=Draft&status=Active"), ElementsAre(between["id"], not_null["id"]));
  EXPECT_THAT(ids("rule_type=between"), ElementsAre(between["id"]));
  EXPECT_THAT(ids("field=name"), ElementsAre(not_null["id"]));
  EXPECT_THAT(ids("tag=critical"), ElementsAre(between["id"]));
  EXPECT_THAT(ids("datastore=99"), ElementsAre());
  EXPECT_THAT(ids("search=WITHIN"), ElementsAre(between["id"]));
  EXPECT_THAT(ids("template_only=true"), ElementsAre());
  EXPECT_THAT(ids("sort_rule_type=desc"), ElementsAre(not_null["id"], between["id"]));
  EXPECT_THAT(ids("owner=1"), ElementsAre(between["id"], not_null["id"]));
  EXPECT_THAT(ids("owner=2"), ElementsAre());
  EXPECT_THAT(ids("important=true"), ElementsAre(between["id"], not_null["id"]));
  EXPECT_THAT(ids("favorite=true"), ElementsAre());
  EXPECT_THAT(ids("template=1"), ElementsAre());
  EXPECT_THAT(ids("asserted_state=passed&asserted_state=failed"), ElementsAre());
  EXPECT_THAT(ids("asserted_state=not_asserted"), ElementsAre(between["id"], not_null["id"]));
  EXPECT_THAT(Faults("GET", "/quality-checks?asserted_state=maybe"),
              ElementsAre(Pair("query.asserted_state", HasSubstr("must be one of"))));
}

TEST_F(QualityChecksTest, TagsWeigh) {
  const Json between = Call("POST", "/quality-checks", 201, Payload());
  const Json not_null =
      Call("POST", "/quality-checks", 201,
           {{"container_id", container_}, {"rule", "notNull"}, {"fields", {"name"}}});
  const auto weights = [&] {
    return Pluck(Call("GET", "/quality-checks?sort_weight=desc", 200), "weight");
  };
  EXPECT_THAT(weights(), ElementsAre(11, 10));
  Call("PUT", "/global-tags/critical", 200, {{"weight_modifier", -2}});
  EXPECT_THAT(weights(), ElementsAre(10, 9));
  EXPECT_EQ(Call("GET", PathOf(between), 200)["weight"], 9);
  Call("PUT", fmt::format("/containers/{}", container_), 200, {{"tags", {"critical"}}});
  EXPECT_THAT(weights(), ElementsAre(8, 7));
}

TEST_F(QualityChecksTest, OwnersMayWriteDraftsThere) {
  TokenOf("ann", "Member");
  Json payload = Payload();
  payload["owner_id"] = 2;
  const Json made = Call("POST", "/quality-checks", 201, payload);
  EXPECT_EQ(made["owner_id"], 2);
  store::Teams teams(installation_->database());
  store::Team everybody = teams.FindByName("Public").value();
  everybody.permission = "Viewer";
  ASSERT_TRUE(teams.Update(everybody));
  // An owner who has lost the permission stays; a new one needs it.
  Call("PUT", PathOf(made), 200, {{"description", "d"}});
  Call("PUT", PathOf(made), 200, {{"owner_id", 1}});
  EXPECT_THAT(Faults("PUT", PathOf(made), {{"owner_id", 2}}),
              ElementsAre(Pair("body.owner_id", HasSubstr("Drafter"))));
}

TEST_F(QualityChecksTest, SaysWhatProfilesMayFillIn) {
  const auto inferrable = [&](bool inferred, const std::string& rule) {
    store::QualityCheck check;
    check.created = clock_.Now();
    check.container_id = container_;
    check.rule_type = rule;
    check.fields = {"id"};
    check.properties = {{"n", inferred ? 1 : 2}};
    check.inferred = inferred;
    const auto stored = store::QualityChecks(installation_->database()).Create(check);
    EXPECT_TRUE(stored) << stored.error().message;
    const Json shown = Call("GET", fmt::format("/quality-checks/{}", stored->id), 200);
    return std::vector<Json>{shown["is_properties_inferrable"], shown["is_coverage_inferrable"],
                             shown["is_description_inferrable"]};
  };
  EXPECT_THAT(inferrable(true, "between"), ElementsAre(true, true, true));
  EXPECT_THAT(inferrable(true, "notNull"), ElementsAre(false, true, true));
  EXPECT_THAT(inferrable(false, "between"), ElementsAre(false, false, false));
}

}  // namespace
}  // namespace assay::api
