#include "store/datastore_scope.h"

#include <fmt/format.h>

#include "store/sql/where.h"

namespace assay::store {
namespace {

const char* DatastoreOf(Thing thing) {
  switch (thing) {
    case Thing::kDatastore: return "SELECT id FROM datastores WHERE id = ?";
    case Thing::kContainer: return "SELECT datastore_id FROM containers WHERE id = ?";
    case Thing::kField:
      return "SELECT datastore_id FROM fields JOIN containers ON containers.id = container_id "
             "WHERE fields.id = ?";
    case Thing::kComputedField:
      return "SELECT datastore_id FROM computed_fields JOIN containers ON containers.id = "
             "container_id WHERE computed_fields.id = ?";
    case Thing::kQualityCheck:
      return "SELECT datastore_id FROM quality_checks JOIN containers ON containers.id = "
             "container_id WHERE quality_checks.id = ?";
    case Thing::kAnomaly: return "SELECT datastore_id FROM anomalies WHERE id = ?";
    case Thing::kOperation: return "SELECT datastore_id FROM operations WHERE id = ?";
  }
  return "";
}

}  // namespace

const char* PermissionName(Permission permission) {
  switch (permission) {
    case Permission::kReporter: return "Reporter";
    case Permission::kViewer: return "Viewer";
    case Permission::kDrafter: return "Drafter";
    case Permission::kAuthor: return "Author";
    case Permission::kEditor: return "Editor";
  }
  return "";
}

const std::vector<Permission>& AllPermissions() {
  static const std::vector<Permission> all = {Permission::kReporter, Permission::kViewer,
                                              Permission::kDrafter, Permission::kAuthor,
                                              Permission::kEditor};
  return all;
}

std::optional<Permission> ParsePermission(std::string_view name) {
  for (const Permission permission : AllPermissions()) {
    if (name == PermissionName(permission)) return permission;
  }
  return std::nullopt;
}

const char* ThingName(Thing thing) {
  switch (thing) {
    case Thing::kDatastore: return "datastore";
    case Thing::kContainer: return "container";
    case Thing::kField: return "field";
    case Thing::kComputedField: return "computed field";
    case Thing::kQualityCheck: return "quality check";
    case Thing::kAnomaly: return "anomaly";
    case Thing::kOperation: return "operation";
  }
  return "";
}

Result<std::optional<Permission>> DatastorePermissions::Strongest(int64_t user_id, Thing thing,
                                                                  int64_t id) {
  return access_.Read([&](soci::session& session) -> Result<std::optional<Permission>> {
    const auto datastore = sql::SelectInteger(session, DatastoreOf(thing), {id});
    if (!datastore) {
      return Fail(ErrorKind::kNotFound, fmt::format("no {} {}", ThingName(thing), id));
    }
    std::optional<Permission> strongest;
    std::string name;
    sql::Select select(session,
                       "SELECT DISTINCT permission FROM teams JOIN datastore_teams ON "
                       "datastore_teams.team_id = teams.id JOIN team_members ON "
                       "team_members.team_id = teams.id WHERE datastore_id = ? AND user_id = ?",
                       {*datastore, user_id});
    select.Into(name);
    while (select.Next()) strongest = std::max(strongest, ParsePermission(name));
    return strongest;
  });
}

Result<bool> DatastorePermissions::IsEverything(const DatastoreScope& scope) {
  return access_.Read([&](soci::session& session) -> Result<bool> {
    sql::Where within;
    within.Within("id", scope);
    const auto visible = sql::SelectInteger(
        session, "SELECT COUNT(*) FROM datastores" + within.text(), within.values());
    return visible == sql::SelectInteger(session, "SELECT COUNT(*) FROM datastores");
  });
}

}  // namespace assay::store
