// Operations: jobs on datastores, past, running and waiting. store/queue.h hands them out.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/fields.h"
#include "store/access.h"
#include "store/datastore_scope.h"
#include "store/page.h"

namespace assay::store {

enum class OperationState { kQueued, kRunning, kSuccess, kFailure, kAborted };

/// "queued", "running", "success", "failure", "aborted".
const char* OperationStateName(OperationState state);
Result<OperationState> ParseOperationState(std::string_view name);

/// How far an operation is; what a kind does not count stays 0.
struct OperationCounters {
  int64_t total_containers = 0;
  int64_t containers_analyzed = 0;
  int64_t partitions_analyzed = 0;  // profile
  int64_t partitions_scanned = 0;   // scan
  int64_t records_processed = 0;
  int64_t fields_profiled = 0;
  int64_t checks_synchronized = 0;
  int64_t checks_added = 0;
  int64_t checks_updated = 0;
  int64_t anomalies_identified = 0;

  static const Fields<OperationCounters>& JsonFields();
  friend bool operator==(const OperationCounters&, const OperationCounters&) = default;
};

struct Operation {
  int64_t id = 0;
  Timestamp created{};
  std::string type;  // "sync", "profile", "scan", "move_enrichment"
  int64_t datastore_id = 0;
  OperationState state = OperationState::kQueued;
  std::optional<std::string> message;  // with success: a warning; with failure: the reason
  std::vector<std::string> warnings;   // details, one line each
  Json settings = Json::object();      // the request's own keys
  std::string triggered_by;
  std::optional<std::string> aborted_by;
  std::optional<Timestamp> start_time, end_time;
  OperationCounters counters;
  std::vector<int64_t> container_ids;  // those it works on, as far as known

  // Of the queue.
  bool abort_requested = false;
  std::string worker;  // the process that runs it
  std::optional<Timestamp> heartbeat;
  int64_t restarts = 0;
};

struct OperationFilter {
  std::vector<int64_t> ids;
  std::vector<int64_t> datastore_ids;
  std::vector<int64_t> container_ids;  // of operations that worked on any of them
  std::vector<std::string> types;
  std::vector<OperationState> states;
  std::optional<Timestamp> created_from, created_to;  // both inclusive
  std::optional<DatastoreScope> scope;
  enum class Sort { kCreated, kDuration } sort = Sort::kCreated;
  SortOrder order = SortOrder::kDescending;
};

class Operations {
 public:
  explicit Operations(Access& access) : access_(access) {}

  /// Puts it into the queue: id, state and the queue's fields are set here. kInvalidInput when
  /// the datastore does not exist.
  Result<Operation> Enqueue(Operation operation);
  Result<Operation> Get(int64_t id);
  Result<Page<Operation>> List(const OperationFilter& filter, const PageRequest& page);
  /// The newest of a datastore, if any.
  Result<std::optional<Operation>> Latest(int64_t datastore_id);
  Status SetContainers(int64_t id, const std::vector<int64_t>& container_ids);

  /// Asks it to stop: a waiting one is aborted at once, a running one as soon as its worker
  /// sees it (within a second), a finished one stays as it is. Returns it as it then is.
  Result<Operation> RequestAbort(int64_t id, const std::string& by, Timestamp now);

  /// Deletes a finished one with what it found. kConflict while it waits or runs.
  Status Delete(int64_t id);

 private:
  Access& access_;
};

}  // namespace assay::store
