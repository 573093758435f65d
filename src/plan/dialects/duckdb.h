// SQL as the embedded DuckDB reads it.

#pragma once

#include "plan/dialect.h"

namespace assay::plan::dialects {

/// The shared, stateless dialect object.
///
/// What it prints means the same in every session, whatever its time zone, and raises no error
/// on any row: a value that cannot be computed is null. Print gives kUnsupported when the SQL
/// would be longer than 1 MiB. Deep trees need a session with max_expression_depth = 10000.
const Dialect& DuckDb();

}  // namespace assay::plan::dialects
