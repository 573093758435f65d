// The values of aggregates over all rows of a dataset, put in their place.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/profile.h"
#include "engine/session.h"
#include "plan/expression.h"

namespace assay::engine {

/// An expression with aggregates, and the rows that these are over.
struct AggregateRequest {
  plan::Expression expression;
  std::optional<plan::Expression> filter;
};

/// Each expression with every aggregate replaced by its value, as a constant; without
/// aggregates it stays as it is. One that cannot be evaluated, or for which not all rows can be
/// read, fails by itself; only a stop request (kCancelled) ends the whole.
///
/// One pass over the fields that are used for each level at which aggregates are nested. What
/// sum, count, min and max need is one row a file; other aggregates keep their values in a
/// table, which may spill.
Result<std::vector<Result<plan::Expression>>> ReplaceAggregates(
    Session& session, const Dataset& dataset, const DatasetSchema& schema,
    const std::vector<AggregateRequest>& requests, int64_t max_rows_per_file,
    const RunContext& context);

/// The value of an expression without fields and aggregates.
Result<plan::Literal> ValueOf(Session& session, const plan::Expression& expression);

}  // namespace assay::engine
