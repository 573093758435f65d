#include "store/anomalies.h"

#include <fmt/format.h>

#include <set>

#include "store/sql/anomaly_rows.h"
#include "store/sql/change.h"
#include "store/sql/tag_links.h"

namespace assay::store {
namespace {

std::unexpected<Error> Missing(int64_t id) {
  return Fail(ErrorKind::kNotFound, fmt::format("no anomaly {}", id));
}

Status CheckStatus(const std::string& status) {
  for (const char* known :
       {"Active", "Acknowledged", "Resolved", "Invalid", "Duplicate", "Discarded"}) {
    if (status == known) return {};
  }
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("an anomaly is Active, Acknowledged, Resolved, Invalid, Duplicate or "
                          "Discarded, not {}",
                          status));
}

Status Assign(soci::session& session, const Anomaly& anomaly) {
  sql::Run(session, "DELETE FROM anomaly_assignees WHERE anomaly_id = ?", {anomaly.id});
  const std::set<int64_t> users(anomaly.assignee_ids.begin(), anomaly.assignee_ids.end());
  for (const int64_t user : users) {
    if (!sql::SelectInteger(session, "SELECT id FROM users WHERE id = ?", {user})) {
      return Fail(ErrorKind::kInvalidInput, fmt::format("no user {}", user));
    }
    sql::Run(session, "INSERT INTO anomaly_assignees (anomaly_id, user_id) VALUES (?, ?)",
             {anomaly.id, user});
  }
  return {};
}

std::map<int64_t, int64_t> ByFingerprint(soci::session& session, const char* text,
                                         int64_t container_id) {
  std::map<int64_t, int64_t> ids;
  int64_t fingerprint = 0, id = 0;
  sql::Select select(session, text, {container_id});
  select.Into(fingerprint, id);
  while (select.Next()) ids.emplace(fingerprint, id);
  return ids;
}

}  // namespace

Result<std::vector<int64_t>> Anomalies::Add(const std::vector<NewAnomaly>& anomalies) {
  return access_.Write([&](soci::session& session) -> Result<std::vector<int64_t>> {
    std::vector<int64_t> ids;
    for (const NewAnomaly& anomaly : anomalies) {
      ASSAY_RETURN_IF_ERROR(CheckStatus(anomaly.anomaly.status));
      ids.push_back(sql::InsertAnomaly(session, anomaly));
    }
    return ids;
  });
}

Result<Anomaly> Anomalies::Get(int64_t id) {
  return access_.Read([&](soci::session& session) -> Result<Anomaly> {
    auto found = sql::ReadAnomalies(session, " WHERE anomalies.id = ?", {id});
    if (found.empty()) return Missing(id);
    return std::move(found.front());
  });
}

Result<Page<Anomaly>> Anomalies::List(const AnomalyFilter& filter, const PageRequest& page) {
  return access_.Read([&](soci::session& session) -> Result<Page<Anomaly>> {
    const sql::Where where = sql::AnomalyConditions(filter);
    Page<Anomaly> result;
    result.total = sql::SelectInteger(session, "SELECT COUNT(*) FROM anomalies" + where.text(),
                                      where.values())
                       .value_or(0);
    const char* column = filter.sort == AnomalyFilter::Sort::kWeight ? "weight" : "created";
    const char* direction = sql::Direction(filter.order);
    const std::string order =
        fmt::format(" ORDER BY anomalies.{}{}, anomalies.id{}", column, direction, direction);
    result.items = sql::ReadAnomalies(session, where.text() + order + sql::kPageLimits,
                                      sql::WithPage(where, page), order);
    return result;
  });
}

Result<std::vector<AnomalySourceRecord>> Anomalies::SourceRecords(int64_t id) {
  return access_.Read([&](soci::session& session) -> Result<std::vector<AnomalySourceRecord>> {
    if (!sql::SelectInteger(session, "SELECT id FROM anomalies WHERE id = ?", {id})) {
      return Missing(id);
    }
    std::vector<AnomalySourceRecord> records;
    AnomalySourceRecord row;
    sql::Select select(session,
                       "SELECT relative_path, row_number, failing_fields, record FROM "
                       "anomaly_source_records WHERE anomaly_id = ? ORDER BY position",
                       {id});
    select.Into(row.relative_path, row.row_number, row.failing_fields, row.record);
    while (select.Next()) records.push_back(row);
    return records;
  });
}

