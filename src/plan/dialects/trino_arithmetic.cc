// Decimals exactly, doubles rounded, and extremes without nulls.

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "plan/coercion.h"
#include "plan/dialects/trino_printer.h"
#include "plan/functions.h"

namespace assay::plan::dialects {
namespace {

using Kind = ValueType::Kind;
constexpr int kMostDigits = 38;

std::string TryCast(const std::string& sql, ValueType type) {
  return fmt::format("TRY_CAST({} AS {})", sql, TrinoType(type));
}

/// The quotient is computed with the digits behind the point that it is to have.
Result<std::string> Divide(const Typed& call, const Arguments& arguments, ValueType a,
                           ValueType b) {
  const int scale = call.type.scale;
  if (a.precision - a.scale + scale > kMostDigits || b.scale > scale)
    return TrinoLacks(call, "decimals of so many digits");
  const std::string quotient = fmt::format(
      "({} / {})", TryCast(arguments[0], ValueType::Decimal(kMostDigits, scale)), arguments[1]);
  return TryCast(Checked(quotient), call.type);
}

Result<std::string> PrintMultiply(const Typed& call, const Arguments& arguments) {
  // A decimal(38,0) ends below 128 bits.
  if (call.type == ValueType::Integer(128)) return TrinoLacks(call, "integers of 128 bits");
  return SharedArithmeticCall("multiply")(TrinoSql(), call, arguments);
}

Result<std::string> PrintRound(const Typed& call, const Arguments& arguments) {
  const std::string digits = arguments.size() == 2 ? arguments[1] : "0";
  if (call.type.kind == Kind::kDouble) {
    return TrinoOnce(call.arguments[0], arguments[0], [&](const std::string& value) {
      return TrinoRounded(value, std::atoi(digits.c_str()));
    });
  }
  ASSAY_TRY(const std::string rounded,
            SharedArithmeticCall("round")(TrinoSql(), call, arguments));
  return call.type.kind == Kind::kDecimal ? TryCast(rounded, call.type) : rounded;
}

/// Sorted, NaN stands behind all numbers and null behind that.
Result<std::string> PrintLeast(const Typed&, const Arguments& arguments) {
  return fmt::format("element_at(array_sort(ARRAY[{}]), 1)", fmt::join(arguments, ", "));
}

Result<std::string> PrintGreatest(const Typed&, const Arguments& arguments) {
  return fmt::format("element_at(array_sort(filter(ARRAY[{}], v -> v IS NOT NULL)), -1)",
                     fmt::join(arguments, ", "));
}

}  // namespace

Result<std::string> TrinoOverDecimals(const Typed& call, const Arguments& arguments,
                                      std::string_view op) {
  const ValueType a = DecimalOperand(call.arguments[0]);
  const ValueType b = DecimalOperand(call.arguments[1]);
  if (op == "/") return Divide(call, arguments, a, b);
  if (op == "*" && a.scale + b.scale > kMostDigits)
    return TrinoLacks(call, "decimals of so many digits");
  const int scale = std::max(a.scale, b.scale);
  const int whole = std::max(a.precision - a.scale, b.precision - b.scale);
  const int needed = op == "*" ? a.precision + b.precision : whole + scale + 1;
  const std::string sql = Checked(fmt::format("({} {} {})", arguments[0], op, arguments[1]));
  // Where Spark gives up digits behind the point, so do we.
  return needed < kMostDigits ? sql : TryCast(sql, call.type);
}

std::string TrinoRounded(const std::string& number, int digits) {
  const std::string power = fmt::format("1e{}", std::abs(digits));
  if (digits >= 0) {
    const std::string scaled = fmt::format("round({} * {})", number, power);
    return fmt::format("CASE WHEN is_finite({0}) THEN {0} / {1} ELSE {2} END", scaled, power,
                       number);
  }
  return fmt::format(
      "CASE WHEN is_finite({0}) THEN round({0} / {1}) * {1} WHEN {0} IS NOT NULL THEN 0e0 END",
      number, power);
}

OwnCall TrinoArithmeticCall(std::string_view function) {
  if (function == "multiply") return PrintMultiply;
  if (function == "round") return PrintRound;
  if (function == "least") return PrintLeast;
  if (function == "greatest") return PrintGreatest;
  return nullptr;
}

}  // namespace assay::plan::dialects
