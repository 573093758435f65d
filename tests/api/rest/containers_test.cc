// Tests of api/rest/containers.cc.

#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

class ContainersTest : public ApiTest {
 protected:
  int64_t datastore_ = MakeDatastore("lake");
  int64_t orders_ = MakeContainer(datastore_, "orders_*.csv");
  int64_t customers_ = MakeContainer(datastore_, "customers.csv");

  std::string OrdersPath() const { return fmt::format("/containers/{}", orders_); }
};

TEST_F(ContainersTest, ListsThemInPagesAndByFilter) {
  const int64_t other = MakeContainer(MakeDatastore("other"), "orders_*.csv");
  EXPECT_THAT(Pluck(Call("GET", "/containers", 200), "id"),
              ElementsAre(orders_, customers_, other));
  EXPECT_THAT(
      Pluck(Call("GET", fmt::format("/containers?datastore={}&size=1&page=2", datastore_), 200),
            "id"),
      ElementsAre(customers_));
  EXPECT_THAT(Pluck(Call("GET", "/containers?name=customers.csv", 200), "id"),
              ElementsAre(customers_));
  EXPECT_THAT(Pluck(Call("GET", "/containers?search=ORDERS&sort_created=desc", 200), "id"),
              ElementsAre(other, orders_));
  EXPECT_THAT(Pluck(Call("GET", "/containers?container_type=computed_table", 200), "id"),
              ElementsAre());
  EXPECT_THAT(Pluck(Call("GET", "/containers?archived=only", 200), "id"), ElementsAre());
}

TEST_F(ContainersTest, ShowsOne) {
  const Json container = Call("GET", OrdersPath(), 200);
  EXPECT_EQ(container["name"], "orders_*.csv");
  EXPECT_EQ(container["container_type"], "file");
  EXPECT_EQ(container["file_name"], "orders_*.csv");
  EXPECT_EQ(
      container["datastore"],
      Json({{"id", datastore_}, {"name", "lake"}, {"store_type", "dfs"}, {"type", "local"}}));
  EXPECT_EQ(container["metrics"]["fields"], 2);
  EXPECT_EQ(container["metrics"]["records"], nullptr);
  EXPECT_EQ(container["exclude_fields"], Json::array());
  EXPECT_EQ(container["has_header"], nullptr);
  Call("GET", "/containers/99", 404);
  EXPECT_THAT(Faults("GET", "/containers/abc"),
              ElementsAre(Pair("path.container_id", "must be a whole number")));
}

TEST_F(ContainersTest, ListingIsABareListOfNames) {
  EXPECT_EQ(
      Call("GET", fmt::format("/containers/listing?datastore={}", datastore_), 200),
      Json::array({{{"id", customers_}, {"name", "customers.csv"}, {"container_type", "file"}},
                   {{"id", orders_}, {"name", "orders_*.csv"}, {"container_type", "file"}}}));
  EXPECT_EQ(
      Call("GET",
           fmt::format("/containers/listing?datastore={}&type=computed_table", datastore_),
           200),
      Json::array());
  EXPECT_THAT(Faults("GET", "/containers/listing"),
              ElementsAre(Pair("query.datastore", "is required")));
  Call("GET", "/containers/listing?datastore=99", 404);
}

TEST_F(ContainersTest, ListsFieldsAsABareList) {
  const Json fields = Call("GET", OrdersPath() + "/fields", 200);
  EXPECT_THAT(Pluck(fields, "name"), ElementsAre("id", "name"));
  EXPECT_EQ(fields[0]["type"], "Integral");
  EXPECT_EQ(fields[0]["status"], "Active");
  Call("GET", "/containers/99/fields", 404);
}

TEST_F(ContainersTest, PutOverridesThePatternAndForgetsItAgain) {
  EXPECT_EQ(
      Call("PUT", OrdersPath(), 200,
           {{"container_type", "file"}, {"file_name", "orders/2024/*_v?.csv"}})["file_name"],
      "orders/2024/*_v?.csv");
  EXPECT_EQ(Call("PUT", OrdersPath(), 200, {{"description", "d"}})["file_name"],
            "orders/2024/*_v?.csv");
  EXPECT_EQ(Call("PUT", OrdersPath(), 200, {{"file_name", nullptr}})["file_name"],
            "orders_*.csv");
  EXPECT_THAT(Faults("PUT", OrdersPath(), {{"file_name", "../x.csv"}}),
              ElementsAre(Pair("body.file_name", HasSubstr("levels"))));
  EXPECT_THAT(Faults("PUT", OrdersPath(), {{"file_name", "/x.csv"}}),
              ElementsAre(Pair("body.file_name", HasSubstr("relative"))));
}

