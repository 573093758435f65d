// Noting a change in the audit log, within its transaction. For the .cc files of this module
// only.
//
//   Change change(access_, session, EntityType::kTeam, team.id);
//   sql::Run(session, "UPDATE teams ...");
//   change.Record("update");

#pragma once

#include <map>
#include <string>

#include "base/json.h"
#include "base/secret.h"
#include "store/audit.h"
#include "store/sql/statement.h"

namespace assay::store::sql {

/// Does nothing, and costs nothing, when the access has no actor.
class Change {
 public:
  /// Before the change. Of something new, `id` is 0 and given to Record.
  Change(const Access& access, soci::session& session, EntityType type, int64_t id = 0);

  /// Secrets besides those in columns: which of them differ is noted, not what they are.
  void AddSecrets(const std::map<std::string, Secret>& before,
                  const std::map<std::string, Secret>& after);

  /// After the change; notes nothing when all values are as before.
  void Record(const std::string& action, int64_t new_id = 0);

 private:
  const Actor* actor_;
  soci::session& session_;
  EntityType type_;
  int64_t id_;
  Json before_;  // null when there was nothing
  std::map<std::string, Secret> secrets_before_, secrets_after_;
};

/// Writes an entry as made by `actor`.
void InsertAuditEntry(soci::session& session, const Actor& actor, AuditEntry entry);

}  // namespace assay::store::sql
