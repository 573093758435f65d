#include "store/quality_checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "store/sql/change.h"
#include "store/sql/tag_links.h"

namespace assay::store {
namespace {

constexpr const char* kFrom =
    " FROM quality_checks JOIN containers ON containers.id = container_id";
constexpr const char* kColumns =
    "SELECT quality_checks.id, quality_checks.created, container_id, rule_type, fields, "
    "filter, "
    "coverage, properties, quality_checks.description, status, inferred, evidence, is_new, "
    "quality_checks.favorite, rule_weight, quality_checks.additional_metadata, "
    "anomaly_message_field, owner_id, default_anomaly_assignee_id, template_id, last_editor, "
    "last_updated, quality_checks.deleted_at, last_asserted, is_passing, num_container_scans, "
    "(SELECT COUNT(*) FROM anomaly_failed_checks WHERE check_id = quality_checks.id), "
    "(SELECT COUNT(*) FROM anomaly_failed_checks JOIN anomalies ON anomalies.id = anomaly_id "
    "WHERE check_id = quality_checks.id AND is_open = 1), "
    "containers.name, container_type, datastore_id";

std::unexpected<Error> Missing(int64_t id) {
  return Fail(ErrorKind::kNotFound, fmt::format("no quality check {}", id));
}

std::vector<QualityCheck> ReadAll(soci::session& session, const std::string& rest,
                                  const sql::Values& values) {
  std::vector<QualityCheck> checks;
  QualityCheck row;
  sql::Select select(session, std::string(kColumns) + kFrom + rest, values);
  select.Into(row.id, row.created, row.container_id, row.rule_type, row.fields, row.filter,
              row.coverage, row.properties, row.description, row.status, row.inferred,
              row.evidence, row.is_new, row.favorite, row.rule_weight, row.additional_metadata,
              row.anomaly_message_field, row.owner_id, row.default_anomaly_assignee_id,
              row.template_id, row.last_editor, row.last_updated, row.deleted_at,
              row.last_asserted, row.is_passing, row.num_container_scans, row.anomaly_count,
              row.active_anomaly_count, row.container_name, row.container_type,
              row.datastore_id);
  while (select.Next()) checks.push_back(row);
  sql::FillTags(session, TaggedKind::kQualityCheck, checks);
  return checks;
}

Result<QualityCheck> Find(soci::session& session, int64_t id) {
  auto found = ReadAll(session, " WHERE quality_checks.id = ?", {id});
  if (found.empty()) return Missing(id);
  return std::move(found.front());
}

/// The same for checks that assert the same.
std::string AssertionDigest(const QualityCheck& check) {
  std::vector<std::string> fields = check.fields;
  std::ranges::sort(fields);
  // Sorted keys: their order in a request means nothing.
  const nlohmann::json properties = nlohmann::json::parse(PrintJson(check.properties));
  const Json assertion = {check.rule_type, fields, check.filter.value_or(""),
                          fmt::format("{}", check.coverage), properties.dump()};
  const Hash128 hash = StableHash128(PrintJson(assertion));
  return fmt::format("{:016x}{:016x}", hash.high, hash.low);
}

Status RefuseDuplicate(soci::session& session, const QualityCheck& check) {
  if (check.is_archived()) return {};
  if (const auto other = sql::SelectInteger(
          session,
          "SELECT id FROM quality_checks WHERE container_id = ? AND assertion_digest = ? AND "
          "id <> ? AND status IN ('Active', 'Draft')",
          {check.container_id, AssertionDigest(check), check.id})) {
    return Fail(
        ErrorKind::kConflict,
        fmt::format("the container has a check that asserts the same: check {}", *other));
  }
  return {};
}

Status CheckStatus(const std::string& status) {
  for (const char* known : {"Active", "Draft", "Invalid", "Discarded"}) {
    if (status == known) return {};
  }
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("a check is Active, Draft, Invalid or Discarded, not {}", status));
}

void WriteFields(soci::session& session, const QualityCheck& check) {
  sql::Run(session, "DELETE FROM quality_check_fields WHERE check_id = ?", {check.id});
  std::vector<std::string> names = check.fields;
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
  for (const std::string& name : names) {
    sql::Run(session, "INSERT INTO quality_check_fields (check_id, name) VALUES (?, ?)",
             {check.id, name});
  }
}

const char* SortColumn(QualityCheckFilter::Sort sort) {
  switch (sort) {
    case QualityCheckFilter::Sort::kId: return "quality_checks.id";
    case QualityCheckFilter::Sort::kCreated: return "quality_checks.created";
    case QualityCheckFilter::Sort::kRuleType: return "rule_type";
  }
  return "quality_checks.id";
}

sql::Where Conditions(const QualityCheckFilter& filter) {
  sql::Where where;
  where.In("quality_checks.id", filter.ids);
  where.In("datastore_id", filter.datastore_ids);
  where.In("container_id", filter.container_ids);
  where.In("rule_type", filter.rule_types);
  where.Within("datastore_id", filter.scope);
  where.Equals("inferred", filter.inferred);
  where.Contains("quality_checks.description", filter.search);
  sql::AddTagFilter(where, TaggedKind::kQualityCheck, "quality_checks.id", filter.tags);
  if (!filter.fields.empty()) {
    where.Add(
        "quality_checks.id IN (SELECT check_id FROM quality_check_fields WHERE name IN (" +
            sql::Where::Marks(filter.fields.size()) + "))",
        sql::Values(filter.fields.begin(), filter.fields.end()));
  }
  if (filter.statuses.empty()) {
    where.State("status IN ('Invalid', 'Discarded')", filter.archived);
  } else {
    where.In("status", filter.statuses);
  }
  return where;
}

}  // namespace

