// What may be told of the outcome of a check over masked fields.

#pragma once

#include "engine/scan.h"
#include "rules/check.h"
#include "sensitive/masking.h"

namespace assay::operations {

/// The outcome without values of masked fields: what was measured (a number of rows or of
/// different values is kept), the names of groups, and the examples of differences, which are
/// masked as records are.
engine::CheckOutcome Masked(const engine::CheckOutcome& outcome,
                            const rules::CompiledCheck& check, const sensitive::Masks& masks);

}  // namespace assay::operations
