// One value of all rows of a dataset.

#pragma once

#include <optional>

#include "engine/profile.h"
#include "engine/session.h"
#include "plan/expression.h"
#include "plan/literal.h"

namespace assay::engine {

/// The value of `measure` (as plan::ParseAggregate gives it: "sum(a) / count(*)") over the rows
/// for which `filter` is true; all without one. A text, number, date, time, boolean or null, as
/// Spark has it: of no row, count is 0 and sum is null.
///
/// Reads the fields that are used once, file by file; memory does not grow with rows, what has
/// to be kept (for count(DISTINCT ...) and percentiles) spills. Exact: integers do not wrap.
///
/// kInvalidInput or kUnsupported when the expression cannot be evaluated over the schema.
/// Otherwise the failure of the first file that could not be read, also while its schema was:
/// a value of some of the files would not be that of the dataset.
Result<plan::Literal> Measure(Session& session, const Dataset& dataset,
                              const DatasetSchema& schema, const plan::Expression& measure,
                              const std::optional<plan::Expression>& filter,
                              const RunContext& context);

}  // namespace assay::engine
