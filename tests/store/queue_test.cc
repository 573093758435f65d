#include "store/queue.h"

#include <gmock/gmock.h>

#include <thread>

#include "tests/store/store_fixture.h"

namespace assay::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class QueueTest : public StoreTest {
 protected:
  Queue queue() { return Queue(database()); }
  Operation Get(int64_t id) { return Operations(database()).Get(id).value(); }

  std::optional<int64_t> Claim(const std::string& worker, int64_t seconds = 0) {
    const auto claimed = queue().Claim(worker, {"sync", "scan"}, At(seconds)).value();
    return claimed ? std::optional(claimed->id) : std::nullopt;
  }
};

TEST_F(QueueTest, HandsOutTheOldestAndMarksItRunning) {
  const int64_t first = AddOperation(AddDatastore("a").id, "sync").id;
  const int64_t second = AddOperation(AddDatastore("b").id, "scan").id;
  EXPECT_EQ(Claim("w", 5), first);
  const Operation running = Get(first);
  EXPECT_EQ(running.state, OperationState::kRunning);
  EXPECT_EQ(running.worker, "w");
  EXPECT_EQ(running.start_time, At(5));
  EXPECT_EQ(running.heartbeat, At(5));
  EXPECT_EQ(Claim("w"), second);
  EXPECT_EQ(Claim("w"), std::nullopt);
}

TEST_F(QueueTest, HoldsBackWhatWaitsForItsDatastore) {
  const int64_t datastore = AddDatastore("a").id;
  const int64_t first = AddOperation(datastore, "sync").id;
  const int64_t second = AddOperation(datastore, "scan").id;
  EXPECT_EQ(Claim("w"), first);
  EXPECT_EQ(Claim("w"), std::nullopt);
  ASSERT_TRUE(queue().Finish(first, "w", {}, At(1)));
  EXPECT_EQ(Claim("w"), second);
}

TEST_F(QueueTest, HandsOutOnlyTheTypesAskedFor) {
  AddOperation(AddDatastore("a").id, "export");
  EXPECT_EQ(Claim("w"), std::nullopt);
}

TEST_F(QueueTest, ConcurrentClaimsNeverGetTheSame) {
  std::set<int64_t> expected;
  for (int i = 0; i < 12; ++i) {
    expected.insert(AddOperation(AddDatastore("d" + std::to_string(i)).id, "sync").id);
  }
  std::mutex mutex;
  std::multiset<int64_t> claimed;
  {
    std::vector<std::jthread> workers;
    for (int worker = 0; worker < 6; ++worker) {
      workers.emplace_back([&, worker] {
        while (const auto id = Claim("w" + std::to_string(worker))) {
          const std::lock_guard lock(mutex);
          claimed.insert(*id);
        }
      });
    }
  }
  EXPECT_EQ(claimed, std::multiset<int64_t>(expected.begin(), expected.end()));
}

TEST_F(QueueTest, BeatStoresProgressAndTellsOfAnAbort) {
  const int64_t id = AddOperation(AddDatastore("a").id, "sync").id;
  Claim("w");
  OperationCounters counters;
  counters.records_processed = 7;
  EXPECT_FALSE(queue().Beat(id, "w", counters, At(3)).value());
  EXPECT_EQ(Get(id).counters, counters);
  EXPECT_EQ(Get(id).heartbeat, At(3));
  ASSERT_TRUE(Operations(database()).RequestAbort(id, "ben", At(4)));
  EXPECT_TRUE(queue().Beat(id, "w", counters, At(5)).value());
}

TEST_F(QueueTest, OnlyTheWorkerThatRunsItMayEndIt) {
  const int64_t id = AddOperation(AddDatastore("a").id, "sync").id;
  EXPECT_EQ(queue().Finish(id, "w", {}, At(1)).error().kind, ErrorKind::kConflict);
  Claim("w");
  EXPECT_EQ(queue().Beat(id, "other", {}, At(1)).error().kind, ErrorKind::kConflict);
  EXPECT_EQ(queue().Finish(id, "other", {}, At(1)).error().kind, ErrorKind::kConflict);
  EXPECT_EQ(queue().Release(id, "other").error().kind, ErrorKind::kConflict);
  ASSERT_TRUE(queue().Finish(
      id, "w",
      {.state = OperationState::kFailure, .message = "why", .warnings = {"x"}, .counters = {}},
      At(2)));
  EXPECT_EQ(Get(id).state, OperationState::kFailure);
  EXPECT_EQ(Get(id).message, "why");
  EXPECT_EQ(queue().Finish(id, "w", {}, At(3)).error().kind, ErrorKind::kConflict);
}

