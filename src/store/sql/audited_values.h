// What the audit log shows of each kind of thing. For the .cc files of this module only.

#pragma once

#include <string>

#include "base/json.h"
#include "store/audit.h"
#include "store/sql/statement.h"

namespace assay::store::sql {

/// The values of one thing by the names that the REST API gives them, as they are in the
/// database: hidden columns are marked by IsHidden. Null when there is no such thing.
Json AuditedValues(soci::session& session, EntityType type, int64_t id);

/// Whether the log shows "***" for the value of this name.
bool IsHidden(EntityType type, const std::string& name);

/// How people call it: its name, its rule and fields, its message.
std::string AuditedName(EntityType type, const Json& values);

}  // namespace assay::store::sql
