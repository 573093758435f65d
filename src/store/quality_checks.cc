#include "store/quality_checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "store/sql/change.h"
#include "store/sql/quality_check_rows.h"
#include "store/sql/tag_links.h"

namespace assay::store {
namespace {

std::unexpected<Error> Missing(int64_t id) {
  return Fail(ErrorKind::kNotFound, fmt::format("no quality check {}", id));
}

Result<QualityCheck> Find(soci::session& session, int64_t id) {
  auto found = sql::ReadQualityChecks(session, " WHERE quality_checks.id = ?", {id});
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
        "default_anomaly_assignee_id, template_id, template_values, last_editor, last_updated, "
        "deleted_at, num_container_scans) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
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
         check.template_values,
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
        "template_id = ?, template_values = ?, last_editor = ?, last_updated = ?, deleted_at = "
        "? WHERE id = ?",
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
         check.template_values,
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
    return sql::ReadQualityCheckPage(session, filter, page);
  });
}

Result<std::vector<QualityCheck>> QualityChecks::ActiveOf(int64_t container_id) {
  return access_.Read([&](soci::session& session) -> Result<std::vector<QualityCheck>> {
    return sql::ReadQualityChecks(
        session, " WHERE container_id = ? AND status = 'Active' ORDER BY quality_checks.id",
        {container_id});
  });
}

Result<std::vector<QualityCheck>> QualityChecks::AllOf(int64_t container_id) {
  return access_.Read([&](soci::session& session) -> Result<std::vector<QualityCheck>> {
    return sql::ReadQualityChecks(session, " WHERE container_id = ? ORDER BY quality_checks.id",
                                  {container_id});
  });
}

Result<std::vector<QualityCheck>> QualityChecks::OfTemplate(int64_t template_id) {
  return access_.Read([&](soci::session& session) -> Result<std::vector<QualityCheck>> {
    return sql::ReadQualityChecks(session, " WHERE template_id = ? ORDER BY quality_checks.id",
                                  {template_id});
  });
}

Status QualityChecks::SetFavorite(int64_t id, bool favorite) {
  return access_.Write([&](soci::session& session) -> Status {
    sql::Change change(access_, session, EntityType::kQualityCheck, id);
    if (sql::Run(session, "UPDATE quality_checks SET favorite = ? WHERE id = ?",
                 {favorite, id}) == 0) {
      return Missing(id);
    }
    change.Record("update");
    return {};
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
