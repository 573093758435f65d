// Row conditions of Great Expectations as filters.

#pragma once

#include <string>

#include "base/json.h"

namespace assay::imports {

/// `row_condition` as a condition of ours. Texts: the tool's own language (col("a") > 5,
/// col("a").notNull()), pandas' and Spark's as far as they are expressions of ours too.
/// Objects: the comparisons, null checks, and/or of 1.x. kUnsupported with the reason for
/// others.
Result<std::string> FilterOfRowCondition(const Json& row_condition);

}  // namespace assay::imports
