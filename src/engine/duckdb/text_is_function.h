// What plans ask about texts beyond SQL, inside of queries.

#pragma once

#include "engine/duckdb/duckdb_library.h"

namespace assay::engine {

/// assay_text_is(VARCHAR, name): BOOLEAN, what the predicate of that name in
/// plan/text_predicate.h says. Null for null. A name that is unknown is an error of the query.
duckdb::ScalarFunction MakeTextIsFunction();

}  // namespace assay::engine
