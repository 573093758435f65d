// A kind of operation and one run of it.

#pragma once

#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "store/database.h"
#include "store/operations.h"

namespace assay::operations {

/// How a job ended well. With a message it is a success that wants attention.
struct JobOutcome {
  std::string message;                // empty: a clean success
  std::vector<std::string> warnings;  // details, one line each
};

/// What a running job gets. Thread-safe.
class JobContext {
 public:
  JobContext(store::Operation operation, store::Database& database, Timestamp now,
             std::stop_token stop)
      : operation_(std::move(operation)),
        database_(database),
        now_(now),
        stop_(std::move(stop)),
        counters_(operation_.counters) {}
  JobContext(const JobContext&) = delete;
  JobContext& operator=(const JobContext&) = delete;

  const store::Operation& operation() const { return operation_; }
  store::Database& database() const { return database_; }
  /// "Now" of the whole operation.
  Timestamp now() const { return now_; }
  /// A stop request must end the job with kCancelled within a second.
  const std::stop_token& stop() const { return stop_; }

  /// Changes the counters; cheap, they reach the store at most twice a second.
  void Count(const std::function<void(store::OperationCounters&)>& change);
  store::OperationCounters counters() const;

 private:
  const store::Operation operation_;
  store::Database& database_;
  const Timestamp now_;
  const std::stop_token stop_;
  mutable std::mutex mutex_;
  store::OperationCounters counters_;  // guarded by mutex_
};

using JobHandler = std::function<Result<JobOutcome>(JobContext&)>;

enum class AfterRestart {
  kRunAgain,  // running it again from its beginning gives the same result
  kFail,
};

struct JobKind {
  std::string type;
  AfterRestart after_restart = AfterRestart::kFail;
  JobHandler run;
};

}  // namespace assay::operations
