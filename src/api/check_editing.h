// Writing and changing quality checks: what all requests that do so have in common.

#pragma once

#include "api/route.h"
#include "store/quality_checks.h"

namespace assay::api {

/// 422 for the key container_id when there is no such container.
Answer<void> RequireContainer(store::Access& access, int64_t container_id);

/// The body without keys that are null: of what is made from a template these count as absent,
/// also where a null would clear a value.
Json WithoutNulls(const Json& body);

/// Whether the check may be stored as it is: its users exist, a new owner (`before` had another
/// or is null) may write drafts there, and it fits its container (ValidateCheck), unless it is
/// archived. 422 otherwise.
Answer<void> CheckCheck(const Call& call, store::Access& access,
                        const store::QualityCheck& check, const store::QualityCheck* before);

/// Stores a new check after CheckCheck, as made by the caller, who owns it when it has no
/// owner; old names of rules become the current ones. 409 when the container has one that
/// asserts the same.
Answer<store::QualityCheck> StoreNewCheck(const Call& call, store::Access& access,
                                          store::QualityCheck check);

/// Changes a stored check as the body of its PUT says. 404; 422 as ApplyToQualityCheck and
/// CheckCheck, and for what its locked template decides; 409 as above.
Answer<store::QualityCheck> EditStoredCheck(const Call& call, store::Access& access, int64_t id,
                                            const Json& body);

/// 422 when a check of a locked template would differ from `before` in what that decides.
Answer<void> RefuseWhatIsLocked(const store::QualityCheck& before,
                                const store::QualityCheck& check);

/// Whether a change needs more than drafting: the check is active, or does not end up a draft.
Answer<bool> LeavesTheDrafts(const Call& call, int64_t id, const Json& body);

/// As it is now stored. 404.
Answer<Json> PrintStoredCheck(const Call& call, int64_t id);
/// The same for several, in order.
Answer<Json> PrintStoredChecks(const Call& call, const std::vector<int64_t>& ids);

}  // namespace assay::api
