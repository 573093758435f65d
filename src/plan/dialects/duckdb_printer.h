// Typed expressions to DuckDB's SQL.
//
// Each piece of SQL stands for itself: operators are in parentheses. Nothing printed can raise
// an error on a row; what would is null (TRY, TRY_CAST). The size is bounded, because some
// operands have to be printed twice.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "plan/typed.h"

namespace assay::plan::dialects {

// duckdb.cc: leaves
std::string DuckDbIdentifier(std::string_view identifier);
std::string DuckDbString(std::string_view text);
std::string DuckDbLiteral(const Literal& literal);
std::string DuckDbField(const Field& field);
/// The column or member as it is stored, without cast.
std::string DuckDbStored(const Field& field);
/// "BIGINT", "DECIMAL(10,2)", ...
std::string DuckDbType(ValueType type);

// duckdb_printer.cc
/// kUnsupported when the SQL would be longer than 1 MiB.
Result<std::string> DuckDbPrint(const Typed& node);
/// Replaces $1 to $9 in a template by the arguments.
std::string FillTemplate(std::string_view text, const std::vector<std::string>& arguments);

/// How one function is printed: gets the call and its printed arguments.
using DuckDbCall = Result<std::string> (*)(const Typed& call,
                                           const std::vector<std::string>& arguments);

// duckdb_functions.cc
/// The template of a function for a number of arguments; nullopt when it needs code.
std::optional<std::string_view> DuckDbTemplate(std::string_view function, size_t count);

// The functions that need code; nullptr when the file has none of that name.
DuckDbCall DuckDbLogicCall(std::string_view function);       // duckdb_logic.cc
DuckDbCall DuckDbComparisonCall(std::string_view function);  // duckdb_comparison.cc
DuckDbCall DuckDbArithmeticCall(std::string_view function);  // duckdb_arithmetic.cc
DuckDbCall DuckDbCastCall(std::string_view function);        // duckdb_cast.cc
DuckDbCall DuckDbTextCall(std::string_view function);        // duckdb_text.cc
DuckDbCall DuckDbAggregateCall(std::string_view function);   // duckdb_aggregates.cc

// duckdb_comparison.cc
/// A comparison with a literal as bounds of DuckDB's own: "x >= 13" of x > 12.5 over integers.
struct LiteralComparison {
  enum class Outcome { kCompare, kAlwaysTrue, kAlwaysFalse };
  Outcome outcome = Outcome::kCompare;
  std::string comparison;  // "=", "<>", "<", "<=", ">", ">="
  std::string literal;
};
/// `comparison` as in LiteralComparison. Exact whatever the kinds of the two numbers.
LiteralComparison CompareWithLiteral(std::string_view comparison, const Typed& value,
                                     const Literal& literal);
/// "x BETWEEN a AND b" of two bounds of one column, written as calls of and's arguments;
/// nullopt when they are not that.
std::optional<std::string> JoinBounds(const Typed& low, const Typed& high);
/// Whether a call bounds a column by a literal from above, so that NaN fails it.
bool IsUpperBoundOf(const Typed& call, const Typed& column);

}  // namespace assay::plan::dialects
