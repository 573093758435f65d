// Aggregates. All but avg are printed as one call, behind which FILTER (WHERE ...) may stand.

#include <fmt/format.h>

#include "plan/dialects/duckdb_printer.h"
#include "plan/functions.h"

namespace assay::plan::dialects {
namespace {

Result<std::string> PrintCountDistinct(const Typed&, const Arguments& arguments) {
  if (arguments.size() == 1) return fmt::format("count(DISTINCT {})", arguments[0]);
  std::string members;
  for (size_t i = 0; i < arguments.size(); ++i)
    members += fmt::format("{}k{} := {}", i > 0 ? ", " : "", i, arguments[i]);
  return fmt::format("count(DISTINCT {})",
                     WhereNoneIsNull(arguments, fmt::format("struct_pack({})", members)));
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

OwnCall DuckDbAggregateCall(std::string_view function) {
  if (function == "count_distinct") return PrintCountDistinct;
  if (function == "avg") return PrintAverage;
  for (const std::string_view plain : {"sum", "min", "max", "stddev", "stddev_pop", "variance",
                                       "var_pop", "median", "percentile"}) {
    if (function == plain) return PrintPlain;
  }
  return nullptr;
}

}  // namespace assay::plan::dialects
