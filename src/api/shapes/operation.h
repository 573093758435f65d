// Operations as the API prints them.

#pragma once

#include <vector>

#include "api/route.h"
#include "store/operations.h"

namespace assay::api {

/// {id, created, type, start_time, end_time, result, message, warnings, triggered_by,
/// aborted_by, datastore, schedule, status {counters}, containers, tags} and the settings it
/// runs with, under the names of the request. `result` is running (also while it waits for a
/// worker: start_time is null then), success, failure or aborted.
Shape OperationShape();

enum class Detail { kBrief, kFull };  // full: with container_scans

/// One object an operation, in order.
Result<std::vector<Json>> PrintOperations(store::Access& access,
                                          const std::vector<store::Operation>& operations,
                                          Detail detail);

/// {id, result, heartbeat, status}: what changes while it runs.
Shape HeartbeatShape();
Json PrintHeartbeat(const store::Operation& operation);

/// "running" for waiting ones too: the client knows no other word.
const char* ResultName(store::OperationState state);

}  // namespace assay::api
