// Whether a check fits its container, asked before it is stored.

#pragma once

#include "api/caller.h"
#include "api/problem.h"
#include "store/access.h"
#include "store/quality_checks.h"

namespace assay::api {

/// Compiles the check against the known fields of its container, and of the container that its
/// properties refer to. 422 for an unknown rule, and when it does not fit: unknown field,
/// refused type, wrong properties, filter that cannot be read, message field that is none of
/// the container's, reference to a container that is not there or whose records the caller may
/// not see (MaySeeRecords). A check with {{ placeholders }}, and one of containers whose fields
/// are not known yet, is only looked at for its rule and its reference: scans say the rest.
Answer<void> ValidateCheck(const Caller& caller, store::Access& access,
                           const store::QualityCheck& check, Timestamp now);

}  // namespace assay::api
