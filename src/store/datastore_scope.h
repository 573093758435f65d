// What users may do with datastores and the things in them, by way of the teams they share.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/access.h"

namespace assay::store {

/// What a team lets its members do; each permission lets do all that the ones before it do.
enum class Permission { kReporter, kViewer, kDrafter, kAuthor, kEditor };

/// "Reporter", "Viewer", "Drafter", "Author", "Editor".
const char* PermissionName(Permission permission);
/// nullopt for other names.
std::optional<Permission> ParsePermission(std::string_view name);
/// All of them, the weakest first.
const std::vector<Permission>& AllPermissions();

/// The datastores on which a user has at least a permission. Filters take it as
/// `std::optional<DatastoreScope>`; nullopt is every datastore.
struct DatastoreScope {
  int64_t user_id = 0;
  Permission permission = Permission::kReporter;
};

/// A datastore, or what belongs to one.
enum class Thing {
  kDatastore,
  kContainer,
  kField,
  kComputedField,
  kQualityCheck,
  kAnomaly,
  kOperation,
};

/// "datastore", "container", "field", "computed field", "quality check", "anomaly", "operation".
const char* ThingName(Thing thing);

class DatastorePermissions {
 public:
  explicit DatastorePermissions(Access& access) : access_(access) {}

  /// The strongest permission that the user has on the datastore of a thing; nullopt when they
  /// share no team. kNotFound when there is no such thing. Two reads.
  Result<std::optional<Permission>> Strongest(int64_t user_id, Thing thing, int64_t id);
  /// Whether the scope leaves no datastore out.
  Result<bool> IsEverything(const DatastoreScope& scope);

 private:
  Access& access_;
};

}  // namespace assay::store
