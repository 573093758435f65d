#include "api/authorization.h"

#include <fmt/format.h>

#include "api/subjects.h"

namespace assay::api {
namespace {

/// A route that names things but states no permission gives its rights to editors only.
store::Permission LeastPermission(const Route& route) {
  return route.permission.value_or(store::Permission::kEditor);
}

Answer<store::Permission> NeededPermission(const Route& route, const Call& call) {
  store::Permission needed = LeastPermission(route);
  for (const StrongerPermission& stronger : route.stronger) {
    if (stronger.permission <= needed) continue;
    API_TRY(const bool applies, stronger.applies(call));
    if (applies) needed = stronger.permission;
  }
  return needed;
}

}  // namespace

Role RoleOf(Access access) {
  switch (access) {
    case Access::kEveryone:
    case Access::kMember: return Role::kMember;
    case Access::kManager: return Role::kManager;
    case Access::kAdmin: return Role::kAdmin;
  }
  return Role::kAdmin;
}

Answer<void> CheckRole(const Caller& caller, Access access) {
  const Role needed = RoleOf(access);
  if (caller.role >= needed) return {};
  return Refuse(Problem(403, fmt::format("this needs the role {}; yours is {}",
                                         RoleName(needed), RoleName(caller.role))));
}

Answer<void> CheckPermissions(const Route& route, const Call& call) {
  if (route.access == Access::kEveryone || call.caller.role == Role::kAdmin) return {};
  store::DatastorePermissions permissions(call.database());
  std::optional<store::Permission> weakest;
  Subject weakest_on;
  for (const Subject& subject : SubjectsOf(route, call)) {
    auto permission = permissions.Strongest(call.caller.user_id, subject.thing, subject.id);
    if (!permission && permission.error().kind == ErrorKind::kNotFound) continue;
    if (!permission) return Refuse(std::move(permission).error());
    if (!*permission) {
      return Refuse(
          Problem(404, fmt::format("no {} {}", store::ThingName(subject.thing), subject.id)));
    }
    if (!weakest || **permission < *weakest) {
      weakest = **permission;
      weakest_on = subject;
    }
  }
  if (!weakest) return {};
  API_TRY(const store::Permission needed, NeededPermission(route, call));
  if (*weakest >= needed) return {};
  return Refuse(Problem(
      403, fmt::format("this needs the team permission {} on the datastore; yours is {}: {} {}",
                       store::PermissionName(needed), store::PermissionName(*weakest),
                       store::ThingName(weakest_on.thing), weakest_on.id)));
}

Answer<bool> MaySeeRecords(const Caller& caller, store::Access& access, int64_t container_id) {
  if (caller.role == Role::kAdmin) return true;
  const auto permission = store::DatastorePermissions(access).Strongest(
      caller.user_id, store::Thing::kContainer, container_id);
  if (!permission && permission.error().kind == ErrorKind::kNotFound) return false;
  if (!permission) return Refuse(permission.error());
  return *permission && **permission >= store::Permission::kViewer;
}

Answer<void> RequirePermissionOn(const Caller& caller, store::Access& access,
                                 const std::set<int64_t>& container_ids,
                                 store::Permission needed) {
  if (caller.role == Role::kAdmin) return {};
  store::DatastorePermissions permissions(access);
  size_t refused = 0;
  for (const int64_t id : container_ids) {
    API_TRY(const auto permission,
            permissions.Strongest(caller.user_id, store::Thing::kContainer, id));
    if (!permission || *permission < needed) ++refused;
  }
  if (refused == 0) return {};
  return Refuse(Problem(
      403,
      fmt::format("this changes checks of containers on whose datastores you need the team "
                  "permission {}; containers where you lack it: {} of {}",
                  store::PermissionName(needed), refused, container_ids.size())));
}

Answer<std::optional<store::DatastoreScope>> ScopeOf(const Route& route, const Caller& caller,
                                                     store::Database& database) {
  if (!route.permission || caller.role == Role::kAdmin) {
    return std::optional<store::DatastoreScope>();
  }
  const store::DatastoreScope scope{.user_id = caller.user_id, .permission = *route.permission};
  API_TRY(const bool is_everything, store::DatastorePermissions(database).IsEverything(scope));
  if (is_everything) return std::optional<store::DatastoreScope>();
  return std::optional(scope);
}

}  // namespace assay::api
