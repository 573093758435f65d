// Values of the engine as JSON, for people and programs.

#pragma once

#include "base/json.h"
#include "engine/duckdb/duckdb_library.h"
#include "plan/schema.h"

namespace assay::engine {

/// Values that a JSON number cannot hold exactly (integers beyond 2^53, long decimals, NaN) are
/// texts, as are dates, times and binary values. A text of a numeric or boolean `field` that
/// reads its values from texts is a number or boolean where it is one exactly. `field` may be
/// null.
Json ValueToJson(const duckdb::Value& value, const plan::Field* field);

}  // namespace assay::engine