TEST_F(ContainersTest, PutDoesNotTakeTheAutomaticPatternForAnOverride) {
  Json container = Call("GET", OrdersPath(), 200);
  EXPECT_EQ(Call("PUT", OrdersPath(), 200, container), container);
  EXPECT_FALSE(store::Containers(installation_->database())
                   .Get(orders_)
                   ->file_name_override.has_value());
}

TEST_F(ContainersTest, PutSetsReadOptionsOneByOneAndForgetsThem) {
  Json container = Call("PUT", OrdersPath(), 200, {{"has_header", false}, {"delimiter", ";"}});
  EXPECT_EQ(container["has_header"], false);
  container = Call("PUT", OrdersPath(), 200, {{"has_header", nullptr}});
  EXPECT_EQ(container["has_header"], nullptr);
  EXPECT_EQ(container["delimiter"], ";");
  EXPECT_THAT(Faults("PUT", OrdersPath(), {{"has_header", "yes"}}),
              ElementsAre(Pair("body.has_header", "must be true or false")));
}

TEST_F(ContainersTest, PutExcludesFieldsAndTakesThemBack) {
  EXPECT_EQ(Call("PUT", OrdersPath(), 200, {{"exclude_fields", {"name"}}})["exclude_fields"],
            Json::array({"name"}));
  EXPECT_THAT(Pluck(Call("GET", OrdersPath() + "/fields", 200), "status"),
              ElementsAre("Active", "Excluded"));
  Call("PUT", OrdersPath(), 200, {{"exclude_fields", Json::array()}});
  EXPECT_THAT(Pluck(Call("GET", OrdersPath() + "/fields", 200), "status"),
              ElementsAre("Active", "Active"));
  EXPECT_THAT(Faults("PUT", OrdersPath(), {{"exclude_fields", {"id", "nme"}}}),
              ElementsAre(Pair("body.exclude_fields.1", "there is no field \"nme\"")));
}

TEST_F(ContainersTest, PutKeepsTheDescriptionWhenItIsNullAndClearsItWhenEmpty) {
  Call("PUT", OrdersPath(), 200, {{"description", "d"}});
  EXPECT_EQ(Call("PUT", OrdersPath(), 200, {{"description", nullptr}})["description"], "d");
  EXPECT_EQ(Call("PUT", OrdersPath(), 200, {{"description", ""}})["description"], "");
}

TEST_F(ContainersTest, PutRefusesGroupsOfFields) {
  EXPECT_THAT(Call("PUT", OrdersPath(), 400, {{"group_by_fields", {{"id"}}}})["message"]
                  .get<std::string>(),
              HasSubstr("leave it empty"));
  const Json container = Call("PUT", OrdersPath(), 200, {{"group_by_fields", Json::array()}});
  EXPECT_EQ(container["group_by_fields"], Json::array());
}

TEST_F(ContainersTest, ShowsWhatClientsOfTablesLookFor) {
  const Json container = Call("GET", OrdersPath(), 200);
  for (const char* key : {"table_type", "partition_field", "incremental_field_name"}) {
    EXPECT_EQ(container.at(key), nullptr) << key;
  }
  EXPECT_EQ(container["incremental_identifier_type"], "last-modified");
  EXPECT_EQ(Call("PUT", OrdersPath(), 200, container), container);
}

TEST_F(ContainersTest, PutDescribesAndTags) {
  const Json container = Call(
      "PUT", OrdersPath(), 200,
      {{"description", "d"}, {"tags", {"gold"}}, {"additional_metadata", {{"k 1", {1, 2}}}}});
  EXPECT_EQ(container["description"], "d");
  EXPECT_THAT(Pluck(container["global_tags"], "name"), ElementsAre("gold"));
  EXPECT_EQ(container["additional_metadata"], Json({{"k 1", {1, 2}}}));
  EXPECT_THAT(Pluck(Call("GET", "/containers?tag=gold", 200), "id"), ElementsAre(orders_));
  EXPECT_THAT(Faults("PUT", OrdersPath(), {{"container_type", "computed_file"}}),
              ElementsAre(Pair("body.container_type", "cannot change from file")));
}

}  // namespace
}  // namespace assay::api
