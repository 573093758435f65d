// Aggregates. All but avg are printed as one call, behind which FILTER (WHERE ...) may stand.

#include <fmt/format.h>

#include "plan/dialects/duckdb_printer.h"
#include "plan/functions.h"

namespace assay::plan::dialects {
namespace {

using Arguments = std::vector<std::string>;

/// `value` where no argument is null, else null.
std::string WhereNoneIsNull(const Arguments& arguments, const std::string& value) {
  std::string conditions;
  for (const std::string& argument : arguments)
    conditions += fmt::format("{}{} IS NOT NULL", conditions.empty() ? "" : " AND ", argument);
  return fmt::format("CASE WHEN {} THEN {} END", conditions, value);
}

Result<std::string> PrintCount(const Typed&, const Arguments& arguments) {
  if (arguments.empty()) return "count(*)";
  if (arguments.size() == 1) return fmt::format("count({})", arguments[0]);
  return fmt::format("count({})", WhereNoneIsNull(arguments, "1"));
}

Result<std::string> PrintCountDistinct(const Typed&, const Arguments& arguments) {
  if (arguments.size() == 1) return fmt::format("count(DISTINCT {})", arguments[0]);
  std::string members;
  for (size_t i = 0; i < arguments.size(); ++i)
    members += fmt::format("{}k{} := {}", i > 0 ? ", " : "", i, arguments[i]);
  return fmt::format("count(DISTINCT {})",
                     WhereNoneIsNull(arguments, fmt::format("struct_pack({})", members)));
}

Result<std::string> PrintCountIf(const Typed&, const Arguments& arguments) {
  return fmt::format("count(CASE WHEN {} THEN 1 END)", arguments[0]);
}

Result<std::string> PrintAverage(const Typed& call, const Arguments& arguments) {
  const std::string average = fmt::format("avg({})", arguments[0]);
  if (call.type.kind != ValueType::Kind::kDecimal) return average;
  return fmt::format("TRY_CAST({} AS {})", average, DuckDbType(call.type));
}

/// Under the engine's own name.
Result<std::string> PrintPlain(const Typed& call, const Arguments& arguments) {
  const std::string& name = call.function->name;
  const std::string engine_name = name == "stddev"       ? "stddev_samp"
                                  : name == "variance"   ? "var_samp"
                                  : name == "percentile" ? "quantile_cont"
                                                         : name;
  return fmt::format("{}({})", engine_name, fmt::join(arguments, ", "));
}

}  // namespace

DuckDbCall DuckDbAggregateCall(std::string_view function) {
  if (function == "count") return PrintCount;
  if (function == "count_distinct") return PrintCountDistinct;
  if (function == "count_if") return PrintCountIf;
  if (function == "avg") return PrintAverage;
  for (const std::string_view plain : {"sum", "min", "max", "stddev", "stddev_pop", "variance",
                                       "var_pop", "median", "percentile"}) {
    if (function == plain) return PrintPlain;
  }
  return nullptr;
}

}  // namespace assay::plan::dialects
