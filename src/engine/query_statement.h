// Whether the engine would run a user's statement.

#pragma once

#include "base/result.h"
#include "plan/check.h"

namespace assay::engine {

/// Whether the statement of a query check can be parsed and does nothing but read its tables;
/// which fields these have is not looked at. kInvalidInput with what is wrong and where. Starts
/// an engine of its own for it, which takes some hundredths of a second.
Status CheckQuery(const plan::QueryCheck& check);

}  // namespace assay::engine