Status Anomalies::Update(const Anomaly& anomaly) {
  ASSAY_RETURN_IF_ERROR(CheckStatus(anomaly.status));
  return access_.Write([&](soci::session& session) -> Status {
    sql::Change change(access_, session, EntityType::kAnomaly, anomaly.id);
    if (sql::Run(session,
                 "UPDATE anomalies SET status = ?, is_open = ?, is_new = ?, description = ? "
                 "WHERE id = ?",
                 {anomaly.status, !anomaly.is_archived(), anomaly.is_new, anomaly.description,
                  anomaly.id}) == 0) {
      return Missing(anomaly.id);
    }
    sql::AssignTags(session, TaggedKind::kAnomaly, anomaly.id, anomaly.tags, anomaly.created);
    ASSAY_RETURN_IF_ERROR(Assign(session, anomaly));
    change.Record("update");
    return {};
  });
}

Status Anomalies::Delete(int64_t id) {
  return access_.Write([&](soci::session& session) -> Status {
    sql::Change change(access_, session, EntityType::kAnomaly, id);
    if (sql::Run(session, "DELETE FROM anomalies WHERE id = ?", {id}) == 0) return Missing(id);
    change.Record("delete");
    return {};
  });
}

Result<std::map<int64_t, int64_t>> Anomalies::OpenByFingerprint(int64_t container_id) {
  return access_.Read([&](soci::session& session) -> Result<std::map<int64_t, int64_t>> {
    return ByFingerprint(
        session,
        "SELECT fingerprint, MIN(id) FROM anomalies WHERE container_id = ? AND "
        "is_open = 1 GROUP BY fingerprint",
        container_id);
  });
}

Result<std::map<int64_t, int64_t>> Anomalies::ArchivedByFingerprint(int64_t container_id) {
  return access_.Read([&](soci::session& session) -> Result<std::map<int64_t, int64_t>> {
    return ByFingerprint(
        session,
        "SELECT fingerprint, MAX(id) FROM anomalies WHERE container_id = ? AND "
        "is_open = 0 AND status <> 'Duplicate' GROUP BY fingerprint",
        container_id);
  });
}

Result<int64_t> Anomalies::ResolvePassed(int64_t container_id, int64_t operation_id,
                                         const std::vector<int64_t>& asserted_check_ids,
                                         const std::vector<int64_t>& seen) {
  const std::set<int64_t> asserted(asserted_check_ids.begin(), asserted_check_ids.end());
  const std::set<int64_t> reproduced(seen.begin(), seen.end());
  return access_.Write([&](soci::session& session) -> Result<int64_t> {
    std::set<int64_t> passed, kept;
    int64_t id = 0, fingerprint = 0;
    std::optional<int64_t> check_id;
    sql::Select select(session,
                       "SELECT anomalies.id, fingerprint, check_id FROM anomalies JOIN "
                       "anomaly_failed_checks ON anomaly_id = anomalies.id WHERE "
                       "anomalies.container_id = ? AND is_open = 1 AND operation_id <> ?",
                       {container_id, operation_id});
    select.Into(id, fingerprint, check_id);
    while (select.Next()) {
      const bool ran = check_id && asserted.contains(*check_id);
      (ran && !reproduced.contains(fingerprint) ? passed : kept).insert(id);
    }
    int64_t resolved = 0;
    for (const int64_t each : passed) {
      if (kept.contains(each)) continue;
      resolved += sql::Run(session,
                           "UPDATE anomalies SET status = 'Resolved', is_open = 0, "
                           "resolved_by_operation_id = ? WHERE id = ?",
                           {operation_id, each});
    }
    return resolved;
  });
}

}  // namespace assay::store
