#include "api/check_editing.h"

#include <fmt/format.h>

#include "api/check_validation.h"
#include "api/shapes/quality_check.h"
#include "base/same_json.h"
#include "operations/check_records.h"
#include "store/containers.h"
#include "store/users.h"

namespace assay::api {
namespace {

/// The user that `key` names. 422 when there is none.
Answer<store::User> FindUser(store::Access& access, const char* key, int64_t id) {
  auto user = store::Users(access).Get(id);
  if (user) return *std::move(user);
  if (user.error().kind != ErrorKind::kNotFound) return Refuse(user.error());
  return Refuse(Problem::InvalidKey(key, user.error().message));
}

Answer<void> CheckOwner(store::Access& access, const store::QualityCheck& check) {
  API_TRY(const store::User owner, FindUser(access, "owner_id", *check.owner_id));
  if (ParseRole(owner.role) == Role::kAdmin) return {};
  API_TRY(const auto permission, store::DatastorePermissions(access).Strongest(
                                     owner.id, store::Thing::kContainer, check.container_id));
  if (permission && *permission >= store::Permission::kDrafter) return {};
  return Refuse(Problem::InvalidKey(
      "owner_id", fmt::format("an owner needs the team permission Drafter on the datastore, "
                              "which user {} lacks",
                              owner.id)));
}

}  // namespace

Answer<void> RequireContainer(store::Access& access, int64_t container_id) {
  const auto container = store::Containers(access).Get(container_id);
  if (container) return {};
  if (container.error().kind != ErrorKind::kNotFound) return Refuse(container.error());
  return Refuse(Problem::InvalidKey("container_id", container.error().message));
}

Json WithoutNulls(const Json& body) {
  Json given = Json::object();
  for (const auto& [key, value] : body.items()) {
    if (!value.is_null()) given[key] = value;
  }
  return given;
}

Answer<void> CheckCheck(const Call& call, store::Access& access,
                        const store::QualityCheck& check, const store::QualityCheck* before) {
  const bool has_new_owner =
      check.owner_id && (before == nullptr || before->owner_id != check.owner_id);
  if (has_new_owner) API_RETURN_IF_ERROR(CheckOwner(access, check));
  if (const auto& assignee = check.default_anomaly_assignee_id) {
    API_RETURN_IF_ERROR(FindUser(access, "default_anomaly_assignee_id", *assignee));
  }
  // An archived check asserts nothing; its container may have changed since.
  if (check.is_archived()) return {};
  return ValidateCheck(call.caller, access, check, call.dependencies.clock.Now());
}

Answer<store::QualityCheck> StoreNewCheck(const Call& call, store::Access& access,
                                          store::QualityCheck check) {
  API_RETURN_IF_ERROR(CheckCheck(call, access, check, nullptr));
  API_TRY(const auto record,
          operations::ToRecord(operations::ToDefinition(check), check.container_id));
  check.rule_type = record.rule_type;
  check.rule_weight = record.rule_weight;
  check.created = check.last_updated = call.dependencies.clock.Now();
  check.last_editor = call.caller.signature();
  check.is_new = false;
  if (!check.owner_id) check.owner_id = call.caller.user_id;
  API_TRY(auto stored, store::QualityChecks(access).Create(std::move(check)));
  return stored;
}

Answer<void> RefuseWhatIsLocked(const store::QualityCheck& before,
                                const store::QualityCheck& check) {
  if (!check.template_locked.value_or(false)) return {};
  const auto refuse = [&](const char* key) {
    return Refuse(Problem::InvalidKey(
        key, fmt::format("is decided by the locked template {}: change or unlock that",
                         check.template_id.value_or(0))));
  };
  if (before.filter != check.filter) return refuse("filter");
  if (before.coverage != check.coverage) return refuse("coverage");
  if (!SameJson(before.properties, check.properties)) return refuse("properties");
  if (before.anomaly_message_field != check.anomaly_message_field)
    return refuse("anomaly_message_field");
  return {};
}

Answer<store::QualityCheck> EditStoredCheck(const Call& call, store::Access& access, int64_t id,
                                            const Json& body) {
  const Timestamp now = call.dependencies.clock.Now();
  store::QualityChecks checks(access);
  API_TRY(const store::QualityCheck before, checks.Get(id));
  store::QualityCheck check = before;
  API_RETURN_IF_ERROR(ApplyToQualityCheck(body, now, check));
  API_RETURN_IF_ERROR(RefuseWhatIsLocked(before, check));
  API_RETURN_IF_ERROR(CheckCheck(call, access, check, &before));
  check.last_updated = now;
  check.last_editor = call.caller.signature();
  check.is_new = false;
  API_RETURN_IF_ERROR(checks.Update(check));
  return check;
}

Answer<bool> LeavesTheDrafts(const Call& call, int64_t id, const Json& body) {
  API_TRY(const auto check, store::QualityChecks(call.database()).Get(id));
  const Json status = body.value("status", Json());
  return check.status == "Active" ||
         (status.is_null() ? Json(check.status) : status) != "Draft";
}

Answer<Json> PrintStoredCheck(const Call& call, int64_t id) {
  API_TRY(const auto check, store::QualityChecks(call.database()).Get(id));
  API_TRY(std::vector<Json> printed, PrintQualityChecks(call.database(), {check}));
  return std::move(printed.front());
}

Answer<Json> PrintStoredChecks(const Call& call, const std::vector<int64_t>& ids) {
  std::vector<store::QualityCheck> checks;
  for (const int64_t id : ids) {
    API_TRY(checks.emplace_back(), store::QualityChecks(call.database()).Get(id));
  }
  API_TRY(std::vector<Json> printed, PrintQualityChecks(call.database(), checks));
  return Json(std::move(printed));
}

}  // namespace assay::api
