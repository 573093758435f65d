// Decimals within the widths that DuckDB computes in, remainders, and dates and timestamps
// moved.

#include <fmt/format.h>

#include <algorithm>

#include "plan/coercion.h"
#include "plan/dialects/duckdb_printer.h"

namespace assay::plan::dialects {
namespace {

using Kind = ValueType::Kind;

/// The engine keeps decimals of up to 18 digits within 18; a wider operand makes it use 38.
constexpr int kNarrowDigits = 18;

std::string AsDecimalType(const std::string& sql, int precision, int scale) {
  return fmt::format("TRY_CAST({} AS {})", sql,
                     DuckDbType(ValueType::Decimal(std::min(precision, 38), scale)));
}

std::string OverDoubles(const Arguments& arguments, std::string_view op, ValueType type) {
  return fmt::format("TRY_CAST((TRY_CAST({} AS DOUBLE) {} TRY_CAST({} AS DOUBLE)) AS {})",
                     arguments[0], op, arguments[1], DuckDbType(type));
}

Result<std::string> PrintInterval(const Typed& call, const Arguments&) {
  return fmt::format("INTERVAL '{} months {} days {} microseconds'",
                     call.arguments[0].literal.text, call.arguments[1].literal.text,
                     call.arguments[2].literal.text);
}

/// The engine calls the remainder of the least integer by -1 an overflow; by 1 it is the same.
Result<std::string> PrintRemainder(const Typed& call, const Arguments& arguments) {
  Arguments operands = arguments;
  const Typed& divisor = call.arguments[1];
  const bool may_be_minus_one = !IsLiteral(divisor) || divisor.literal.text == "-1";
  if (call.type.kind == Kind::kInteger && may_be_minus_one)
    operands[1] = fmt::format("CASE WHEN {0} = -1 THEN 1 ELSE {0} END", arguments[1]);
  return SharedArithmeticCall("remainder")(DuckDbSql(), call, operands);
}

}  // namespace

std::string DuckDbOverDecimals(const Typed& call, const Arguments& arguments,
                               std::string_view op) {
  // The engine divides decimals as doubles; rounding to Spark's scale restores the digits.
  if (op == "/") return OverDoubles(arguments, op, call.type);
  const ValueType a = DecimalOperand(call.arguments[0]);
  const ValueType b = DecimalOperand(call.arguments[1]);
  std::string a_sql = arguments[0];
  std::string b_sql = arguments[1];
  // The engine has no decimal for the exact product.
  if (op == "*" && a.scale + b.scale > 38) return OverDoubles(arguments, op, call.type);
  const int scale = std::max(a.scale, b.scale);
  const int whole = std::max(a.precision - a.scale, b.precision - b.scale);
  const int needed = op == "*" ? a.precision + b.precision : whole + scale + 1;
  if (needed > kNarrowDigits && op == "*") {
    a_sql = AsDecimalType(a_sql, std::max(a.precision, kNarrowDigits + 1), a.scale);
  } else if (needed > kNarrowDigits) {
    a_sql = AsDecimalType(a_sql, needed, scale);
    b_sql = AsDecimalType(b_sql, needed, scale);
  }
  const std::string sql = Checked(fmt::format("({} {} {})", a_sql, op, b_sql));
  // Where Spark gives up digits behind the point, so do we.
  return needed < 38 ? sql : fmt::format("TRY_CAST({} AS {})", sql, DuckDbType(call.type));
}

std::string DuckDbOverTime(const Typed& call, const Arguments& arguments, std::string_view op) {
  const Typed& step = call.arguments[1];
  if (step.type.kind != Kind::kInterval) {
    return Checked(
        fmt::format("({} {} TRY_CAST({} AS INTEGER))", arguments[0], op, arguments[1]));
  }
  const std::string moved = Checked(fmt::format("({} {} {})", arguments[0], op, arguments[1]));
  return call.type.kind == Kind::kDate ? fmt::format("TRY_CAST({} AS DATE)", moved) : moved;
}

OwnCall DuckDbArithmeticCall(std::string_view function) {
  if (function == "interval") return PrintInterval;
  if (function == "remainder") return PrintRemainder;
  return nullptr;
}

}  // namespace assay::plan::dialects
