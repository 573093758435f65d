#include "operations/worker_pool.h"

#include <gmock/gmock.h>

#include <atomic>
#include <latch>

#include "store/queue.h"
#include "store/sql/statement.h"
#include "tests/store/store_fixture.h"

namespace assay::operations {
namespace {

using namespace std::chrono_literals;
using store::At;
using store::Operation;
using store::OperationState;
using testing::ElementsAre;
using testing::HasSubstr;

class WorkerPoolTest : public store::StoreTest {
 protected:
  std::unique_ptr<WorkerPool> NewPool(std::vector<JobKind> kinds, int workers = 2) {
    return std::make_unique<WorkerPool>(
        database(), clock_, std::move(kinds),
        WorkerPoolOptions{.workers = workers, .max_restarts = 2, .beat = 10ms, .poll = 20ms});
  }

  static JobKind Kind(JobHandler run, AfterRestart after_restart = AfterRestart::kRunAgain) {
    return {.type = "sync", .after_restart = after_restart, .run = std::move(run)};
  }

  Operation Get(int64_t id) { return store::Operations(database()).Get(id).value(); }

  /// Waits until the operation is in the state, at most ten seconds.
  Operation WaitFor(int64_t id, OperationState state) {
    for (int i = 0; i < 1000 && Get(id).state != state; ++i) std::this_thread::sleep_for(10ms);
    EXPECT_STREQ(OperationStateName(Get(id).state), OperationStateName(state));
    return Get(id);
  }

  /// Claims an operation as a process would that then dies.
  Operation LeaveRunning(int64_t datastore_id, const std::string& type) {
    const int64_t id = AddOperation(datastore_id, type).id;
    EXPECT_EQ(store::Queue(database()).Claim("dead", {type}, At(0)).value()->id, id);
    return Get(id);
  }

