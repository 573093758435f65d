#include "store/sql/operation_rows.h"

#include <fmt/format.h>

#include <map>

#include "store/sql/where.h"

namespace assay::store::sql {
namespace {

constexpr const char* kColumns =
    "SELECT id, created, type, datastore_id, state, message, warnings, settings, triggered_by, "
    "aborted_by, start_time, end_time, counters, abort_requested, worker, heartbeat, restarts "
    "FROM operations ";

void FillContainers(soci::session& session, std::vector<Operation>& operations) {
  if (operations.empty()) return;
  std::vector<int64_t> ids;
  for (const Operation& operation : operations) ids.push_back(operation.id);
  Where where;
  where.In("operation_id", ids);
  std::map<int64_t, std::vector<int64_t>> containers;
  int64_t operation_id = 0, container_id = 0;
  Select select(session,
                "SELECT operation_id, container_id FROM operation_containers" + where.text() +
                    " ORDER BY container_id",
                where.values());
  select.Into(operation_id, container_id);
  while (select.Next()) containers[operation_id].push_back(container_id);
  for (Operation& operation : operations) {
    operation.container_ids = std::move(containers[operation.id]);
  }
}

}  // namespace

Result<std::vector<Operation>> ReadOperations(soci::session& session, const std::string& rest,
                                              const Values& values) {
  std::vector<Operation> operations;
  Operation row;
  std::string state;
  Json counters;
  Select select(session, kColumns + rest, values);
  select.Into(row.id, row.created, row.type, row.datastore_id, state, row.message, row.warnings,
              row.settings, row.triggered_by, row.aborted_by, row.start_time, row.end_time,
              counters, row.abort_requested, row.worker, row.heartbeat, row.restarts);
  while (select.Next()) {
    ASSAY_TRY(row.state, ParseOperationState(state));
    ASSAY_TRY(row.counters,
              OperationCounters::JsonFields().Parse(counters, UnknownKeys::kIgnore));
    operations.push_back(row);
  }
  FillContainers(session, operations);
  return operations;
}

Result<Operation> FindOperation(soci::session& session, int64_t id) {
  ASSAY_TRY(auto found, ReadOperations(session, "WHERE id = ?", {id}));
  if (found.empty()) return Fail(ErrorKind::kNotFound, fmt::format("no operation {}", id));
  return std::move(found.front());
}

std::string CountersToColumn(const OperationCounters& counters) {
  return PrintJson(OperationCounters::JsonFields().Print(counters));
}

}  // namespace assay::store::sql
