// Tests of api/rest/quality_check_changes.cc.

#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

class QualityCheckChangesTest : public ApiTest {
 protected:
  int64_t datastore_ = MakeDatastore("lake");
  int64_t container_ = MakeContainer(datastore_, "orders_*.csv");
  int64_t first_ = Make("id"), second_ = Make("name");

  int64_t Make(const std::string& field) {
    return Call("POST", "/quality-checks", 201,
                {{"container_id", container_},
                 {"rule", "notNull"},
                 {"fields", {field}},
                 {"filter", "id > 1"},
                 {"tags", {"gold"}},
                 {"additional_metadata", {{"_qualytics_check_uid", "u"}, {"a", 1}}}})
        .value("id", int64_t{0});
  }

  static std::string PathOf(int64_t id) { return fmt::format("/quality-checks/{}", id); }
};

TEST_F(QualityCheckChangesTest, EditsManyInTheOrderGiven) {
  Call("DELETE", PathOf(first_), 204);
  const Json edited = Call("PATCH", "/quality-checks", 200,
                           {{{"id", second_}, {"status", "Draft"}, {"tags", {"silver"}}},
                            {{"id", first_}, {"status", "Active"}, {"coverage", 0.5}}});
  EXPECT_THAT(Pluck(edited, "id"), ElementsAre(second_, first_));
  EXPECT_THAT(Pluck(edited, "status"), ElementsAre("Draft", "Active"));
  EXPECT_THAT(Pluck(edited, "coverage"), ElementsAre(1, 0.5));
  EXPECT_THAT(Pluck(edited[0]["global_tags"], "name"), ElementsAre("silver"));
  EXPECT_THAT(Pluck(edited[1]["global_tags"], "name"), ElementsAre("gold"));
  EXPECT_EQ(edited[1]["deleted_at"], nullptr);
  EXPECT_EQ(Call("PATCH", "/quality-checks", 200, Json::array()), Json::array());
}

TEST_F(QualityCheckChangesTest, EditsAllOrNone) {
  const Json first = {{"id", first_}, {"description", "changed"}};
  Call("PATCH", "/quality-checks", 404, Json::array({first, {{"id", 99}}}));
  EXPECT_THAT(Faults("PATCH", "/quality-checks",
                     Json::array({first, {{"id", second_}, {"fields", {"none"}}}})),
              ElementsAre(Pair("body.1", HasSubstr("'none'"))));
  EXPECT_THAT(Faults("PATCH", "/quality-checks",
                     Json::array({first, {{"id", second_}, {"coverage", 2}}})),
              ElementsAre(Pair("body.1.coverage", "must be between 0 and 1")));
  EXPECT_THAT(Faults("PATCH", "/quality-checks", Json::array({first, Json::object()})),
              ElementsAre(Pair("body.1.id", "is required")));
  EXPECT_THAT(Faults("PATCH", "/quality-checks", first),
              ElementsAre(Pair("body", "must be a list")));
  Call("PATCH", "/quality-checks", 409,
       Json::array({first, {{"id", second_}, {"fields", {"id"}}}}));
  EXPECT_EQ(Call("GET", PathOf(first_), 200)["description"], "");
}

TEST_F(QualityCheckChangesTest, DraftersEditDraftsOnly) {
  store::Teams teams(installation_->database());
  store::Team everybody = teams.FindByName("Public").value();
  everybody.permission = "Drafter";
  ASSERT_TRUE(teams.Update(everybody));
  const std::string drafter = TokenOf("dan", "Member");
  Call("PUT", PathOf(first_), 200, {{"status", "Draft"}});
  const auto status = [&](const Json& body) {
    return Send("PATCH", "/quality-checks", PrintJson(body), drafter).status;
  };
  const Json draft = {{"id", first_}, {"description", "d"}};
  EXPECT_EQ(status(Json::array({draft})), 200);
  EXPECT_EQ(status(Json::array({draft, {{"id", second_}, {"description", "d"}}})), 403);
  EXPECT_EQ(status(Json::array({{{"id", first_}, {"status", "Active"}}})), 403);
  EXPECT_EQ(
      Send("POST", PathOf(first_) + "/clone", PrintJson({{"coverage", 0.5}}), drafter).status,
      201);
  EXPECT_EQ(Send("POST", PathOf(first_) + "/clone",
                 PrintJson({{"coverage", 0.6}, {"status", "Active"}}), drafter)
                .status,
            403);
}

