// Bytes as text, inside of queries.

#pragma once

#include "engine/duckdb/duckdb_library.h"

namespace assay::engine {

/// assay_text(value, NULL of type T): the value with those of its bytes as text that are text
/// in T, at the same place of structs (by name), lists and maps. Bytes that are not UTF-8 are
/// escaped (engine/utf8.h). All else, and null, stays.
duckdb::ScalarFunction MakeTextFunction();

}  // namespace assay::engine