  /// Waits for a stop request, at most ten seconds.
  static Result<JobOutcome> UntilStopped(JobContext& context) {
    for (int i = 0; i < 1000; ++i) {
      if (context.stop().stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
      std::this_thread::sleep_for(10ms);
    }
    return Fail(ErrorKind::kTimeout, "was not stopped");
  }
};

TEST_F(WorkerPoolTest, RunsWhatIsQueuedAndStoresHowItEnded) {
  const int64_t id = AddOperation(AddDatastore("a").id, "sync").id;
  const auto pool = NewPool({Kind([](JobContext& context) -> Result<JobOutcome> {
    context.Count([](store::OperationCounters& counters) { counters.total_containers = 3; });
    return JobOutcome{.message = "1 file was left out", .warnings = {"a.csv: broken"}};
  })});
  ASSERT_TRUE(pool->Start());
  const Operation done = WaitFor(id, OperationState::kSuccess);
  EXPECT_EQ(done.message, "1 file was left out");
  EXPECT_THAT(done.warnings, ElementsAre("a.csv: broken"));
  EXPECT_EQ(done.counters.total_containers, 3);
  EXPECT_EQ(done.start_time, At(0));
  EXPECT_EQ(done.end_time, At(0));
}

TEST_F(WorkerPoolTest, FailureKeepsItsReasonAndTheWorkerGoesOn) {
  const int64_t datastore = AddDatastore("a").id;
  const int64_t failing = AddOperation(datastore, "sync").id;
  const int64_t throwing = AddOperation(datastore, "sync").id;
  const int64_t fine = AddOperation(datastore, "sync").id;
  const auto pool = NewPool({Kind([&](JobContext& context) -> Result<JobOutcome> {
                              const int64_t id = context.operation().id;
                              if (id == failing) return Fail(ErrorKind::kNotFound, "no bucket");
                              if (id == throwing) throw std::runtime_error("oops");
                              return JobOutcome{};
                            })},
                            1);
  ASSERT_TRUE(pool->Start());
  EXPECT_EQ(WaitFor(fine, OperationState::kSuccess).message, std::nullopt);
  EXPECT_EQ(WaitFor(failing, OperationState::kFailure).message, "no bucket");
  EXPECT_EQ(WaitFor(throwing, OperationState::kFailure).message,
            "the operation broke off: oops");
}

TEST_F(WorkerPoolTest, EveryOperationRunsOnce) {
  std::vector<int64_t> ids;
  for (int i = 0; i < 5; ++i) {
    const int64_t datastore = AddDatastore("d" + std::to_string(i)).id;
    for (int j = 0; j < 4; ++j) ids.push_back(AddOperation(datastore, "sync").id);
  }
  std::mutex mutex;
  std::multiset<int64_t> ran;
  const auto pool = NewPool({Kind([&](JobContext& context) -> Result<JobOutcome> {
                              const std::lock_guard lock(mutex);
                              ran.insert(context.operation().id);
                              return JobOutcome{};
                            })},
                            4);
  ASSERT_TRUE(pool->Start());
  for (const int64_t id : ids) WaitFor(id, OperationState::kSuccess);
  pool->Stop();
  EXPECT_EQ(ran, std::multiset<int64_t>(ids.begin(), ids.end()));
}

TEST_F(WorkerPoolTest, OperationsOfOneDatastoreFollowEachOther) {
  const int64_t datastore = AddDatastore("a").id;
  std::vector<int64_t> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(AddOperation(datastore, "sync").id);
  std::atomic<int> running = 0, most = 0;
  std::vector<int64_t> order;
  const auto pool = NewPool({Kind([&](JobContext& context) -> Result<JobOutcome> {
                              most = std::max(most.load(), ++running);
                              order.push_back(context.operation().id);
                              std::this_thread::sleep_for(20ms);
                              --running;
                              return JobOutcome{};
                            })},
                            3);
  ASSERT_TRUE(pool->Start());
  WaitFor(ids.back(), OperationState::kSuccess);
  pool->Stop();
  EXPECT_EQ(most, 1);
  EXPECT_EQ(order, ids);
}

TEST_F(WorkerPoolTest, OperationsOfSeveralDatastoresRunTogether) {
  const int64_t first = AddOperation(AddDatastore("a").id, "sync").id;
  const int64_t second = AddOperation(AddDatastore("b").id, "sync").id;
  std::latch both(2);
  const auto pool = NewPool({Kind([&](JobContext&) -> Result<JobOutcome> {
    both.arrive_and_wait();
    return JobOutcome{};
  })});
  ASSERT_TRUE(pool->Start());
  WaitFor(first, OperationState::kSuccess);
  WaitFor(second, OperationState::kSuccess);
}

TEST_F(WorkerPoolTest, WakeStartsAnOperationAtOnce) {
  const int64_t datastore = AddDatastore("a").id;
  WorkerPool pool(database(), clock_,
                  {Kind([](JobContext&) -> Result<JobOutcome> { return JobOutcome{}; })},
                  {.workers = 1, .max_restarts = 2, .beat = 10ms, .poll = 1h});
  ASSERT_TRUE(pool.Start());
  std::this_thread::sleep_for(50ms);
  const int64_t id = AddOperation(datastore, "sync").id;
  pool.Wake();
  WaitFor(id, OperationState::kSuccess);
}

TEST_F(WorkerPoolTest, ProgressIsStoredWhileTheJobRuns) {
  const int64_t id = AddOperation(AddDatastore("a").id, "sync").id;
  std::latch seen(1);
  const auto pool = NewPool({Kind([&](JobContext& context) -> Result<JobOutcome> {
    context.Count([](store::OperationCounters& counters) { counters.records_processed = 42; });
    seen.wait();
    return JobOutcome{};
  })});
  ASSERT_TRUE(pool->Start());
  for (int i = 0; i < 1000 && Get(id).counters.records_processed != 42; ++i) {
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_EQ(Get(id).state, OperationState::kRunning);
  EXPECT_EQ(Get(id).counters.records_processed, 42);
  seen.count_down();
  WaitFor(id, OperationState::kSuccess);
}

TEST_F(WorkerPoolTest, AbortStopsARunningOperation) {
  const int64_t id = AddOperation(AddDatastore("a").id, "sync").id;
  const auto pool = NewPool({Kind(UntilStopped)});
  ASSERT_TRUE(pool->Start());
  WaitFor(id, OperationState::kRunning);
  ASSERT_TRUE(store::Operations(database()).RequestAbort(id, "ben", At(5)));
  const Operation aborted = WaitFor(id, OperationState::kAborted);
  EXPECT_EQ(aborted.aborted_by, "ben");
  EXPECT_EQ(aborted.end_time, At(0));
}

TEST_F(WorkerPoolTest, StopPutsRunningOperationsBackIntoTheQueue) {
  const int64_t id = AddOperation(AddDatastore("a").id, "sync").id;
  auto pool = NewPool({Kind(UntilStopped)});
  ASSERT_TRUE(pool->Start());
  WaitFor(id, OperationState::kRunning);
  pool->Stop();
  EXPECT_EQ(Get(id).state, OperationState::kQueued);
  EXPECT_EQ(Get(id).restarts, 0);
  EXPECT_EQ(Get(id).start_time, std::nullopt);

  pool = NewPool({Kind([](JobContext&) -> Result<JobOutcome> { return JobOutcome{}; })});
  ASSERT_TRUE(pool->Start());
  WaitFor(id, OperationState::kSuccess);
}

TEST_F(WorkerPoolTest, StartRunsAgainWhatADeadProcessLeft) {
  const int64_t id = LeaveRunning(AddDatastore("a").id, "sync").id;
  const auto pool =
      NewPool({Kind([](JobContext&) -> Result<JobOutcome> { return JobOutcome{}; })});
  ASSERT_TRUE(pool->Start());
  EXPECT_EQ(WaitFor(id, OperationState::kSuccess).restarts, 1);
}

TEST_F(WorkerPoolTest, StartFailsWhatMayNotRunAgain) {
  const int64_t id = LeaveRunning(AddDatastore("a").id, "sync").id;
  std::atomic<bool> ran = false;
  const auto pool = NewPool({Kind(
      [&](JobContext&) -> Result<JobOutcome> {
        ran = true;
        return JobOutcome{};
      },
      AfterRestart::kFail)});
  ASSERT_TRUE(pool->Start());
  const Operation failed = Get(id);
  EXPECT_EQ(failed.state, OperationState::kFailure);
  EXPECT_THAT(failed.message.value(), HasSubstr("server stopped"));
  pool->Stop();
  EXPECT_FALSE(ran);
}

TEST_F(WorkerPoolTest, AnOperationThatKillsTheProcessEachTimeFailsInTheEnd) {
  const int64_t id = AddOperation(AddDatastore("a").id, "sync").id;
  store::Queue queue(database());
  for (int restart = 1; restart <= 2; ++restart) {
    ASSERT_TRUE(queue.Claim("dead", {"sync"}, At(0)).value());
    ASSERT_TRUE(queue.Recover("new", Timestamp::max(), {"sync"}, 2, At(1)));
    EXPECT_EQ(Get(id).state, OperationState::kQueued);
    EXPECT_EQ(Get(id).restarts, restart);
  }
  ASSERT_TRUE(queue.Claim("dead", {"sync"}, At(0)).value());
  ASSERT_TRUE(queue.Recover("new", Timestamp::max(), {"sync"}, 2, At(1)));
  EXPECT_EQ(Get(id).state, OperationState::kFailure);
  EXPECT_THAT(Get(id).message.value(), HasSubstr("3 times"));
}

TEST_F(WorkerPoolTest, AnEndThatCannotBeWrittenIsLoggedAndWrittenLater) {
  const auto run = [&](const char* sql) {
    ASSERT_TRUE(database().Write([&](soci::session& session) -> Status {
      store::sql::Run(session, sql, {});
      return {};
    }));
  };
  const int64_t datastore = AddDatastore("a").id;
  const int64_t id = AddOperation(datastore, "sync").id;
  const int64_t next = AddOperation(datastore, "sync").id;
  // As a full disk does, it lets operations be claimed, but not be ended.
  run("CREATE TRIGGER full BEFORE UPDATE OF end_time ON operations "
      "BEGIN INSERT INTO no_such_table VALUES (1); END");
  std::mutex mutex;
  std::vector<std::string> lines;
  WorkerPoolOptions options{.workers = 1, .max_restarts = 2, .beat = 10ms, .poll = 20ms};
  options.log = [&](const std::string& line) {
    const std::lock_guard lock(mutex);
    lines.push_back(line);
  };
  const auto logged = [&] {
    const std::lock_guard lock(mutex);
    return lines;
  };
  WorkerPool pool(database(), clock_, {Kind([](JobContext&) -> Result<JobOutcome> {
                    return JobOutcome{.message = "done", .warnings = {}};
                  })},
                  options);
  ASSERT_TRUE(pool.Start());
  for (int i = 0; i < 1000 && logged().empty(); ++i) std::this_thread::sleep_for(10ms);
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(Get(id).state, OperationState::kRunning);
  EXPECT_EQ(Get(next).state, OperationState::kQueued);
  run("DROP TRIGGER full");
  EXPECT_EQ(WaitFor(id, OperationState::kSuccess).message, "done");
  WaitFor(next, OperationState::kSuccess);
  pool.Stop();
  EXPECT_THAT(logged(), ElementsAre(HasSubstr("the end of operation 1 cannot be written"),
                                    "the end of operation 1 is written now"));
}

TEST_F(WorkerPoolTest, KindsItDoesNotKnowStayQueued) {
  const int64_t datastore = AddDatastore("a").id;
  const int64_t unknown = AddOperation(AddDatastore("b").id, "materialize").id;
  const int64_t id = AddOperation(datastore, "sync").id;
  const auto pool =
      NewPool({Kind([](JobContext&) -> Result<JobOutcome> { return JobOutcome{}; })});
  ASSERT_TRUE(pool->Start());
  WaitFor(id, OperationState::kSuccess);
  EXPECT_EQ(Get(unknown).state, OperationState::kQueued);
}

}  // namespace
}  // namespace assay::operations