TEST_F(QualityCheckChangesTest, MarksAndTakesTheMarkAway) {
  const std::string path = PathOf(first_) + "/favorite";
  EXPECT_EQ(Call("PATCH", path, 200)["favorite"], true);
  EXPECT_THAT(Pluck(Call("GET", "/quality-checks?favorite=true", 200), "id"),
              ElementsAre(first_));
  EXPECT_EQ(Call("PATCH", path, 200)["favorite"], false);
  EXPECT_EQ(Call("PATCH", path, 200, {{"favorite", true}})["favorite"], true);
  EXPECT_EQ(Call("PATCH", path, 200, {{"favorite", true}})["favorite"], true);
  EXPECT_THAT(Faults("PATCH", path, {{"favorite", "yes"}}),
              ElementsAre(Pair("body.favorite", "must be true or false")));
  Call("PATCH", "/quality-checks/99/favorite", 404);
}

TEST_F(QualityCheckChangesTest, ClonesIntoAnotherContainerWithTheSameFields) {
  const int64_t other = MakeContainer(datastore_, "returns_*.csv");
  const Json copy = Call("POST", PathOf(first_) + "/clone", 201, {{"container_id", other}});
  EXPECT_EQ(copy["container"]["id"], other);
  EXPECT_THAT(Pluck(copy["fields"], "name"), ElementsAre("id"));
  EXPECT_EQ(copy["filter"], "id > 1");
  EXPECT_EQ(copy["status"], "Draft");
  EXPECT_EQ(copy["additional_metadata"], Json({{"a", 1}}));
  EXPECT_THAT(Pluck(copy["global_tags"], "name"), ElementsAre("gold"));
  Call("POST", "/quality-checks/99/clone", 404, {{"container_id", other}});
  EXPECT_THAT(Faults("POST", PathOf(first_) + "/clone", {{"container_id", 99}}),
              ElementsAre(Pair("body.container_id", HasSubstr("99"))));
}

TEST_F(QualityCheckChangesTest, ACloneNeedsFieldsOfTheSameType) {
  const int64_t other = MakeContainer(datastore_, "returns_*.csv");
  const std::vector<store::Field> fields = {
      {.name = "id", .type = "String", .native_type = "VARCHAR"},
      {.name = "key", .type = "Integral", .native_type = "BIGINT"}};
  ASSERT_TRUE(
      store::FieldRecords(installation_->database()).Synchronize(other, fields, clock_.Now()));
  EXPECT_THAT(Faults("POST", PathOf(first_) + "/clone", {{"container_id", other}}),
              ElementsAre(Pair("body.fields", HasSubstr("no field 'id' of the same type"))));
  const Json copy = Call("POST", PathOf(first_) + "/clone", 201,
                         {{"container_id", other}, {"fields", {"key"}}, {"filter", nullptr}});
  EXPECT_THAT(Pluck(copy["fields"], "name"), ElementsAre("key"));
  EXPECT_EQ(copy["filter"], nullptr);
}

TEST_F(QualityCheckChangesTest, ACloneInItsOwnContainerMustDiffer) {
  Call("POST", PathOf(first_) + "/clone", 409);
  const Json copy =
      Call("POST", PathOf(first_) + "/clone", 201, {{"coverage", 0.5}, {"status", "Active"}});
  EXPECT_EQ(copy["coverage"], 0.5);
  EXPECT_EQ(copy["status"], "Active");
  EXPECT_THAT(Faults("POST", PathOf(first_) + "/clone", {{"rule", "unique"}}),
              ElementsAre(Pair("body.rule", "cannot change from notNull")));
}

}  // namespace
}  // namespace assay::api
