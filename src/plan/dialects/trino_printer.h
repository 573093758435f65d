// Typed expressions to Trino's SQL.

#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "plan/dialects/sql_dialect.h"

namespace assay::plan::dialects {

// trino.cc
const SqlDialect& TrinoSql();
std::string TrinoString(std::string_view text);
std::string TrinoLiteral(const Literal& literal);
/// "bigint", "decimal(10,2)", ...
std::string TrinoType(ValueType type);
/// `body` of an operand that it uses more than once: of the operand itself when that is a field
/// or a literal, else of a variable that stands for it. `body` must hold no other operand.
std::string TrinoOnce(const Typed& operand, const std::string& sql,
                      const std::function<std::string(const std::string&)>& body);
/// kUnsupported: Trino lacks `what` of a function.
std::unexpected<Error> TrinoLacks(const Typed& call, std::string_view what);
/// A pattern that is written in this program, as Trino reads it, quoted.
std::string TrinoPattern(std::string_view pattern);

// trino_functions.cc
const Templates& TrinoTemplates();
/// As SqlDialect::Without.
std::string_view TrinoWithout(std::string_view function);

// The functions that need code; nullptr when the file has none of that name.
OwnCall TrinoArithmeticCall(std::string_view function);  // trino_arithmetic.cc
OwnCall TrinoCastCall(std::string_view function);        // trino_cast.cc
OwnCall TrinoTextCall(std::string_view function);        // trino_text.cc
OwnCall TrinoPatternCall(std::string_view function);     // trino_patterns.cc
OwnCall TrinoTimeCall(std::string_view function);        // trino_times.cc
OwnCall TrinoAggregateCall(std::string_view function);   // trino_aggregates.cc

// trino_arithmetic.cc: as SqlDialect says
Result<std::string> TrinoOverDecimals(const Typed& call, const Arguments& arguments,
                                      std::string_view op);
/// Half away from zero, in binary.
std::string TrinoRounded(const std::string& number, int digits);

// trino_times.cc
Result<std::string> TrinoOverTime(const Typed& call, const Arguments& arguments,
                                  std::string_view op);
/// The timestamp so many seconds (an integer) after 1970; null beyond its range.
std::string TrinoFromSeconds(const std::string& seconds);
/// Whole seconds since 1970 as bigint: those at or before the time.
std::string TrinoToSeconds(const std::string& time);

}  // namespace assay::plan::dialects