Result<QualityCheck> QualityChecks::Create(QualityCheck check) {
  return access_.Write([&](soci::session& session) -> Result<QualityCheck> {
    check.id = 0;
    if (!sql::SelectInteger(session, "SELECT id FROM containers WHERE id = ?",
                            {check.container_id})) {
      return Fail(ErrorKind::kInvalidInput, fmt::format("no container {}", check.container_id));
    }
    ASSAY_RETURN_IF_ERROR(CheckStatus(check.status));
    ASSAY_RETURN_IF_ERROR(RefuseDuplicate(session, check));
    sql::Change change(access_, session, EntityType::kQualityCheck);
    check.id = sql::Insert(
        session,
        "INSERT INTO quality_checks (created, container_id, rule_type, fields, filter, "
        "coverage, "
        "properties, assertion_digest, description, status, inferred, evidence, is_new, "
        "favorite, "
        "rule_weight, additional_metadata, anomaly_message_field, owner_id, "
        "default_anomaly_assignee_id, template_id, last_editor, last_updated, deleted_at, "
        "num_container_scans) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
        {check.created,
         check.container_id,
         check.rule_type,
         check.fields,
         check.filter,
         check.coverage,
         check.properties,
         AssertionDigest(check),
         check.description,
         check.status,
         check.inferred,
         check.evidence,
         check.is_new,
         check.favorite,
         check.rule_weight,
         check.additional_metadata,
         check.anomaly_message_field,
         check.owner_id,
         check.default_anomaly_assignee_id,
         check.template_id,
         check.last_editor,
         check.last_updated,
         check.deleted_at});
    WriteFields(session, check);
    sql::AssignTags(session, TaggedKind::kQualityCheck, check.id, check.tags, check.created);
    change.Record("create", check.id);
    return Find(session, check.id);
  });
}

Result<QualityCheck> QualityChecks::Get(int64_t id) {
  return access_.Read([&](soci::session& session) { return Find(session, id); });
}

Status QualityChecks::Update(const QualityCheck& check) {
  return access_.Write([&](soci::session& session) -> Status {
    ASSAY_RETURN_IF_ERROR(CheckStatus(check.status));
    ASSAY_RETURN_IF_ERROR(RefuseDuplicate(session, check));
    sql::Change change(access_, session, EntityType::kQualityCheck, check.id);
    const int64_t changed = sql::Run(
        session,
        "UPDATE quality_checks SET fields = ?, filter = ?, coverage = ?, properties = ?, "
        "assertion_digest = ?, description = ?, status = ?, inferred = ?, evidence = ?, "
        "is_new = ?, favorite = ?, rule_weight = ?, additional_metadata = ?, "
        "anomaly_message_field = ?, owner_id = ?, default_anomaly_assignee_id = ?, "
        "template_id = ?, last_editor = ?, last_updated = ?, deleted_at = ? WHERE id = ?",
        {check.fields,
         check.filter,
         check.coverage,
         check.properties,
         AssertionDigest(check),
         check.description,
         check.status,
         check.inferred,
         check.evidence,
         check.is_new,
         check.favorite,
         check.rule_weight,
         check.additional_metadata,
         check.anomaly_message_field,
         check.owner_id,
         check.default_anomaly_assignee_id,
         check.template_id,
         check.last_editor,
         check.last_updated,
         check.deleted_at,
         check.id});
    if (changed == 0) return Missing(check.id);
    WriteFields(session, check);
    sql::AssignTags(session, TaggedKind::kQualityCheck, check.id, check.tags,
                    check.last_updated);
    change.Record("update");
    return {};
  });
}

