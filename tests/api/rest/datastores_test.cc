// Tests of api/rest/datastores.cc.

#include "tests/api/api_fixture.h"

#include "store/operations.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class DatastoresTest : public ApiTest {
 protected:
  Json NewConnection(const std::string& name = "your_connection_name") {
    return {{"name", name}, {"type", "local"}, {"uri", MakeFolder("bucket")}};
  }

  /// The vendor's payload with a new connection.
  Json Payload(const std::string& enrichment_key, bool enrichment) {
    return {{"name", "your_datastore_name"}, {"teams", {"Public"}},
            {"trigger_catalog", true},       {"root_path", "/s3_root_path"},
            {enrichment_key, enrichment},    {"connection", NewConnection()}};
  }
};

TEST_F(DatastoresTest, MakesASourceWithANewConnectionAndQueuesItsFirstSync) {
  MakeFolder("bucket/s3_root_path");
  const Json made = Call("POST", "/datastores", 201, Payload("enrich_only", false));
  EXPECT_EQ(made["name"], "your_datastore_name");
  EXPECT_GT(made["created"].get<std::string>(), "2026");
  EXPECT_EQ(made["store_type"], "dfs");
  EXPECT_EQ(made["type"], "local");
  EXPECT_EQ(made["root_path"], "/s3_root_path");
  EXPECT_EQ(made["connected"], true);
  EXPECT_EQ(made["favorite"], false);
  EXPECT_EQ(made["enrichment_only"], false);
  EXPECT_EQ(made["teams"], Json::array({{{"id", 1}, {"name", "Public"}}}));
  EXPECT_EQ(made["global_tags"], Json::array());
  EXPECT_EQ(made["enrichment_source_record_limit"], 10);
  EXPECT_EQ(made["high_count_rollup_threshold"], 10);
  EXPECT_EQ(made["enrichment_remediation_strategy"], "none");
  EXPECT_EQ(made["enrich_datastore"], nullptr);
  EXPECT_EQ(made["connection"]["name"], "your_connection_name");
  EXPECT_EQ(made["connection"]["id"], made["connection_id"]);
  EXPECT_EQ(made["latest_operation"]["type"], "sync");
  EXPECT_EQ(made["latest_operation"]["result"], "running");
  EXPECT_EQ(made["latest_operation"]["triggered_by"], "admin");
  EXPECT_EQ(wakes_, 1);
  EXPECT_EQ(Call("GET", "/datastores/" + made["id"].dump(), 200), made);
}

TEST_F(DatastoresTest, MakesOneWithASavedConnection) {
  const Json connection = Call("POST", "/connections", 201, NewConnection("saved"));
  const Json made = Call("POST", "/datastores", 201,
                         {{"name", "orders"},
                          {"teams", {"Public"}},
                          {"trigger_catalog", false},
                          {"root_path", "/"},
                          {"enrich_only", false},
                          {"connection_id", connection["id"]}});
  EXPECT_EQ(made["connection_id"], connection["id"]);
  EXPECT_EQ(made["latest_operation"], nullptr);
  EXPECT_EQ(wakes_, 0);
}

TEST_F(DatastoresTest, MakesEnrichmentDatastoresByBothNamesOfTheKey) {
  MakeFolder("bucket/s3_root_path");
  Json payload = Payload("enrich_only", true);
  const Json old = Call("POST", "/datastores", 201, payload);
  EXPECT_EQ(old["enrichment_only"], true);
  EXPECT_EQ(Call("POST", "/datastores", 201,
                 {{"name", "second"},
                  {"root_path", "/s3_root_path"},
                  {"enrichment_only", true},
                  {"trigger_sync", true},
                  {"connection_id", old["connection_id"]}})["enrichment_only"],
            true);
  EXPECT_THAT(Pluck(Call("GET", "/datastores?enrichment_only=True", 200), "name"),
              ElementsAre("your_datastore_name", "second"));
  EXPECT_THAT(Pluck(Call("GET", "/datastores?enrichment_only=false", 200), "name"),
              ElementsAre());
  EXPECT_THAT(Pluck(Call("GET", "/datastores?name=second", 200), "name"),
              ElementsAre("second"));
}

TEST_F(DatastoresTest, SaysThatAPlaceCannotBeReachedAndMakesItAllTheSame) {
  Json payload = Payload("enrichment_only", false);
  payload["connection"]["uri"] = Path("nowhere");
  EXPECT_EQ(Call("POST", "/datastores", 201, payload)["connected"], false);
}

TEST_F(DatastoresTest, TakesTheSchemaForAMissingRootPath) {
  Json payload = Payload("enrichment_only", false);
  payload.erase("root_path");
  payload["schema"] = "/raw";
  payload["database"] = "unused";
  const Json made = Call("POST", "/datastores", 201, payload);
  EXPECT_EQ(made["root_path"], "/raw");
  // The client that knows no root path sends back all it read, names in place of objects, with
  // another schema.
  Json changed = made;
  changed["teams"] = Pluck(made["teams"], "name");
  changed["connection_id"] = made["connection"]["id"];
  changed.erase("connection");
  changed["schema"] = "/clean";
  EXPECT_EQ(Call("PUT", "/datastores/" + made["id"].dump(), 200, changed)["root_path"],
            "/clean");
}

