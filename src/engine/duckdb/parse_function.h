// Texts as values of other types, inside of queries.

#pragma once

#include "engine/duckdb/duckdb_library.h"

namespace assay::engine {

/// assay_parse(VARCHAR, NULL of type T): T, where T is BOOLEAN, BIGINT, HUGEINT, DOUBLE,
/// DECIMAL(38,s), DATE or TIMESTAMP. Null for null, and for a text that is not exactly a value
/// of T (engine/text_value.h). DuckDB's own casts round, and do not know time zones.
duckdb::ScalarFunction MakeParseFunction();

}  // namespace assay::engine
