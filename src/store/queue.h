// Handing operations to workers so that each runs on exactly one of them, also across restarts.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/operations.h"

namespace assay::store {

/// What workers of one process do with the operations table. `worker` names that process.
class Queue {
 public:
  explicit Queue(Access& access) : access_(access) {}

  /// The oldest waiting operation of one of `types` whose datastore has no other running; it is
  /// running for `worker` from now on. Nothing when there is none. Two callers never get the
  /// same.
  Result<std::optional<Operation>> Claim(const std::string& worker,
                                         const std::vector<std::string>& types, Timestamp now);

  /// Says that it is still being worked on and how far. Returns whether an abort was asked for.
  /// kConflict when it is not running for `worker` any more.
  Result<bool> Beat(int64_t id, const std::string& worker, const OperationCounters& counters,
                    Timestamp now);

  struct Ending {
    OperationState state = OperationState::kSuccess;
    std::optional<std::string> message;
    std::vector<std::string> warnings;
    OperationCounters counters;
  };
  /// kConflict when it is not running for `worker` any more.
  Status Finish(int64_t id, const std::string& worker, const Ending& ending, Timestamp now);

  /// Puts a running one back, to be started again from its beginning. Does not count as a
  /// restart.
  Status Release(int64_t id, const std::string& worker);

  struct Recovered {
    std::vector<int64_t> requeued;
    std::vector<int64_t> failed;
    std::vector<int64_t> aborted;
  };
  /// Takes care of operations that other processes left running and have not beaten for since
  /// `heartbeat_before`: those of `resumable` types wait again, up to `max_restarts` times;
  /// those that were to be aborted are; all others fail with the reason.
  Result<Recovered> Recover(const std::string& worker, Timestamp heartbeat_before,
                            const std::vector<std::string>& resumable, int64_t max_restarts,
                            Timestamp now);

 private:
  Access& access_;
};

}  // namespace assay::store
