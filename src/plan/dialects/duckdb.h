// SQL as the embedded DuckDB reads it.

#pragma once

#include "plan/dialect.h"

namespace assay::plan::dialects {

/// The shared, stateless dialect object.
const Dialect& DuckDb();

}  // namespace assay::plan::dialects
