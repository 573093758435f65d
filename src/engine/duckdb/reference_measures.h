// The values of other containers that checks of a scan compare theirs with.

#pragma once

#include <map>
#include <vector>

#include "engine/scan.h"

namespace assay::engine {

/// The reference's value of each comparison check, by position of the check; an error for one
/// whose reference is not there, cannot be read as a whole, or cannot evaluate it. Each
/// reference is read once for all checks. Fails only when stopped.
Result<std::map<size_t, Result<plan::Literal>>> MeasureReferences(
    Session& session, const std::vector<plan::Check>& checks, const ScanOptions& options,
    const RunContext& context);

}  // namespace assay::engine
