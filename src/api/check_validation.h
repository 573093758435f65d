// Whether a check fits its container, asked before it is stored.

#pragma once

#include "api/problem.h"
#include "store/quality_checks.h"

namespace assay::api {

/// Compiles the check against the container's known fields. 422 for an unknown rule, and when
/// it does not fit: unknown field, refused type, wrong properties, filter that cannot be read,
/// message field that is none of the container's.
/// A check with {{ placeholders }}, and one of a container whose fields are not known yet, is
/// only looked at for its rule: scans say the rest.
Answer<void> ValidateCheck(store::Access& access, const store::QualityCheck& check,
                           Timestamp now);

}  // namespace assay::api
