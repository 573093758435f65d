#include "store/sql/change.h"

#include "store/actor.h"
#include "store/sql/audited_values.h"

namespace assay::store::sql {
namespace {

constexpr const char* kMask = "***";

Json Masked(EntityType type, const std::string& name, const Json& value) {
  if (!IsHidden(type, name)) return value;
  return value.is_null() || value == "" ? Json() : Json(kMask);
}

/// The values of `shown` that differ from those of `other`; all when that is null.
Json Differing(EntityType type, const Json& shown, const Json& other) {
  if (shown.is_null()) return {};
  Json values = Json::object();
  for (const auto& [name, value] : shown.items()) {
    if (other.is_null() || other[name] != value) values[name] = Masked(type, name, value);
  }
  return values;
}

void AddDiffering(const std::map<std::string, Secret>& shown,
                  const std::map<std::string, Secret>& other, Json& values) {
  for (const auto& [name, secret] : shown) {
    const auto found = other.find(name);
    if (found != other.end() && found->second == secret) continue;
    if (values.is_null()) values = Json::object();
    values[name] = kMask;
  }
}

}  // namespace

Change::Change(const Access& access, soci::session& session, EntityType type, int64_t id)
    : actor_(access.actor()), session_(session), type_(type), id_(id) {
  if (actor_ != nullptr && id_ != 0) before_ = AuditedValues(session_, type_, id_);
}

void Change::AddSecrets(const std::map<std::string, Secret>& before,
                        const std::map<std::string, Secret>& after) {
  if (actor_ == nullptr) return;
  secrets_before_ = before;
  secrets_after_ = after;
}

void Change::Record(const std::string& action, int64_t new_id) {
  if (actor_ == nullptr) return;
  if (new_id != 0) id_ = new_id;
  const Json after = AuditedValues(session_, type_, id_);
  AuditEntry entry;
  entry.action = action;
  entry.entity_type = EntityTypeName(type_);
  entry.entity_id = id_;
  entry.entity_name = AuditedName(type_, after.is_null() ? before_ : after);
  entry.before = Differing(type_, before_, after);
  entry.after = Differing(type_, after, before_);
  AddDiffering(secrets_before_, secrets_after_, entry.before);
  AddDiffering(secrets_after_, secrets_before_, entry.after);
  if (entry.before.empty() && entry.after.empty()) return;
  InsertAuditEntry(session_, *actor_, std::move(entry));
}

void InsertAuditEntry(soci::session& session, const Actor& actor, AuditEntry entry) {
  const auto text = [](const Json& values) {
    return values.is_null() ? std::optional<std::string>() : PrintJson(values);
  };
  Run(session,
      "INSERT INTO audit_entries (created, user_id, user_name, address, action, entity_type, "
      "entity_id, entity_name, before_change, after_change) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?)",
      {actor.now, actor.user_id, actor.name, actor.address, entry.action, entry.entity_type,
       entry.entity_id, entry.entity_name, text(entry.before), text(entry.after)});
}

}  // namespace assay::store::sql
