// What may be told of the outcome of a check over masked fields.

#pragma once

#include "engine/scan.h"
#include "rules/check.h"
#include "sensitive/masking.h"

namespace assay::operations {

/// A row that a query returned, with every value that is not null masked in full: what a query
/// names and computes does not tell from which fields it comes.
Json MaskedReturn(Json row);

/// The outcome without values of masked fields: what was measured and compared with (a number
/// of rows or of different values is kept), the names of groups, and the examples of
/// differences, which are masked as records are. Rows that a query returned are as MaskedReturn
/// has them, if any field is masked.
engine::CheckOutcome Masked(const engine::CheckOutcome& outcome,
                            const rules::CompiledCheck& check, const sensitive::Masks& masks);

}  // namespace assay::operations
