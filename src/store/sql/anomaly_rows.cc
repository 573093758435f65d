#include "store/sql/anomaly_rows.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "store/sql/tag_links.h"

namespace assay::store::sql {
namespace {

constexpr const char* kColumns =
    "SELECT anomalies.id, uuid, anomalies.created, container_id, operation_id, "
    "container_scan_id, "
    "type, status, is_new, is_rolled_up, anomalous_records_count, fingerprint, weight, "
    "anomalies.description, message, relative_path, source_enriched, resolved_by_operation_id, "
    "containers.name, container_type, datastores.name, anomalies.datastore_id";

Where OfAnomalies(const std::vector<Anomaly>& anomalies) {
  std::vector<int64_t> ids;
  for (const Anomaly& anomaly : anomalies) ids.push_back(anomaly.id);
  Where where;
  where.In("anomaly_id", ids);
  return where;
}

void FillFailedChecks(soci::session& session, std::vector<Anomaly>& anomalies) {
  const Where where = OfAnomalies(anomalies);
  std::map<int64_t, std::vector<AnomalyFailedCheck>> failed;
  int64_t anomaly_id = 0;
  AnomalyFailedCheck row;
  Select select(session,
                "SELECT anomaly_id, check_id, rule_type, message FROM anomaly_failed_checks" +
                    where.text() + " ORDER BY anomaly_id, position",
                where.values());
  select.Into(anomaly_id, row.check_id, row.rule_type, row.message);
  while (select.Next()) failed[anomaly_id].push_back(row);
  for (Anomaly& anomaly : anomalies) anomaly.failed_checks = std::move(failed[anomaly.id]);
}

void FillAssignees(soci::session& session, std::vector<Anomaly>& anomalies) {
  const Where where = OfAnomalies(anomalies);
  std::map<int64_t, std::vector<int64_t>> assignees;
  int64_t anomaly_id = 0, user_id = 0;
  Select select(session,
                "SELECT anomaly_id, user_id FROM anomaly_assignees" + where.text() +
                    " ORDER BY anomaly_id, user_id",
                where.values());
  select.Into(anomaly_id, user_id);
  while (select.Next()) assignees[anomaly_id].push_back(user_id);
  for (Anomaly& anomaly : anomalies) anomaly.assignee_ids = std::move(assignees[anomaly.id]);
}

/// Keeps anomalies with a failed check whose `column` is one of `values`.
template <class T>
void AddFailedCheckFilter(Where& where, const std::string& column,
                          const std::vector<T>& values) {
  if (values.empty()) return;
  where.Add(
      fmt::format(
          "anomalies.id IN (SELECT anomaly_id FROM anomaly_failed_checks WHERE {} IN ({}))",
          column, Where::Marks(values.size())),
      Values(values.begin(), values.end()));
}

}  // namespace

std::vector<Anomaly> ReadAnomalies(soci::session& session, const std::string& rest,
                                   const Values& values, const std::string& order) {
  std::vector<Anomaly> anomalies;
  Anomaly row;
  // The page is cut before the joins, so that they cannot lead the planner away from the index.
  const std::string text =
      kColumns +
      (" FROM (SELECT * FROM anomalies" + rest +
       ") anomalies JOIN containers ON containers.id = container_id JOIN datastores ON "
       "datastores.id = anomalies.datastore_id") +
      order;
  Select select(session, text, values);
  select.Into(row.id, row.uuid, row.created, row.container_id, row.operation_id,
              row.container_scan_id, row.type, row.status, row.is_new, row.is_rolled_up,
              row.anomalous_records_count, row.fingerprint, row.weight, row.description,
              row.message, row.relative_path, row.source_enriched, row.resolved_by_operation_id,
              row.container_name, row.container_type, row.datastore_name, row.datastore_id);
  while (select.Next()) anomalies.push_back(row);
  if (anomalies.empty()) return anomalies;
  FillFailedChecks(session, anomalies);
  FillAssignees(session, anomalies);
  FillTags(session, TaggedKind::kAnomaly, anomalies);
  return anomalies;
}

int64_t InsertAnomaly(soci::session& session, const NewAnomaly& added) {
  const Anomaly& anomaly = added.anomaly;
  const int64_t id = Insert(
      session,
      "INSERT INTO anomalies (uuid, created, datastore_id, container_id, operation_id, "
      "container_scan_id, type, status, is_open, is_new, is_rolled_up, "
      "anomalous_records_count, "
      "fingerprint, weight, description, message, relative_path, source_enriched) "
      "VALUES (?, ?, (SELECT datastore_id FROM containers WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, "
      "?, "
      "?, ?, ?, ?, ?, ?, ?)",
      {anomaly.uuid, anomaly.created, anomaly.container_id, anomaly.container_id,
       anomaly.operation_id, anomaly.container_scan_id, anomaly.type, anomaly.status,
       !anomaly.is_archived(), anomaly.is_new, anomaly.is_rolled_up,
       anomaly.anomalous_records_count, anomaly.fingerprint, anomaly.weight,
       anomaly.description, anomaly.message, anomaly.relative_path, anomaly.source_enriched});
  int64_t position = 0;
  for (const AnomalyFailedCheck& failed : anomaly.failed_checks) {
    Run(session,
        "INSERT INTO anomaly_failed_checks (anomaly_id, position, check_id, rule_type, "
        "message) "
        "VALUES (?, ?, ?, ?, ?)",
        {id, position++, failed.check_id, failed.rule_type, failed.message});
  }
  position = 0;
  for (const AnomalySourceRecord& source : added.source_records) {
    Run(session,
        "INSERT INTO anomaly_source_records (anomaly_id, position, relative_path, row_number, "
        "failing_fields, record) VALUES (?, ?, ?, ?, ?, ?)",
        {id, position++, source.relative_path, source.row_number, source.failing_fields,
         source.record});
  }
  // A user who was deleted in the meantime looks after nothing; one named twice does so once.
  for (const int64_t user :
       std::set<int64_t>(anomaly.assignee_ids.begin(), anomaly.assignee_ids.end())) {
    Run(session,
        "INSERT INTO anomaly_assignees (anomaly_id, user_id) SELECT ?, id FROM users WHERE id "
        "= ?",
        {id, user});
  }
  if (!anomaly.tags.empty()) {
    AssignTags(session, TaggedKind::kAnomaly, id, anomaly.tags, anomaly.created);
  }
  return id;
}

Where AnomalyConditions(const AnomalyFilter& filter) {
  Where where;
  where.In("anomalies.id", filter.ids);
  where.Equals("uuid", filter.uuid);
  where.In("anomalies.datastore_id", filter.datastore_ids);
  where.In("anomalies.container_id", filter.container_ids);
  where.In("operation_id", filter.operation_ids);
  where.In("container_scan_id", filter.container_scan_ids);
  where.In("anomalies.type", filter.types);
  where.Within("anomalies.datastore_id", filter.scope);
  where.Equals("source_enriched", filter.source_enriched);
  where.Between("anomalies.created", filter.created_from, filter.created_to);
  AddFailedCheckFilter(where, "check_id", filter.check_ids);
  AddFailedCheckFilter(where, "rule_type", filter.rule_types);
  if (!filter.fields.empty()) {
    where.Add(
        "anomalies.id IN (SELECT anomaly_id FROM anomaly_failed_checks JOIN "
        "quality_check_fields "
        "ON quality_check_fields.check_id = anomaly_failed_checks.check_id WHERE "
        "quality_check_fields.name IN (" +
            Where::Marks(filter.fields.size()) + "))",
        Values(filter.fields.begin(), filter.fields.end()));
  }
  AddTagFilter(where, TaggedKind::kAnomaly, "anomalies.id", filter.tags);
  if (!filter.statuses.empty()) {
    where.In("status", filter.statuses);
  } else if (filter.archived != Archived::kInclude) {
    where.Add("is_open = ?", {filter.archived == Archived::kExclude});
  }
  return where;
}

}  // namespace assay::store::sql
