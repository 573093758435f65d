// Bytes as text, inside of queries.

#pragma once

#include "engine/duckdb/duckdb_library.h"

namespace assay::engine {

/// assay_text(BLOB): VARCHAR, bytes that are not UTF-8 escaped (engine/utf8.h); null gives
/// null.
duckdb::ScalarFunction MakeTextFunction();

}  // namespace assay::engine
