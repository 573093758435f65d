// Aggregates: sums that do not overflow, NaN above all numbers.

#include <fmt/format.h>

#include "plan/dialects/trino_printer.h"
#include "plan/functions.h"

namespace assay::plan::dialects {
namespace {

using Kind = ValueType::Kind;

/// Sums of so many digits stay within 38, four more behind the point included.
constexpr int kMostDigits = 24;

std::string TryCast(const std::string& sql, ValueType type) {
  return fmt::format("TRY_CAST({} AS {})", sql, TrinoType(type));
}

/// The exact sum of integers or decimals.
Result<std::string> Sum(const Typed& call, const std::string& number) {
  const ValueType type = call.arguments[0].type;
  if (type.kind == Kind::kDecimal && type.precision > kMostDigits)
    return TrinoLacks(call, "decimals of more than 24 digits");
  if (type == ValueType::Integer(128)) return TrinoLacks(call, "integers of 128 bits");
  const ValueType widest = ValueType::Decimal(38, type.kind == Kind::kDecimal ? type.scale : 0);
  return fmt::format("sum({})", TryCast(number, widest));
}

Result<std::string> PrintSum(const Typed& call, const Arguments& arguments) {
  if (call.type.kind == Kind::kDouble) return fmt::format("sum({})", arguments[0]);
  ASSAY_TRY(const std::string sum, Sum(call, arguments[0]));
  return call.type.kind == Kind::kDecimal ? TryCast(sum, call.type) : sum;
}

Result<std::string> PrintAverage(const Typed& call, const Arguments& arguments) {
  if (call.arguments[0].type.kind == Kind::kDouble) return fmt::format("avg({})", arguments[0]);
  ASSAY_TRY(const std::string sum, Sum(call, arguments[0]));
  const bool decimal = call.type.kind == Kind::kDecimal;
  const ValueType type =
      decimal ? ValueType::Decimal(38, call.type.scale) : ValueType::Double();
  const std::string average =
      fmt::format("({} / nullif(count({}), 0))", TryCast(sum, type), arguments[0]);
  return decimal ? TryCast(average, call.type) : average;
}

Result<std::string> PrintMinimum(const Typed& call, const Arguments& arguments) {
  if (call.type.kind != Kind::kDouble) return fmt::format("min({})", arguments[0]);
  return fmt::format("coalesce(min(CASE WHEN NOT is_nan({0}) THEN {0} END), min({0}))",
                     arguments[0]);
}

Result<std::string> PrintMaximum(const Typed& call, const Arguments& arguments) {
  if (call.type.kind != Kind::kDouble) return fmt::format("max({})", arguments[0]);
  return fmt::format("CASE WHEN bool_or(is_nan({0})) THEN nan() ELSE max({0}) END",
                     arguments[0]);
}

Result<std::string> PrintCountDistinct(const Typed&, const Arguments& arguments) {
  if (arguments.size() == 1) return fmt::format("count(DISTINCT {})", arguments[0]);
  return fmt::format("count(DISTINCT {})",
                     WhereNoneIsNull(arguments, PrintListed("ROW", arguments)));
}

/// Under Trino's name.
Result<std::string> PrintSpread(const Typed& call, const Arguments& arguments) {
  const std::string& name = call.function->name;
  return PrintListed(name == "stddev"     ? "stddev_samp"
                     : name == "variance" ? "var_samp"
                                          : name,
                     arguments);
}

}  // namespace

OwnCall TrinoAggregateCall(std::string_view function) {
  if (function == "sum") return PrintSum;
  if (function == "avg") return PrintAverage;
  if (function == "min") return PrintMinimum;
  if (function == "max") return PrintMaximum;
  if (function == "count_distinct") return PrintCountDistinct;
  for (const std::string_view spread : {"stddev", "stddev_pop", "variance", "var_pop"}) {
    if (function == spread) return PrintSpread;
  }
  return nullptr;
}

}  // namespace assay::plan::dialects