TEST_F(QueueTest, AbortOfAWaitingOneIsImmediateAndOfAnEndedOneChangesNothing) {
  const int64_t id = AddOperation(AddDatastore("a").id, "sync").id;
  const Operation aborted = Operations(database()).RequestAbort(id, "ben", At(4)).value();
  EXPECT_EQ(aborted.state, OperationState::kAborted);
  EXPECT_EQ(aborted.end_time, At(4));
  EXPECT_EQ(aborted.aborted_by, "ben");
  EXPECT_EQ(Claim("w"), std::nullopt);
  EXPECT_EQ(Operations(database()).RequestAbort(id, "cy", At(9)).value().aborted_by, "ben");
}

TEST_F(QueueTest, RecoverTouchesOnlyDeadWorkersAndSilentOnes) {
  const int64_t mine = AddOperation(AddDatastore("a").id, "sync").id;
  Claim("me", 0);
  const int64_t silent = AddOperation(AddDatastore("b").id, "sync").id;
  Claim("other", 0);
  const int64_t beating = AddOperation(AddDatastore("c").id, "sync").id;
  Claim("other", 50);
  const auto recovered = queue().Recover("me", At(30), {"sync"}, 2, At(60)).value();
  EXPECT_THAT(recovered.requeued, ElementsAre(silent));
  EXPECT_THAT(recovered.failed, IsEmpty());
  EXPECT_EQ(Get(mine).state, OperationState::kRunning);
  EXPECT_EQ(Get(beating).state, OperationState::kRunning);
}

TEST_F(QueueTest, RecoverEndsWhatWasToBeAborted) {
  const int64_t id = AddOperation(AddDatastore("a").id, "sync").id;
  Claim("dead");
  ASSERT_TRUE(Operations(database()).RequestAbort(id, "ben", At(4)));
  EXPECT_THAT(queue().Recover("me", At(30), {"sync"}, 2, At(60)).value().aborted,
              ElementsAre(id));
  EXPECT_EQ(Get(id).state, OperationState::kAborted);
}

TEST_F(QueueTest, EndedOperationsCanBeDeletedOthersNot) {
  const int64_t id = AddOperation(AddDatastore("a").id, "sync").id;
  EXPECT_EQ(Operations(database()).Delete(id).error().kind, ErrorKind::kConflict);
  Claim("w");
  EXPECT_EQ(Operations(database()).Delete(id).error().kind, ErrorKind::kConflict);
  ASSERT_TRUE(queue().Finish(id, "w", {}, At(1)));
  ASSERT_TRUE(Operations(database()).Delete(id));
  EXPECT_EQ(Operations(database()).Get(id).error().kind, ErrorKind::kNotFound);
  // Numbers are never used again: they name files of enrichment.
  EXPECT_GT(AddOperation(AddDatastore("b").id, "sync").id, id);
}

TEST_F(QueueTest, OperationsListByFilterAndSort) {
  const int64_t a = AddDatastore("a").id, b = AddDatastore("b").id;
  const int64_t first = AddOperation(a, "sync").id;
  const int64_t second = AddOperation(b, "scan").id;
  const int64_t third = AddOperation(a, "scan").id;
  Claim("w");
  const auto ids = [&](const OperationFilter& filter) {
    std::vector<int64_t> found;
    const auto page = Operations(database()).List(filter, {}).value();
    for (const auto& each : page.items) found.push_back(each.id);
    return found;
  };
  EXPECT_THAT(ids({}), ElementsAre(third, second, first));
  OperationFilter filter;
  filter.datastore_ids = {a};
  filter.types = {"scan"};
  EXPECT_THAT(ids(filter), ElementsAre(third));
  filter = {};
  filter.states = {OperationState::kRunning};
  EXPECT_THAT(ids(filter), ElementsAre(first));
  filter = {};
  filter.created_from = At(1);
  EXPECT_THAT(ids(filter), IsEmpty());
  const int64_t container = AddContainer(b, "orders").id;
  ASSERT_TRUE(Operations(database()).SetContainers(second, {container}));
  filter = {};
  filter.container_ids = {container};
  EXPECT_THAT(ids(filter), ElementsAre(second));
  EXPECT_THAT(Operations(database()).Get(second).value().container_ids, ElementsAre(container));
  EXPECT_EQ(Operations(database()).Latest(a).value()->id, third);
}

TEST_F(QueueTest, RefusesAnOperationOnNothing) {
  Operation operation;
  operation.type = "sync";
  operation.datastore_id = 99;
  EXPECT_EQ(Operations(database()).Enqueue(operation).error().kind, ErrorKind::kInvalidInput);
}

}  // namespace
}  // namespace assay::store
