// DuckDB's own headers, for the .cc files of this folder only; see docs/decisions.

#pragma once

#include <duckdb.hpp>

#include "duckdb/common/exception.hpp"
#include "duckdb/common/types/vector.hpp"
#include "duckdb/function/aggregate_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
