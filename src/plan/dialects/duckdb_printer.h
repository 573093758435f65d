// Typed expressions to DuckDB's SQL.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "plan/dialects/sql_dialect.h"

namespace assay::plan::dialects {

// duckdb.cc
const SqlDialect& DuckDbSql();
std::string DuckDbString(std::string_view text);
std::string DuckDbLiteral(const Literal& literal);
/// The column or member as it is stored, without cast.
std::string DuckDbStored(const Field& field);
/// "BIGINT", "DECIMAL(10,2)", ...
std::string DuckDbType(ValueType type);
Result<std::string> DuckDbPrint(const Typed& node);

// duckdb_functions.cc
const Templates& DuckDbTemplates();

// The functions that need code; nullptr when the file has none of that name.
OwnCall DuckDbLogicCall(std::string_view function);       // duckdb_logic.cc
OwnCall DuckDbComparisonCall(std::string_view function);  // duckdb_comparison.cc
OwnCall DuckDbArithmeticCall(std::string_view function);  // duckdb_arithmetic.cc
OwnCall DuckDbCastCall(std::string_view function);        // duckdb_cast.cc
OwnCall DuckDbTextCall(std::string_view function);        // duckdb_text.cc
OwnCall DuckDbAggregateCall(std::string_view function);   // duckdb_aggregates.cc

// duckdb_arithmetic.cc: as SqlDialect says
std::string DuckDbOverDecimals(const Typed& call, const Arguments& arguments,
                               std::string_view op);
std::string DuckDbOverTime(const Typed& call, const Arguments& arguments, std::string_view op);

// duckdb_comparison.cc
/// A stored timestamp with zone compared with a literal, as it is.
void DuckDbCompareAsStored(const Typed& value, const Typed& literal, std::string& value_sql,
                           std::string& literal_sql);
/// "x BETWEEN a AND b" of two bounds of one column, written as calls of and's arguments;
/// nullopt when they are not that.
std::optional<std::string> JoinBounds(const Typed& low, const Typed& high);
/// Whether a call bounds a column by a literal from above, so that NaN fails it.
bool IsUpperBoundOf(const Typed& call, const Typed& column);

}  // namespace assay::plan::dialects
