#include "store/queue.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/sql/operation_rows.h"
#include "store/sql/where.h"

namespace assay::store {
namespace {

std::unexpected<Error> NotOurs(int64_t id) {
  return Fail(ErrorKind::kConflict,
              fmt::format("operation {} is not running for this worker any more", id));
}

void Requeue(soci::session& session, int64_t id, int64_t restarts) {
  sql::Run(session,
           "UPDATE operations SET state = 'queued', worker = '', heartbeat = NULL, "
           "start_time = NULL, counters = '{}', restarts = ? WHERE id = ?",
           {restarts, id});
}

void End(soci::session& session, int64_t id, OperationState state,
         const std::optional<std::string>& message, Timestamp now) {
  sql::Run(session, "UPDATE operations SET state = ?, message = ?, end_time = ? WHERE id = ?",
           {OperationStateName(state), message, now, id});
}

}  // namespace

Result<std::optional<Operation>> Queue::Claim(const std::string& worker,
                                              const std::vector<std::string>& types,
                                              Timestamp now) {
  const auto next = [&](soci::session& session) {
    sql::Where where;
    where.Add("state = 'queued'");
    where.In("type", types);
    // Operations of one datastore follow each other in the order they were asked for: a profile
    // that was queued behind a sync wants what that finds.
    where.Add(
        "NOT EXISTS (SELECT 1 FROM operations other WHERE other.datastore_id = "
        "operations.datastore_id AND other.state = 'running')");
    return sql::SelectInteger(
        session, "SELECT id FROM operations" + where.text() + " ORDER BY id LIMIT 1",
        where.values());
  };
  // Looking first spares idle workers the writer's lock.
  ASSAY_TRY(const std::optional<int64_t> waiting,
            access_.Read([&](soci::session& session) -> Result<std::optional<int64_t>> {
              return next(session);
            }));
  if (!waiting) return std::optional<Operation>();
  return access_.Write([&](soci::session& session) -> Result<std::optional<Operation>> {
    const std::optional<int64_t> id = next(session);
    if (!id) return std::optional<Operation>();
    sql::Run(
        session,
        "UPDATE operations SET state = 'running', worker = ?, heartbeat = ?, "
        "start_time = ?, message = NULL, warnings = '[]' WHERE id = ? AND state = 'queued'",
        {worker, now, now, *id});
    ASSAY_TRY(Operation operation, sql::FindOperation(session, *id));
    return std::optional<Operation>(std::move(operation));
  });
}

Result<bool> Queue::Beat(int64_t id, const std::string& worker,
                         const OperationCounters& counters, Timestamp now) {
  return access_.Write([&](soci::session& session) -> Result<bool> {
    if (sql::Run(session,
                 "UPDATE operations SET heartbeat = ?, counters = ? "
                 "WHERE id = ? AND worker = ? AND state = 'running'",
                 {now, sql::CountersToColumn(counters), id, worker}) == 0) {
      return NotOurs(id);
    }
    return sql::SelectInteger(session, "SELECT abort_requested FROM operations WHERE id = ?",
                              {id}) == 1;
  });
}

Status Queue::Finish(int64_t id, const std::string& worker, const Ending& ending,
                     Timestamp now) {
  return access_.Write([&](soci::session& session) -> Status {
    if (sql::Run(
            session,
            "UPDATE operations SET state = ?, message = ?, warnings = ?, counters = ?, "
            "end_time = ?, heartbeat = ? WHERE id = ? AND worker = ? AND state = 'running'",
            {OperationStateName(ending.state), ending.message, ending.warnings,
             sql::CountersToColumn(ending.counters), now, now, id, worker}) == 0) {
      return NotOurs(id);
    }
    return {};
  });
}

Status Queue::Release(int64_t id, const std::string& worker) {
  return access_.Write([&](soci::session& session) -> Status {
    ASSAY_TRY(const Operation operation, sql::FindOperation(session, id));
    if (operation.state != OperationState::kRunning || operation.worker != worker) {
      return NotOurs(id);
    }
    Requeue(session, id, operation.restarts);
    return {};
  });
}

Result<Queue::Recovered> Queue::Recover(const std::string& worker, Timestamp heartbeat_before,
                                        const std::vector<std::string>& resumable,
                                        int64_t max_restarts, Timestamp now) {
  return access_.Write([&](soci::session& session) -> Result<Recovered> {
    ASSAY_TRY(const auto orphans,
              sql::ReadOperations(session,
                                  "WHERE state = 'running' AND worker <> ? AND "
                                  "COALESCE(heartbeat, 0) <= ? ORDER BY id",
                                  {worker, heartbeat_before}));
    Recovered recovered;
    for (const Operation& operation : orphans) {
      const int64_t id = operation.id;
      if (operation.abort_requested) {
        End(session, id, OperationState::kAborted, std::nullopt, now);
        recovered.aborted.push_back(id);
      } else if (std::ranges::find(resumable, operation.type) == resumable.end()) {
        End(session, id, OperationState::kFailure, "the server stopped while this was running",
            now);
        recovered.failed.push_back(id);
      } else if (operation.restarts >= max_restarts) {
        End(session, id, OperationState::kFailure,
            fmt::format("the server stopped {} times while this was running; it may need more "
                        "memory than there is",
                        operation.restarts + 1),
            now);
        recovered.failed.push_back(id);
      } else {
        Requeue(session, id, operation.restarts + 1);
        recovered.requeued.push_back(id);
      }
    }
    return recovered;
  });
}

}  // namespace assay::store
