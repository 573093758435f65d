// Tests of api/rest/operations.cc; no workers run here, so operations wait.

#include "store/operations.h"

#include "store/queue.h"
#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

class OperationsTest : public ApiTest {
 protected:
  int64_t datastore_ = MakeDatastore("lake");

  Json Run(const std::string& type, const Json& settings = Json::object()) {
    Json body = {{"type", type}, {"datastore_id", datastore_}};
    body.update(settings);
    return Call("POST", "/operations/run", 200, body);
  }

  /// Lets a worker take the next operation and end it.
  void FinishNext(store::OperationState state, const std::optional<std::string>& message) {
    store::Queue queue(installation_->database());
    const auto claimed = queue.Claim("w", {"sync", "profile", "scan"}, clock_.Now());
    ASSERT_TRUE(claimed && *claimed);
    store::Queue::Ending ending{
        .state = state, .message = message, .warnings = {}, .counters = {}};
    ending.counters.total_containers = 2;
    ASSERT_TRUE(queue.Finish((*claimed)->id, "w", ending, clock_.Now()));
  }
};

TEST_F(OperationsTest, QueuesOneAndShowsItsSettings) {
  const Json made = Run("scan", {{"incremental", true},
                                 {"container_names", {"orders_*.csv"}},
                                 {"enrichment_source_record_limit", 10},
                                 {"high_count_rollup_threshold", 20},
                                 {"unknown_key", 1}});
  EXPECT_EQ(wakes_, 1);
  EXPECT_EQ(made["type"], "scan");
  EXPECT_EQ(made["result"], "running");
  EXPECT_EQ(made["message"], nullptr);
  EXPECT_EQ(made["start_time"], nullptr);
  EXPECT_EQ(made["end_time"], nullptr);
  EXPECT_EQ(made["triggered_by"], "admin");
  EXPECT_EQ(
      made["datastore"],
      Json({{"id", datastore_}, {"name", "lake"}, {"store_type", "dfs"}, {"type", "local"}}));
  EXPECT_EQ(made["status"]["total_containers"], 0);
  EXPECT_EQ(made["incremental"], true);
  EXPECT_EQ(made["container_names"], Json::array({"orders_*.csv"}));
  EXPECT_EQ(made["high_count_rollup_threshold"], 20);
  EXPECT_EQ(made["container_scans"], Json::array());
  EXPECT_EQ(Call("GET", "/operations/" + made["id"].dump(), 200), made);
}

TEST_F(OperationsTest, TakesTheOlderNameOfSync) {
  EXPECT_EQ(
      Run("catalog",
          {{"prune", false}, {"recreate", false}, {"include", {"table", "view"}}})["type"],
      "sync");
}

TEST_F(OperationsTest, RefusesWhatDoesNotFit) {
  EXPECT_THAT(Faults("POST", "/operations/run", Json::object()),
              ::testing::UnorderedElementsAre(Pair("body.type", "is required"),
                                              Pair("body.datastore_id", "is required")));
  const auto fault = [&](const Json& settings) {
    Json body = {{"type", "profile"}, {"datastore_id", datastore_}};
    body.update(settings);
    return Faults("POST", "/operations/run", body)["body"];
  };
  EXPECT_THAT(fault({{"inference_threshold", 6}}), HasSubstr("inference_threshold"));
  EXPECT_THAT(fault({{"max_records_analyzed_per_partition", 0}}),
              HasSubstr("max_records_analyzed_per_partition"));
  Call("POST", "/operations/run", 400, {{"type", "materialize"}, {"datastore_id", datastore_}});
  Call("POST", "/operations/run", 404, {{"type", "sync"}, {"datastore_id", 99}});
  EXPECT_EQ(Call("GET", "/operations", 200)["total"], 0);
}

TEST_F(OperationsTest, ShowsHowOneEnded) {
  const Json made = Run("sync");
  FinishNext(store::OperationState::kFailure, "the folder is gone");
  const Json ended = Call("GET", "/operations/" + made["id"].dump(), 200);
  EXPECT_EQ(ended["result"], "failure");
  EXPECT_EQ(ended["message"], "the folder is gone");
  EXPECT_TRUE(ended["end_time"].is_string());
  EXPECT_EQ(ended["status"]["total_containers"], 2);
}

TEST_F(OperationsTest, ListsNewestFirstAndByFilter) {
  const Json sync = Run("sync"), profile = Run("profile");
  FinishNext(store::OperationState::kSuccess, std::nullopt);
  const auto ids = [&](const std::string& query) {
    return Pluck(Call("GET", "/operations?" + query, 200), "id");
  };
  EXPECT_THAT(ids("size=1"), ElementsAre(profile["id"]));
  EXPECT_THAT(ids("sort_created=asc"), ElementsAre(sync["id"], profile["id"]));
  EXPECT_THAT(ids("operation_type=sync"), ElementsAre(sync["id"]));
  EXPECT_THAT(ids("result=running"), ElementsAre(profile["id"]));
  EXPECT_THAT(ids("result=success&result=failure"), ElementsAre(sync["id"]));
  EXPECT_THAT(ids("result=success,running&sort_created=asc"),
              ElementsAre(sync["id"], profile["id"]));
  EXPECT_THAT(ids("datastore=99"), ElementsAre());
  EXPECT_THAT(ids("end_date=2020-01-01"), ElementsAre());
  EXPECT_THAT(ids("start_date=2020-01-01&sort_created=asc"),
              ElementsAre(sync["id"], profile["id"]));
  EXPECT_THAT(Faults("GET", "/operations?result=done&start_date=soon").size(), 2u);
}

TEST_F(OperationsTest, AbortsAWaitingOneAtOnceAndLeavesAnEndedOne) {
  const Json made = Run("sync");
  const std::string path = "/operations/abort/" + made["id"].dump();
  const Json aborted = Call("PUT", path, 200);
  EXPECT_EQ(aborted["result"], "aborted");
  EXPECT_EQ(aborted["aborted_by"], "admin");
  EXPECT_EQ(Call("PUT", path, 200), aborted);
  Call("PUT", "/operations/abort/99", 404);
}

TEST_F(OperationsTest, ShowsAHeartbeat) {
  const Json made = Run("sync");
  const Json heartbeat = Call("GET", "/operations/" + made["id"].dump() + "/heartbeat", 200);
  EXPECT_EQ(heartbeat["id"], made["id"]);
  EXPECT_EQ(heartbeat["result"], "running");
  EXPECT_EQ(heartbeat["heartbeat"], nullptr);
  EXPECT_EQ(heartbeat["status"], made["status"]);
  Call("GET", "/operations/99/heartbeat", 404);
}

}  // namespace
}  // namespace assay::api
