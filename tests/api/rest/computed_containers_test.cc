// Tests of api/rest/computed_containers.cc, and of what api/rest/containers.cc does with them.

#include "store/quality_checks.h"
#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::StartsWith;

class ComputedContainersTest : public ApiTest {
 protected:
  int64_t datastore_ = MakeDatastore("lake");
  int64_t orders_ = MakeContainer(datastore_, "orders.csv");
  int64_t customers_ = MakeContainer(datastore_, "customers.csv");

  Json File(const std::string& name, const std::string& select) const {
    return Json::object({{"container_type", "computed_file"},
                         {"name", name},
                         {"datastore_id", datastore_},
                         {"source_container_id", orders_},
                         {"select_clause", select}});
  }
  Json Join() const {
    return Json::object({{"container_type", "computed_join"},
                         {"name", "joined"},
                         {"left_container_id", orders_},
                         {"right_container_id", customers_},
                         {"left_join_field_name", "id"},
                         {"right_join_field_name", "id"},
                         {"select_clause", "l.id, r_name AS name"},
                         {"join_type", "inner"},
                         {"left_prefix", "l"},
                         {"right_prefix", "r"}});
  }

  int64_t Make(const Json& body) {
    return Call("POST", "/containers", 201, body)["id"].get<int64_t>();
  }
  static std::string PathOf(int64_t id) { return fmt::format("/containers/{}", id); }

  /// As its profile would leave it.
  void SetFields(int64_t container, const std::vector<std::string>& names) {
    std::vector<store::Field> fields;
    for (const std::string& name : names) {
      fields.push_back({.name = name,
                        .position = std::ssize(fields),
                        .type = "String",
                        .native_type = "VARCHAR"});
    }
    EXPECT_TRUE(store::FieldRecords(installation_->database())
                    .Synchronize(container, fields, clock_.Now()));
  }

  void AddCheck(int64_t container, const std::string& field,
                const std::string& rule = "notNull") {
    Call("POST", "/quality-checks", 201,
         Json::object({{"container_id", container},
                       {"rule", rule},
                       {"description", "d"},
                       {"fields", Json::array({field})}}));
  }

  Json Operations() {
    return Call("GET",
                fmt::format("/operations?page=1&size=10&datastore={}&operation_type=profile&"
                            "sort_created=desc",
                            datastore_),
                200);
  }
};

TEST_F(ComputedContainersTest, MakesOneAndQueuesItsProfile) {
  const int before = wakes_;
  Json body = File("big", "id, upper(name) AS n");
  body["where_clause"] = "id > 0";
  body["description"] = "d";
  body["tags"] = Json::array({"a"});
  const Json made = Call("POST", "/containers", 201, body);
  EXPECT_EQ(made["container_type"], "computed_file");
  EXPECT_EQ(made["name"], "big");
  EXPECT_EQ(made["source_container_id"], orders_);
  EXPECT_EQ(made["select_clause"], "id, upper(name) AS n");
  EXPECT_EQ(made["where_clause"], "id > 0");
  EXPECT_EQ(made["group_by_clause"], nullptr);
  EXPECT_EQ(made["description"], "d");
  EXPECT_EQ(made["table_type"], nullptr);
  EXPECT_EQ(made["global_tags"][0]["name"], "a");
  EXPECT_EQ(made["datastore"]["id"], datastore_);
  EXPECT_FALSE(made.contains("file_name"));
  EXPECT_FALSE(made.contains("is_missing"));
  EXPECT_FALSE(made.contains("has_header"));
  EXPECT_EQ(Call("GET", PathOf(made["id"].get<int64_t>()), 200), made);
  EXPECT_FALSE(Call("GET", PathOf(orders_), 200).contains("select_clause"));
  EXPECT_GT(wakes_, before);
  const Json operations = Operations();
  ASSERT_EQ(operations["total"], 1);
  EXPECT_EQ(operations["items"][0]["type"], "profile");
  EXPECT_EQ(Pluck(Call("GET", "/containers?container_type=computed_file", 200), "name"),
            std::vector<Json>{"big"});
}

TEST_F(ComputedContainersTest, MakesJoins) {
  const Json made = Call("POST", "/containers", 201, Join());
  EXPECT_EQ(made["left_container_id"], orders_);
  EXPECT_EQ(made["join_type"], "inner");
  EXPECT_EQ(made["right_prefix"], "r");
  Json wrong = Join();
  wrong["name"] = "other";
  wrong["right_join_field_name"] = "idd";
  EXPECT_THAT(Faults("POST", "/containers", wrong),
              ElementsAre(Pair("body.right_join_field_name",
                               "no such field: 'idd'; did you mean 'id'?")));
  wrong = Join();
  wrong["datastore_id"] = MakeDatastore("other");
  EXPECT_THAT(Faults("POST", "/containers", wrong),
              ElementsAre(Pair("body.datastore_id", HasSubstr("must be the datastore of"))));
}

