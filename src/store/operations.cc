#include "store/operations.h"

#include <fmt/format.h>

#include <array>

#include "store/sql/change.h"
#include "store/sql/operation_rows.h"
#include "store/sql/where.h"

namespace assay::store {
namespace {

constexpr std::array kStates = {OperationState::kQueued, OperationState::kRunning,
                                OperationState::kSuccess, OperationState::kFailure,
                                OperationState::kAborted};

}  // namespace

const char* OperationStateName(OperationState state) {
  switch (state) {
    case OperationState::kQueued: return "queued";
    case OperationState::kRunning: return "running";
    case OperationState::kSuccess: return "success";
    case OperationState::kFailure: return "failure";
    case OperationState::kAborted: return "aborted";
  }
  return "failure";
}

Result<OperationState> ParseOperationState(std::string_view name) {
  for (const OperationState state : kStates) {
    if (name == OperationStateName(state)) return state;
  }
  return Fail(
      ErrorKind::kInvalidInput,
      fmt::format("an operation is queued, running, success, failure or aborted, not {}",
                  name));
}

const Fields<OperationCounters>& OperationCounters::JsonFields() {
  using C = OperationCounters;
  static const Fields<C> fields = {
      Optional("total_containers", &C::total_containers, "Containers to work on."),
      Optional("containers_analyzed", &C::containers_analyzed, "Containers finished."),
      Optional("partitions_analyzed", &C::partitions_analyzed, "Files profiled."),
      Optional("partitions_scanned", &C::partitions_scanned, "Files scanned."),
      Optional("records_processed", &C::records_processed, "Rows read."),
      Optional("fields_profiled", &C::fields_profiled, "Fields with a new profile."),
      Optional("checks_synchronized", &C::checks_synchronized, "Inferred checks compared."),
      Optional("checks_added", &C::checks_added, "Inferred checks that are new."),
      Optional("checks_updated", &C::checks_updated, "Inferred checks that changed."),
      Optional("anomalies_identified", &C::anomalies_identified, "Anomalies found."),
  };
  return fields;
}

Result<Operation> Operations::Enqueue(Operation operation) {
  return access_.Write([&](soci::session& session) -> Result<Operation> {
    if (!sql::SelectInteger(session, "SELECT id FROM datastores WHERE id = ?",
                            {operation.datastore_id})) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("no datastore {}", operation.datastore_id));
    }
    sql::Change change(access_, session, EntityType::kOperation);
    const int64_t id = sql::Insert(
        session,
        "INSERT INTO operations (created, type, datastore_id, state, warnings, settings, "
        "triggered_by, counters, abort_requested, worker, restarts) "
        "VALUES (?, ?, ?, 'queued', '[]', ?, ?, '{}', 0, '', 0)",
        {operation.created, operation.type, operation.datastore_id, operation.settings,
         operation.triggered_by});
    change.Record("create", id);
    return sql::FindOperation(session, id);
  });
}

Result<Operation> Operations::Get(int64_t id) {
  return access_.Read([&](soci::session& session) { return sql::FindOperation(session, id); });
}

Result<Page<Operation>> Operations::List(const OperationFilter& filter,
                                         const PageRequest& page) {
  return access_.Read([&](soci::session& session) -> Result<Page<Operation>> {
    sql::Where where;
    where.In("id", filter.ids);
    where.In("datastore_id", filter.datastore_ids);
    where.In("type", filter.types);
    std::vector<std::string> states;
    for (const OperationState state : filter.states)
      states.push_back(OperationStateName(state));
    where.In("state", states);
    where.Within("datastore_id", filter.scope);
    where.Between("created", filter.created_from, filter.created_to);
    if (!filter.container_ids.empty()) {
      where.Add(
          "EXISTS (SELECT 1 FROM operation_containers WHERE operation_id = operations.id "
          "AND container_id IN (" +
              sql::Where::Marks(filter.container_ids.size()) + "))",
          sql::Values(filter.container_ids.begin(), filter.container_ids.end()));
    }
    Page<Operation> result;
    result.total = sql::SelectInteger(session, "SELECT COUNT(*) FROM operations" + where.text(),
                                      where.values())
                       .value_or(0);
    const char* column =
        filter.sort == OperationFilter::Sort::kDuration
            ? "COALESCE(end_time, heartbeat, created) - COALESCE(start_time, created)"
            : "created";
    const char* direction = sql::Direction(filter.order);
    ASSAY_TRY(result.items, sql::ReadOperations(session,
                                                where.text() +
                                                    fmt::format(" ORDER BY {}{}, id{}", column,
                                                                direction, direction) +
                                                    sql::kPageLimits,
                                                sql::WithPage(where, page)));
    return result;
  });
}

Result<std::optional<Operation>> Operations::Latest(int64_t datastore_id) {
  return access_.Read([&](soci::session& session) -> Result<std::optional<Operation>> {
    ASSAY_TRY(auto found,
              sql::ReadOperations(session, "WHERE datastore_id = ? ORDER BY id DESC LIMIT 1",
                                  {datastore_id}));
    if (found.empty()) return std::optional<Operation>();
    return std::optional<Operation>(std::move(found.front()));
  });
}

Status Operations::SetContainers(int64_t id, const std::vector<int64_t>& container_ids) {
  return access_.Write([&](soci::session& session) -> Status {
    sql::Run(session, "DELETE FROM operation_containers WHERE operation_id = ?", {id});
    for (const int64_t container_id : container_ids) {
      sql::Run(session,
               "INSERT INTO operation_containers (operation_id, container_id) VALUES (?, ?)",
               {id, container_id});
    }
    return {};
  });
}

Result<Operation> Operations::RequestAbort(int64_t id, const std::string& by, Timestamp now) {
  return access_.Write([&](soci::session& session) -> Result<Operation> {
    sql::Change change(access_, session, EntityType::kOperation, id);
    sql::Run(session,
             "UPDATE operations SET state = 'aborted', aborted_by = ?, end_time = ? "
             "WHERE id = ? AND state = 'queued'",
             {by, now, id});
    sql::Run(session,
             "UPDATE operations SET abort_requested = 1, aborted_by = ? "
             "WHERE id = ? AND state = 'running' AND abort_requested = 0",
             {by, id});
    change.Record("abort");
    return sql::FindOperation(session, id);
  });
}

Status Operations::Delete(int64_t id) {
  return access_.Write([&](soci::session& session) -> Status {
    ASSAY_TRY(const Operation operation, sql::FindOperation(session, id));
    if (operation.state == OperationState::kQueued ||
        operation.state == OperationState::kRunning) {
      return Fail(ErrorKind::kConflict,
                  fmt::format("the operation has not ended; abort it first: {}", id));
    }
    sql::Change change(access_, session, EntityType::kOperation, id);
    sql::Run(session, "DELETE FROM operations WHERE id = ?", {id});
    change.Record("delete");
    return {};
  });
}

}  // namespace assay::store