TEST_F(DatastoresTest, RefusesBodiesThatDoNotFitAndStoresNothing) {
  const auto faults = [&](const char* key, const Json& value) {
    Json payload = Payload("enrichment_only", false);
    payload[key] = value;
    return Faults("POST", "/datastores", payload);
  };
  EXPECT_THAT(Faults("POST", "/datastores"), ElementsAre(Pair("body", "is required")));
  EXPECT_THAT(Faults("POST", "/datastores", Json::object()),
              ElementsAre(Pair("body.name", "is required")));
  EXPECT_THAT(faults("name", ""), ElementsAre(Pair("body.name", "must not be empty")));
  EXPECT_THAT(faults("name", std::string(256, 'x')),
              ElementsAre(Pair("body.name", "must have at most 255 characters")));
  EXPECT_THAT(faults("root_path", nullptr),
              ElementsAre(Pair("body.root_path", "is required: use / for everything")));
  EXPECT_THAT(faults("root_path", "/a/../../b"),
              ElementsAre(Pair("body.root_path", "must not have the levels '.' or '..'")));
  EXPECT_THAT(faults("teams", Json::array()),
              ElementsAre(Pair("body.teams", "must not be empty")));
  EXPECT_THAT(faults("teams", {"Public", "Nobody"}),
              ElementsAre(Pair("body.teams.1", "there is no team 'Nobody'")));
  EXPECT_THAT(faults("enrichment_source_record_limit", 0),
              ElementsAre(Pair("body.enrichment_source_record_limit",
                               "must be between 1 and 1000000000")));
  EXPECT_THAT(
      faults("high_count_rollup_threshold", 1001),
      ElementsAre(Pair("body.high_count_rollup_threshold", "must be between 1 and 1000")));
  EXPECT_THAT(faults("enrichment_prefix", std::string(61, 'x')),
              ElementsAre(Pair("body.enrichment_prefix", HasSubstr("60"))));
  EXPECT_THAT(faults("connection_id", 1),
              ElementsAre(Pair("body.connection", HasSubstr("not both"))));
  EXPECT_THAT(faults("connection", {{"type", "s3"}, {"uri", "s3://b/c"}}),
              ElementsAre(Pair("body.connection.uri", HasSubstr("root_path"))));
  EXPECT_THAT(faults("connection", {{"type", "s3"}}),
              ElementsAre(Pair("body.connection.uri", "is required")));
  EXPECT_THAT(faults("connection", nullptr),
              ElementsAre(Pair("body.connection_id", HasSubstr("is required"))));
  EXPECT_THAT(faults("enrichment_datastore_id", 99),
              ElementsAre(Pair("body.enrichment_datastore_id", HasSubstr("99"))));
  EXPECT_EQ(Call("GET", "/datastores", 200)["total"], 0);
  EXPECT_EQ(Call("GET", "/connections", 200)["total"], 0);
}

TEST_F(DatastoresTest, TakesNullTeamsForPublic) {
  Json payload = Payload("enrichment_only", false);
  payload["teams"] = nullptr;
  payload["tags"] = nullptr;
  EXPECT_THAT(Pluck(Call("POST", "/datastores", 201, payload)["teams"], "name"),
              ElementsAre("Public"));
}

TEST_F(DatastoresTest, RefusesWhatThisVersionDoesNotDo) {
  Json payload = Payload("enrichment_only", false);
  payload["enrichment_remediation_strategy"] = "append";
  EXPECT_THAT(Call("POST", "/datastores", 400, payload)["message"].get<std::string>(),
              HasSubstr("use none"));
}

TEST_F(DatastoresTest, UndoesTheNewConnectionWhenTheDatastoreIsRefused) {
  MakeDatastore("orders");
  Json payload = Payload("enrichment_only", false);
  payload["name"] = "orders";
  Call("POST", "/datastores", 409, payload);
  EXPECT_THAT(Pluck(Call("GET", "/connections", 200), "name"),
              ElementsAre("orders connection"));
}

TEST_F(DatastoresTest, LinksToItsEnrichmentAtOnceAndNormalisesThePrefix) {
  const int64_t enrichment = MakeDatastore("results", true);
  Json payload = Payload("enrichment_only", false);
  payload["enrichment_datastore_id"] = enrichment;
  payload["enrichment_prefix"] = "Orders 2024";
  const Json made = Call("POST", "/datastores", 201, payload);
  EXPECT_EQ(made["enrichment_prefix"], "_orders_2024");
  EXPECT_EQ(made["enrich_datastore"], Json({{"id", enrichment}, {"name", "results"}}));
  Json second = payload;
  second["name"] = "second";
  second["connection"]["name"] = "second";
  second["enrichment_prefix"] = "_orders_2024";
  EXPECT_THAT(Call("POST", "/datastores", 409, second)["message"].get<std::string>(),
              HasSubstr("your_datastore_name"));
}

