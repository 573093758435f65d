// Tests of api/rest/anomaly_changes.cc.

#include "tests/api/anomalies_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

using AnomalyChangesTest = AnomaliesTest;

TEST_F(AnomalyChangesTest, AcknowledgesDescribesTagsAndAssigns) {
  const Json changed = Call("PUT", PathOf(record_), 200,
                            {{"status", "Acknowledged"},
                             {"description", "known"},
                             {"tags", {"gold"}},
                             {"assignee_ids", {1}}});
  EXPECT_EQ(changed["status"], "Acknowledged");
  EXPECT_EQ(changed["is_new"], false);
  EXPECT_EQ(changed["description"], "known");
  EXPECT_THAT(Pluck(changed["global_tags"], "name"), ElementsAre("gold"));
  EXPECT_EQ(changed["assignees"], Json::array({{{"id", 1}, {"name", "admin"}}}));
  EXPECT_THAT(Pluck(Call("GET", "/anomalies?status=Acknowledged", 200), "id"),
              ElementsAre(record_));
  EXPECT_THAT(Faults("PUT", PathOf(record_), {{"status", "Resolved"}}),
              ElementsAre(Pair("body.status", "must be one of: Active, Acknowledged")));
  EXPECT_EQ(Faults("PUT", PathOf(record_), {{"assignee_ids", {99}}}).size(), 1u);
}

TEST_F(AnomalyChangesTest, ArchivesOpensAgainAndDeletes) {
  Call("DELETE", PathOf(record_) + "?archive=true&status=Invalid", 204);
  EXPECT_EQ(Call("GET", PathOf(record_), 200)["status"], "Invalid");
  EXPECT_EQ(Call("GET", PathOf(record_), 200)["archived"], true);
  EXPECT_THAT(Pluck(Call("GET", "/anomalies", 200), "id"), ElementsAre(shape_));
  EXPECT_THAT(Pluck(Call("GET", "/anomalies?archived=only", 200), "id"), ElementsAre(record_));
  Call("PUT", PathOf(record_), 409, {{"description", "late"}});
  EXPECT_EQ(Call("PUT", PathOf(record_), 200, {{"status", "Active"}})["archived"], false);
  Call("DELETE", PathOf(shape_), 204);
  EXPECT_EQ(Call("GET", PathOf(shape_), 200)["status"], "Resolved");
  Call("DELETE", PathOf(record_) + "?archive=false&status=Resolved", 204);
  Call("GET", PathOf(record_), 404);
  Call("DELETE", PathOf(record_), 404);
}

TEST_F(AnomalyChangesTest, ChangesSeveralInTheOrderGiven) {
  const Json changed = Call("PATCH", "/anomalies", 200,
                            {{{"id", shape_}, {"status", "Acknowledged"}},
                             {{"id", record_}, {"status", "Active"}, {"tags", {"gold"}}}});
  EXPECT_THAT(Pluck(changed, "id"), ElementsAre(shape_, record_));
  EXPECT_THAT(Pluck(changed, "status"), ElementsAre("Acknowledged", "Active"));
  EXPECT_EQ(Call("GET", PathOf(shape_), 200), changed[0]);
  EXPECT_THAT(Pluck(changed[1]["global_tags"], "name"), ElementsAre("gold"));
}

TEST_F(AnomalyChangesTest, ChangesAllOrNone) {
  Call("DELETE", PathOf(shape_), 204);
  const Json before = Call("GET", PathOf(record_), 200);
  const Json first = {{"id", record_}, {"description", "known"}};
  Call("PATCH", "/anomalies", 409, Json::array({first, {{"id", shape_}, {"tags", {"x"}}}}));
  Call("PATCH", "/anomalies", 404, Json::array({first, {{"id", 99}, {"tags", {"x"}}}}));
  EXPECT_EQ(Faults("PATCH", "/anomalies",
                   Json::array({first, {{"id", record_}, {"assignee_ids", {9}}}}))
                .size(),
            1u);
  EXPECT_EQ(Call("GET", PathOf(record_), 200), before);
}

TEST_F(AnomalyChangesTest, ArchivesAndDeletesSeveral) {
  Call("DELETE", "/anomalies", 404, {{{"id", record_}, {"archive", false}}, {{"id", 99}}});
  Call("DELETE", "/anomalies", 204,
       {{{"id", record_}, {"archive", true}, {"status", "Duplicate"}}, {{"id", shape_}}});
  EXPECT_EQ(Call("GET", PathOf(record_), 200)["status"], "Duplicate");
  EXPECT_EQ(Call("GET", PathOf(shape_), 200)["status"], "Resolved");
  Call("DELETE", "/anomalies", 204,
       {{{"id", record_}, {"archive", false}}, {{"id", shape_}, {"archive", false}}});
  EXPECT_THAT(Pluck(Call("GET", "/anomalies?archived=include", 200), "id"), IsEmpty());
}

TEST_F(AnomalyChangesTest, RefusesListsThatDoNotFit) {
  for (const char* method : {"PATCH", "DELETE"}) {
    EXPECT_THAT(Faults(method, "/anomalies"), ElementsAre(Pair("body", "is required")));
    EXPECT_THAT(Faults(method, "/anomalies", Json::array({Json::object()})),
                ElementsAre(Pair("body.0.id", "is required")));
  }
  EXPECT_THAT(Faults("PATCH", "/anomalies",
                     Json::array({Json{{"id", record_}, {"status", "Resolved"}}})),
              ElementsAre(Pair("body.0.status", "must be one of: Active, Acknowledged")));
}

}  // namespace
}  // namespace assay::api
