// The time of an operation, fixed.

#pragma once

#include "plan/expression.h"

namespace assay::plan {

/// The expression with current_timestamp (and now) replaced by `now`, current_date by its day.
/// Expressions without them are returned as they are, sharing the tree.
Expression BindNow(const Expression& expression, Timestamp now);

}  // namespace assay::plan
