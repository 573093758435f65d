// The workers that run queued operations.

#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "operations/job.h"
#include "store/queue.h"

namespace assay::operations {

struct WorkerPoolOptions {
  int workers = 2;
  int64_t max_restarts = 2;
  std::chrono::milliseconds beat{500};   // how often progress is written and aborts are noticed
  std::chrono::milliseconds poll{1000};  // how often the queue is looked at without a Wake
  /// Gets a line for what only the operator can mend, from any thread.
  std::function<void(const std::string&)> log = [](const std::string&) {};
};

/// Runs operations of the given kinds, each on one worker, operations of one datastore one
/// after the other. A job that throws or fails never takes its worker with it. An end that the
/// store does not take (a full disk) is logged and written as soon as it does; until then the
/// operation shows as running.
///
/// Threads: `workers` for jobs and one that beats for all of them. Wake may be called from any
/// thread, Start and Stop from the owner's.
class WorkerPool {
 public:
  WorkerPool(store::Database& database, Clock& clock, std::vector<JobKind> kinds,
             WorkerPoolOptions options);
  /// As Stop.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Takes care of what a process that died left running (its data directory is ours alone: see
  /// store/process_lock.h), then starts the threads.
  Status Start();

  /// Looks at the queue now: call it after an operation was queued or an abort was asked for.
  void Wake();

  /// Stops running jobs, puts them back into the queue, and returns when all threads have
  /// ended. Stopping twice succeeds; a stopped pool does not start again. An operation whose
  /// end could not be written until then is one that a dead process left running.
  void Stop();

 private:
  struct Run;

  void Work(std::stop_token stop);
  void Beat(std::stop_token stop);
  void Perform(store::Operation operation);
  Result<JobOutcome> Call(const JobKind& kind, JobContext& context) const;
  void Settle(Run& run, const Result<JobOutcome>& outcome);
  void WriteEndsLeft();

  /// How an operation ended that still runs as far as the store knows.
  struct UnwrittenEnd {
    int64_t id = 0;
    store::Queue::Ending ending;
    Timestamp time{};
  };

  store::Database& database_;
  Clock& clock_;
  const std::vector<JobKind> kinds_;
  const WorkerPoolOptions options_;
  const std::string worker_;  // this process, in the store
  std::vector<std::string> types_;

  std::mutex mutex_;
  std::condition_variable_any changed_;
  uint64_t wakes_ = 0;                            // guarded by mutex_
  bool stopping_ = false;                         // guarded by mutex_
  std::map<int64_t, std::shared_ptr<Run>> runs_;  // guarded by mutex_
  std::vector<UnwrittenEnd> unwritten_;           // guarded by mutex_
  std::vector<std::jthread> threads_;
  std::jthread beating_;
};

}  // namespace assay::operations
