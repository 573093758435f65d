// Counts.

#include <fmt/format.h>

#include "plan/dialects/sql_dialect.h"

namespace assay::plan::dialects {
namespace {

Result<std::string> PrintCount(const SqlDialect&, const Typed&, const Arguments& arguments) {
  if (arguments.empty()) return "count(*)";
  if (arguments.size() == 1) return fmt::format("count({})", arguments[0]);
  return fmt::format("count({})", WhereNoneIsNull(arguments, "1"));
}

Result<std::string> PrintCountIf(const SqlDialect&, const Typed&, const Arguments& arguments) {
  return fmt::format("count(CASE WHEN {} THEN 1 END)", arguments[0]);
}

}  // namespace

std::string WhereNoneIsNull(const Arguments& arguments, const std::string& value) {
  std::string conditions;
  for (const std::string& argument : arguments)
    conditions += fmt::format("{}{} IS NOT NULL", conditions.empty() ? "" : " AND ", argument);
  return fmt::format("CASE WHEN {} THEN {} END", conditions, value);
}

SharedCall SharedAggregateCall(std::string_view function) {
  if (function == "count") return PrintCount;
  if (function == "count_if") return PrintCountIf;
  return nullptr;
}

}  // namespace assay::plan::dialects