TEST_F(DatastoresTest, PutTakesItsOwnAnswerBackUnchanged) {
  const int64_t enrichment = MakeDatastore("results", true);
  Json payload = Payload("enrichment_only", false);
  payload["enrichment_datastore_id"] = enrichment;
  payload["description"] = "d";
  Json made = Call("POST", "/datastores", 201, payload);
  Json echo = made;
  echo["teams"] = {"Public"};
  echo["tags"] = Json::array();
  echo.erase("connection");
  EXPECT_EQ(Call("PUT", "/datastores/" + made["id"].dump(), 200, echo), made);
}

TEST_F(DatastoresTest, PutChangesWhatItSaysAndKeepsTheRest) {
  const int64_t id = MakeDatastore("orders");
  const std::string path = fmt::format("/datastores/{}", id);
  Json expected = Call("GET", path, 200);
  expected["name"] = "Orders";
  expected["high_count_rollup_threshold"] = 7;
  Json changed =
      Call("PUT", path, 200, {{"name", "Orders"}, {"high_count_rollup_threshold", 7}});
  EXPECT_EQ(changed, expected);
  changed = Call("PUT", path, 200, {{"tags", {"gold", "b"}}, {"global_tags", Json::array()}});
  EXPECT_THAT(Pluck(changed["global_tags"], "name"), UnorderedElementsAre("b", "gold"));
  EXPECT_EQ(changed["global_tags"][0]["type"], "global");
  EXPECT_THAT(Faults("PUT", path, {{"enrichment_only", true}}),
              ElementsAre(Pair("body.enrichment_only", "cannot change")));
}

TEST_F(DatastoresTest, PutSaysAndRemembersWhetherTheNewPlaceIsReached) {
  const std::string path = fmt::format("/datastores/{}", MakeDatastore("orders"));
  EXPECT_EQ(Call("PUT", path, 200, {{"root_path", "/nowhere"}})["connected"], false);
  EXPECT_EQ(Call("GET", path, 200)["connected"], false);
  EXPECT_EQ(Call("PUT", path, 200, {{"root_path", "/orders"}})["connected"], true);
  EXPECT_EQ(Call("GET", path, 200)["connected"], true);
}

TEST_F(DatastoresTest, PutLinksToAnEnrichmentDatastore) {
  const int64_t enrichment = MakeDatastore("results", true);
  const std::string path = fmt::format("/datastores/{}", MakeDatastore("orders"));
  const Json linked = Call("PUT", path, 200, {{"enrichment_datastore_id", enrichment}});
  EXPECT_EQ(linked["enrich_datastore"], Json({{"id", enrichment}, {"name", "results"}}));
  EXPECT_EQ(linked["enrichment_prefix"], "_orders");
  EXPECT_EQ(Call("PUT", path, 200, {{"enrichment_datastore_id", nullptr}}), linked);
  EXPECT_THAT(Faults("PUT", path, {{"enrichment_datastore_id", 99}}),
              ElementsAre(Pair("body.enrichment_datastore_id", HasSubstr("99"))));
  const int64_t other = MakeDatastore("other", true);
  EXPECT_THAT(Call("PUT", path, 409,
                   {{"enrichment_datastore_id", other}, {"name", "renamed"}})["message"]
                  .get<std::string>(),
              HasSubstr("unlink it first"));
  EXPECT_EQ(Call("GET", path, 200), linked);
}

TEST_F(DatastoresTest, ListsByNameTypeAndTag) {
  const int64_t a = MakeDatastore("a");
  MakeDatastore("b");
  Call("PUT", fmt::format("/datastores/{}", a), 200, {{"tags", {"gold"}}});
  EXPECT_THAT(Pluck(Call("GET", "/datastores?tag=gold", 200), "name"), ElementsAre("a"));
  EXPECT_THAT(Pluck(Call("GET", "/datastores?search=B", 200), "name"), ElementsAre("b"));
  EXPECT_THAT(Pluck(Call("GET", "/datastores?datastore_type=s3", 200), "name"), ElementsAre());
  EXPECT_THAT(Pluck(Call("GET", "/datastores?sort_name=desc&size=1", 200), "name"),
              ElementsAre("b"));
  EXPECT_THAT(Faults("GET", "/datastores?enrichment_only=maybe"),
              ElementsAre(Pair("query.enrichment_only", "must be true or false")));
}

TEST_F(DatastoresTest, DeleteRemovesItAndIsRefusedWhileOthersWriteToIt) {
  const int64_t enrichment = MakeDatastore("results", true);
  const int64_t source = MakeDatastore("orders");
  Call("PATCH", fmt::format("/datastores/{}/enrichment/{}", source, enrichment), 200);
  Call("DELETE", fmt::format("/datastores/{}", enrichment), 409);
  Call("DELETE", fmt::format("/datastores/{}", source), 204);
  Call("DELETE", fmt::format("/datastores/{}", enrichment), 204);
  Call("GET", fmt::format("/datastores/{}", source), 404);
  Call("PUT", fmt::format("/datastores/{}", source), 404, {{"name", "x"}});
}

}  // namespace
}  // namespace assay::api