TEST_F(ComputedContainersTest, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(
      Faults("POST", "/containers", File("x", "id, nam")),
      ElementsAre(Pair("body.select_clause",
                       "line 1, column 5: no such field: 'nam'; did you mean 'name'?")));
  EXPECT_THAT(Faults("POST", "/containers", File("x", "sum(id) OVER () AS x")),
              ElementsAre(Pair("body.select_clause", HasSubstr("a window function"))));
  EXPECT_THAT(Faults("POST", "/containers", File("x", " ")),
              ElementsAre(Pair("body.select_clause", "must not be empty")));
  Json body = File("x", "id");
  body["where_clause"] = "id";
  EXPECT_THAT(Faults("POST", "/containers", body),
              ElementsAre(Pair("body.where_clause",
                               "a condition must be true or false, this one is bigint")));
  body = File("x", "id");
  body["source_container_id"] = 99;
  EXPECT_THAT(
      Faults("POST", "/containers", body),
      ElementsAre(Pair("body.source_container_id", StartsWith("there is no container"))));
  body.erase("source_container_id");
  EXPECT_THAT(Faults("POST", "/containers", body),
              ElementsAre(Pair("body.source_container_id", "is required")));
  body = File("x", "id");
  body["container_type"] = "file";
  EXPECT_THAT(Faults("POST", "/containers", body),
              ElementsAre(Pair(
                  "body.container_type",
                  HasSubstr("must be one of computed_table, computed_file, computed_join"))));
  EXPECT_THAT(Faults("POST", "/containers", Json::object()),
              ::testing::UnorderedElementsAre(Pair("body.container_type", "is required"),
                                              Pair("body.name", "is required")));
}

TEST_F(ComputedContainersTest, AComputedTableNeedsADatabase) {
  const Json body = Json::object({{"container_type", "computed_table"},
                                  {"name", "t"},
                                  {"datastore_id", datastore_},
                                  {"query", "select 1"}});
  EXPECT_THAT(Faults("POST", "/containers", body),
              ElementsAre(Pair("body.container_type", HasSubstr("make a computed_file"))));
  Json without = body;
  without.erase("datastore_id");
  EXPECT_THAT(Faults("POST", "/containers", without),
              ElementsAre(Pair("body.datastore_id", HasSubstr("is required"))));
  without = body;
  without.erase("query");
  EXPECT_THAT(Faults("POST", "/containers", without),
              ElementsAre(Pair("body.query", HasSubstr("must not be empty"))));
}

TEST_F(ComputedContainersTest, ValidatesWithoutMaking) {
  Json body = File("x", "id");
  body.erase("name");
  Call("POST", "/containers/validate?timeout_seconds=60", 204,
       Json::object({{"container", body}}));
  EXPECT_EQ(Call("GET", "/containers", 200)["total"], 2);
  EXPECT_EQ(Operations()["total"], 0);
  body["select_clause"] = "idd";
  EXPECT_THAT(Faults("POST", "/containers/validate", Json::object({{"container", body}})),
              ElementsAre(Pair("body.container.select_clause",
                               StartsWith("line 1, column 1: no such field: 'idd'"))));
  EXPECT_THAT(Faults("POST", "/containers/validate", Json::object()),
              ElementsAre(Pair("body.container", "is required")));
}

TEST_F(ComputedContainersTest, NamesAreUnique) {
  Make(File("x", "id"));
  Call("POST", "/containers", 409, File("x", "id"));
  Call("POST", "/containers", 409, File("orders.csv", "id"));
}

TEST_F(ComputedContainersTest, PutChangesWhatItIsMadeOf) {
  const int64_t id = Make(File("x", "id, name"));
  const Json changed = Call("PUT", PathOf(id), 200,
                            Json::object({{"container_type", "computed_file"},
                                          {"name", "y"},
                                          {"select_clause", "id"},
                                          {"description", "d"}}));
  EXPECT_EQ(changed["name"], "y");
  EXPECT_EQ(changed["select_clause"], "id");
  EXPECT_EQ(changed["source_container_id"], orders_);
  EXPECT_EQ(changed["description"], "d");
  EXPECT_EQ(Operations()["total"], 2);
  // What it was read as can be sent back.
  EXPECT_EQ(Call("PUT", PathOf(id), 200, changed), changed);
  EXPECT_EQ(Operations()["total"], 2);
  EXPECT_THAT(Faults("PUT", PathOf(id), Json::object({{"select_clause", "id +"}})),
              ElementsAre(Pair("body.select_clause",
                               StartsWith("line 1, column 5: expected a value"))));
  EXPECT_THAT(Faults("PUT", PathOf(id), Json::object({{"source_container_id", id}})),
              ElementsAre(Pair("body", "a container cannot be computed of itself: y")));
  Call("PUT", PathOf(id), 409, Json::object({{"name", "orders.csv"}}));
}

