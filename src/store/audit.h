// The audit log: who changed what, from what to what. Changes made through an Access that has
// an Actor are logged by the repositories themselves, in the transaction of the change; reads
// are not logged, nor is what the program does by itself.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "store/access.h"
#include "store/page.h"

namespace assay::store {

enum class EntityType {
  kConnection,
  kDatastore,
  kContainer,
  kField,
  kComputedField,
  kQualityCheck,
  kQualityCheckTemplate,
  kAnomaly,
  kOperation,
  kUser,
  kTeam,
  kToken,
  kTag,
  kSetting,
};

/// "connection", "quality_check", ...
const char* EntityTypeName(EntityType type);
const std::vector<EntityType>& AllEntityTypes();

/// "create", "update", "delete", "archive", "link", "unlink", "abort", "revoke", "restore",
/// "login", "logout".
const std::vector<std::string>& AllAuditActions();

struct AuditEntry {
  int64_t id = 0;
  Timestamp created{};
  std::optional<int64_t> user_id;  // as Actor
  std::string user_name;           // as it then was
  std::string address;
  std::string action;
  std::string entity_type;
  int64_t entity_id = 0;  // 0 for settings
  std::string entity_name;
  /// The values that changed, by name; all of them of what was made or deleted. Null when there
  /// is nothing to show. A secret is "***".
  Json before, after;
};

struct AuditFilter {
  std::vector<int64_t> user_ids;
  std::vector<std::string> entity_types;
  std::vector<int64_t> entity_ids;
  std::vector<std::string> actions;
  std::optional<Timestamp> created_from, created_to;  // both inclusive
};

class AuditLog {
 public:
  explicit AuditLog(Access& access) : access_(access) {}

  /// Logs what repositories do not: a login, a setting. Does nothing without an actor; of
  /// `entry` id, time, user and address are set here.
  Status Add(AuditEntry entry);
  /// Newest first.
  Result<Page<AuditEntry>> List(const AuditFilter& filter, const PageRequest& page);
  /// Oldest first, with ids above `after_id`, at most `limit`.
  Result<std::vector<AuditEntry>> After(const AuditFilter& filter, int64_t after_id,
                                        int64_t limit);
  /// Deletes entries from before `time`, at most `limit`; returns how many.
  Result<int64_t> DeleteBefore(Timestamp time, int64_t limit);

 private:
  Access& access_;
};

}  // namespace assay::store
