// The aggregates in an expression: calls whose value comes from all rows.
//
// An engine computes them one by one, puts the values in their place and is left with an
// expression over one row, or over none.

#pragma once

#include <functional>
#include <vector>

#include "plan/expression.h"

namespace assay::plan {

bool HasAggregates(const Expression& expression);

/// The aggregate calls that have none among their own arguments, each once.
std::vector<Expression> InnermostAggregates(const Expression& expression);

/// The expression with each of its innermost aggregate calls replaced by what `value_of` gives.
Expression ReplaceInnermostAggregates(
    const Expression& expression, const std::function<Expression(const Expression&)>& value_of);

}  // namespace assay::plan