TEST_F(ComputedContainersTest, FieldsWithChecksVanishOnlyByForce) {
  const int64_t id = Make(File("x", "id, name, upper(name) AS big"));
  SetFields(id, {"id", "name", "big"});
  AddCheck(id, "name");
  AddCheck(id, "name", "unique");
  const Json body = Json::object({{"select_clause", "id"}});
  const Json answer = Call("PUT", PathOf(id), 409, body);
  EXPECT_THAT(answer["message"].get<std::string>(),
              HasSubstr("force_drop_fields: name (2 checks)"));
  EXPECT_EQ(Call("GET", PathOf(id), 200)["select_clause"], "id, name, upper(name) AS big");
  Call("PUT", PathOf(id), 200, Json::object({{"select_clause", "id, name"}}));
  Call("PUT", PathOf(id) + "?force_drop_fields=True", 200, body);
  Call("PUT", PathOf(id), 200, Json::object({{"select_clause", "id, name"}}));
  Call("PUT", PathOf(id), 200,
       Json::object({{"select_clause", "id"}, {"force_drop_fields", true}}));
}

TEST_F(ComputedContainersTest, IsDeletedWithAllOfIt) {
  const int64_t id = Make(File("x", "id"));
  SetFields(id, {"id"});
  AddCheck(id, "id");
  Json of_it = File("y", "id");
  of_it["source_container_id"] = id;
  const int64_t other = Make(of_it);
  EXPECT_THAT(Call("DELETE", PathOf(id), 409)["message"].get<std::string>(),
              HasSubstr("delete those first: y"));
  Call("DELETE", PathOf(other), 204);
  Call("DELETE", PathOf(id), 204);
  Call("GET", PathOf(id), 404);
  Call("DELETE", PathOf(id), 404);
  EXPECT_EQ(Call("GET", "/quality-checks", 200)["total"], 0);
}

TEST_F(ComputedContainersTest, AListedContainerIsKeptOutOfSight) {
  const int64_t id = Make(File("x", "id"));
  EXPECT_THAT(Call("DELETE", PathOf(orders_), 409)["message"].get<std::string>(),
              HasSubstr("delete those first: x"));
  Call("DELETE", PathOf(id), 204);
  Call("DELETE", PathOf(orders_), 204);
  EXPECT_EQ(Pluck(Call("GET", "/containers?archived=only", 200), "id"),
            std::vector<Json>{orders_});
}

TEST_F(ComputedContainersTest, NeedsEditorsOfEveryDatastoreInIt) {
  Call("POST", "/teams", 201, Json::object({{"name", "elsewhere"}, {"permission", "Editor"}}));
  const std::string member = TokenOf("ann", "Member");
  EXPECT_EQ(Send("POST", "/containers", PrintJson(File("x", "id")), member).status, 201);
  const int64_t hidden = MakeDatastore("hidden");
  Call("PUT", fmt::format("/datastores/{}", hidden), 200,
       Json::object({{"teams", Json::array({"elsewhere"})}}));
  const int64_t secret = MakeContainer(hidden, "secret.csv");
  Json join = Join();
  join["right_container_id"] = secret;
  EXPECT_EQ(Send("POST", "/containers", PrintJson(join), member).status, 404);
  EXPECT_EQ(Send("POST", "/containers/validate", PrintJson(Json::object({{"container", join}})),
                 member)
                .status,
            404);
  EXPECT_EQ(Send("PUT", PathOf(Make(Join())),
                 PrintJson(Json::object({{"right_container_id", secret}})), member)
                .status,
            404);
}

TEST_F(ComputedContainersTest, ChangesAreAudited) {
  const int64_t id = Make(File("x", "id"));
  Call("PUT", PathOf(id), 200, Json::object({{"select_clause", "name"}}));
  const Json entries =
      Call("GET", fmt::format("/audit?entity_type=container&entity_id={}", id), 200)["items"];
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0]["before"]["definition"]["select_clause"], "id");
  EXPECT_EQ(entries[0]["after"]["definition"]["select_clause"], "name");
}

}  // namespace
}  // namespace assay::api
