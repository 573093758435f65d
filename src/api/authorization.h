// Whether a caller may do what a request asks for: the one place where roles and the
// permissions of teams are enforced.

#pragma once

#include <set>

#include "api/route.h"

namespace assay::api {

/// The role that `access` asks for; kMember for everyone.
Role RoleOf(Access access);

/// 403 when the caller's role is too low.
Answer<void> CheckRole(const Caller& caller, Access access);

/// 404 when the request names a thing on whose datastore the caller has no team, as if there
/// were none; 403 when no team of theirs permits enough there. Things that do not exist are
/// left to the handler. Admins may do everything. A read of the store for each thing named.
Answer<void> CheckPermissions(const Route& route, const Call& call);

/// Whether the caller may see records of a container that a request names inside a value, where
/// CheckPermissions does not look: kViewer on its datastore. False when there is no such
/// container.
Answer<bool> MaySeeRecords(const Caller& caller, store::Access& access, int64_t container_id);

/// For containers that a request changes without naming them, such as those of a template's
/// checks: 403 when no team of the caller permits `needed` on the datastore of one. Two reads a
/// container.
Answer<void> RequirePermissionOn(const Caller& caller, store::Access& access,
                                 const std::set<int64_t>& container_ids,
                                 store::Permission needed);

/// What lists of the route show to the caller; nullopt when that is everything. One read.
Answer<std::optional<store::DatastoreScope>> ScopeOf(const Route& route, const Caller& caller,
                                                     store::Database& database);

}  // namespace assay::api