Status QualityChecks::Archive(int64_t id, const std::string& status, const std::string& editor,
                              Timestamp now) {
  if (status != "Invalid" && status != "Discarded") {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("a check is archived as Invalid or Discarded, not {}", status));
  }
  return access_.Write([&](soci::session& session) -> Status {
    sql::Change change(access_, session, EntityType::kQualityCheck, id);
    if (sql::Run(session,
                 "UPDATE quality_checks SET status = ?, deleted_at = ?, last_editor = ?, "
                 "last_updated = ? WHERE id = ?",
                 {status, now, editor, now, id}) == 0) {
      return Missing(id);
    }
    change.Record("archive");
    return {};
  });
}

Status QualityChecks::Delete(int64_t id) {
  return access_.Write([&](soci::session& session) -> Status {
    sql::Change change(access_, session, EntityType::kQualityCheck, id);
    sql::Run(session,
             "DELETE FROM anomalies WHERE id IN (SELECT anomaly_id FROM anomaly_failed_checks "
             "WHERE check_id = ?) AND NOT EXISTS (SELECT 1 FROM anomaly_failed_checks other "
             "WHERE other.anomaly_id = anomalies.id AND (other.check_id IS NULL OR "
             "other.check_id <> ?))",
             {id, id});
    if (sql::Run(session, "DELETE FROM quality_checks WHERE id = ?", {id}) == 0) {
      return Missing(id);
    }
    change.Record("delete");
    return {};
  });
}

Result<Page<QualityCheck>> QualityChecks::List(const QualityCheckFilter& filter,
                                               const PageRequest& page) {
  return access_.Read([&](soci::session& session) -> Result<Page<QualityCheck>> {
    const sql::Where where = Conditions(filter);
    Page<QualityCheck> result;
    result.total =
        sql::SelectInteger(session, std::string("SELECT COUNT(*)") + kFrom + where.text(),
                           where.values())
            .value_or(0);
    const char* direction = sql::Direction(filter.order);
    result.items = ReadAll(session,
                           where.text() +
                               fmt::format(" ORDER BY {}{}, quality_checks.id{}",
                                           SortColumn(filter.sort), direction, direction) +
                               sql::kPageLimits,
                           sql::WithPage(where, page));
    return result;
  });
}

Result<std::vector<QualityCheck>> QualityChecks::ActiveOf(int64_t container_id) {
  return access_.Read([&](soci::session& session) -> Result<std::vector<QualityCheck>> {
    return ReadAll(session,
                   " WHERE container_id = ? AND status = 'Active' ORDER BY quality_checks.id",
                   {container_id});
  });
}

Result<std::vector<QualityCheck>> QualityChecks::AllOf(int64_t container_id) {
  return access_.Read([&](soci::session& session) -> Result<std::vector<QualityCheck>> {
    return ReadAll(session, " WHERE container_id = ? ORDER BY quality_checks.id",
                   {container_id});
  });
}

Status QualityChecks::RecordAssertions(const std::vector<Assertion>& assertions,
                                       Timestamp now) {
  return access_.Write([&](soci::session& session) -> Status {
    for (const Assertion& assertion : assertions) {
      if (!assertion.passed) continue;
      sql::Run(session,
               "UPDATE quality_checks SET last_asserted = ?, is_passing = ?, "
               "num_container_scans = num_container_scans + 1 WHERE id = ?",
               {now, *assertion.passed, assertion.check_id});
    }
    return {};
  });
}

}  // namespace assay::store
