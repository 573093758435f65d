#include "store/audit.h"

#include "store/actor.h"
#include "store/sql/change.h"
#include "store/sql/where.h"

namespace assay::store {
namespace {

constexpr const char* kColumns =
    "SELECT id, created, user_id, user_name, address, action, entity_type, entity_id, "
    "entity_name, before_change, after_change FROM audit_entries";

std::vector<AuditEntry> ReadAll(soci::session& session, const std::string& text,
                                const sql::Values& values) {
  std::vector<AuditEntry> entries;
  AuditEntry row;
  sql::Select select(session, text, values);
  select.Into(row.id, row.created, row.user_id, row.user_name, row.address, row.action,
              row.entity_type, row.entity_id, row.entity_name, row.before, row.after);
  while (select.Next()) entries.push_back(row);
  return entries;
}

sql::Where Conditions(const AuditFilter& filter) {
  sql::Where where;
  where.In("user_id", filter.user_ids);
  where.In("entity_type", filter.entity_types);
  where.In("entity_id", filter.entity_ids);
  where.In("action", filter.actions);
  where.Between("created", filter.created_from, filter.created_to);
  return where;
}

}  // namespace

const char* EntityTypeName(EntityType type) {
  switch (type) {
    case EntityType::kConnection: return "connection";
    case EntityType::kDatastore: return "datastore";
    case EntityType::kContainer: return "container";
    case EntityType::kField: return "field";
    case EntityType::kComputedField: return "computed_field";
    case EntityType::kQualityCheck: return "quality_check";
    case EntityType::kQualityCheckTemplate: return "quality_check_template";
    case EntityType::kAnomaly: return "anomaly";
    case EntityType::kOperation: return "operation";
    case EntityType::kUser: return "user";
    case EntityType::kTeam: return "team";
    case EntityType::kToken: return "token";
    case EntityType::kTag: return "tag";
    case EntityType::kSetting: return "setting";
  }
  return "";
}

const std::vector<EntityType>& AllEntityTypes() {
  static const std::vector<EntityType> all = {
      EntityType::kConnection,   EntityType::kDatastore,
      EntityType::kContainer,    EntityType::kField,
      EntityType::kComputedField, EntityType::kQualityCheck,
      EntityType::kQualityCheckTemplate, EntityType::kAnomaly,
      EntityType::kOperation, EntityType::kUser,
      EntityType::kTeam,       EntityType::kToken,         EntityType::kTag,
      EntityType::kSetting};
  return all;
}

const std::vector<std::string>& AllAuditActions() {
  static const std::vector<std::string> all = {"create",  "update", "delete", "archive",
                                               "link",    "unlink", "abort",  "revoke",
                                               "restore", "login",  "logout"};
  return all;
}

Status AuditLog::Add(AuditEntry entry) {
  const Actor* actor = access_.actor();
  if (actor == nullptr) return {};
  return access_.Write([&](soci::session& session) -> Status {
    sql::InsertAuditEntry(session, *actor, std::move(entry));
    return {};
  });
}

Result<Page<AuditEntry>> AuditLog::List(const AuditFilter& filter, const PageRequest& page) {
  return access_.Read([&](soci::session& session) -> Result<Page<AuditEntry>> {
    const sql::Where where = Conditions(filter);
    Page<AuditEntry> result;
    result.total =
        sql::SelectInteger(session, "SELECT COUNT(*) FROM audit_entries" + where.text(),
                           where.values())
            .value_or(0);
    result.items =
        ReadAll(session, kColumns + where.text() + " ORDER BY id DESC" + sql::kPageLimits,
                sql::WithPage(where, page));
    return result;
  });
}

Result<std::vector<AuditEntry>> AuditLog::After(const AuditFilter& filter, int64_t after_id,
                                                int64_t limit) {
  return access_.Read([&](soci::session& session) -> Result<std::vector<AuditEntry>> {
    sql::Where where = Conditions(filter);
    where.Add("id > ?", {after_id});
    sql::Values values = where.values();
    values.emplace_back(limit);
    return ReadAll(session, kColumns + where.text() + " ORDER BY id LIMIT ?", values);
  });
}

Result<int64_t> AuditLog::DeleteBefore(Timestamp time, int64_t limit) {
  return access_.Write([&](soci::session& session) -> Result<int64_t> {
    return sql::Run(session,
                    "DELETE FROM audit_entries WHERE id IN (SELECT id FROM audit_entries WHERE "
                    "created < ? ORDER BY created LIMIT ?)",
                    {time, limit});
  });
}

}  // namespace assay::store
