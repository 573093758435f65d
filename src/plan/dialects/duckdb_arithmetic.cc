// Arithmetic that never raises an error: overflow and division by zero give null.

#include <fmt/format.h>

#include <algorithm>

#include "plan/coercion.h"
#include "plan/dialects/duckdb_printer.h"
#include "plan/functions.h"
#include "plan/letter_case.h"

namespace assay::plan::dialects {
namespace {

using Kind = ValueType::Kind;
using Arguments = std::vector<std::string>;

bool IsLiteral(const Typed& node) {
  return node.kind == Expression::Kind::kLiteral;
}

/// Bits that the magnitude of an integer operand may have; 64 when not known better.
int MagnitudeBits(const Typed& operand) {
  if (operand.kind == Expression::Kind::kColumn) return operand.type.precision;
  if (IsLiteral(operand) && operand.literal.text.size() <= 9) return 32;
  return 64;
}

/// An integer operand as BIGINT or HUGEINT, so that narrow columns do not overflow early.
std::string Widened(const Typed& operand, const std::string& sql, ValueType type) {
  const bool is_stored_so =
      operand.kind == Expression::Kind::kColumn && operand.type == type &&
      LowerAscii(operand.field->native_type) == LowerAscii(DuckDbType(type));
  return is_stored_so ? sql : fmt::format("TRY_CAST({} AS {})", sql, DuckDbType(type));
}

/// Null where the operator fails. Only the operator itself may fail: the engine may compute
/// what is below it, when it occurs twice, outside of the TRY.
std::string Checked(const std::string& sql) {
  return fmt::format("TRY({})", sql);
}

std::string IntervalText(const Typed& interval) {
  return fmt::format("INTERVAL '{} months {} days {} microseconds'",
                     interval.arguments[0].literal.text, interval.arguments[1].literal.text,
                     interval.arguments[2].literal.text);
}

Result<std::string> PrintInterval(const Typed& call, const Arguments&) {
  return IntervalText(call);
}

std::string OverIntegers(const Typed& call, const Arguments& arguments, std::string_view op) {
  const std::string a = Widened(call.arguments[0], arguments[0], call.type);
  const std::string b = Widened(call.arguments[1], arguments[1], call.type);
  const std::string sql = fmt::format("({} {} {})", a, op, b);
  // Two operands of at most 32 bits cannot leave 64.
  const bool safe =
      std::max(MagnitudeBits(call.arguments[0]), MagnitudeBits(call.arguments[1])) <= 32;
  return safe ? sql : Checked(sql);
}

/// The engine keeps decimals of up to 18 digits within 18; a wider operand makes it use 38.
constexpr int kNarrowDigits = 18;

std::string AsDecimalType(const std::string& sql, int precision, int scale) {
  return fmt::format("TRY_CAST({} AS {})", sql,
                     DuckDbType(ValueType::Decimal(std::min(precision, 38), scale)));
}

std::string OverDecimals(const Typed& call, const Arguments& arguments, std::string_view op) {
  const ValueType a = DecimalOperand(call.arguments[0]);
  const ValueType b = DecimalOperand(call.arguments[1]);
  std::string a_sql = arguments[0];
  std::string b_sql = arguments[1];
  if (op == "*" && a.scale + b.scale > 38) {
    // The engine has no decimal for the exact product.
    return fmt::format("TRY_CAST((TRY_CAST({} AS DOUBLE) * TRY_CAST({} AS DOUBLE)) AS {})",
                       a_sql, b_sql, DuckDbType(call.type));
  }
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

/// Dates moved by days or an interval, timestamps by an interval.
std::string OverTime(const Typed& call, const Arguments& arguments, std::string_view op) {
  const Typed& step = call.arguments[1];
  if (step.type.kind != Kind::kInterval) {
    return Checked(
        fmt::format("({} {} TRY_CAST({} AS INTEGER))", arguments[0], op, arguments[1]));
  }
  const std::string moved = Checked(fmt::format("({} {} {})", arguments[0], op, arguments[1]));
  return call.type.kind == Kind::kDate ? fmt::format("TRY_CAST({} AS DATE)", moved) : moved;
}

Result<std::string> PrintOperator(const Typed& call, const Arguments& arguments,
                                  std::string_view op) {
  switch (call.type.kind) {
    case Kind::kInteger: return OverIntegers(call, arguments, op);
    case Kind::kDecimal: return OverDecimals(call, arguments, op);
    case Kind::kDate:
    case Kind::kTimestamp: return OverTime(call, arguments, op);
    default: return fmt::format("({} {} {})", arguments[0], op, arguments[1]);
  }
}

Result<std::string> PrintAdd(const Typed& call, const Arguments& arguments) {
  return PrintOperator(call, arguments, "+");
}

Result<std::string> PrintSubtract(const Typed& call, const Arguments& arguments) {
  return PrintOperator(call, arguments, "-");
}

Result<std::string> PrintMultiply(const Typed& call, const Arguments& arguments) {
  return PrintOperator(call, arguments, "*");
}

/// Whether a divisor is written out and is not zero.
bool IsNonZeroLiteral(const Typed& divisor) {
  return IsLiteral(divisor) && divisor.literal.kind != LiteralKind::kNull &&
         Compare(divisor.literal, Literal::Integer(0)) != 0;
}

std::string Guarded(const Typed& divisor, const std::string& divisor_sql,
                    const std::string& quotient) {
  if (IsNonZeroLiteral(divisor)) return quotient;
  return fmt::format("CASE WHEN {} <> 0 THEN {} END", divisor_sql, quotient);
}

Result<std::string> PrintDivide(const Typed& call, const Arguments& arguments) {
  const std::string quotient = fmt::format("({} / {})", arguments[0], arguments[1]);
  if (call.type.kind == Kind::kDouble)
    return Guarded(call.arguments[1], arguments[1], quotient);
  // The engine divides decimals as doubles; rounding to Spark's scale restores the digits.
  const std::string doubles = fmt::format("(TRY_CAST({} AS DOUBLE) / TRY_CAST({} AS DOUBLE))",
                                          arguments[0], arguments[1]);
  return Guarded(call.arguments[1], arguments[1],
                 fmt::format("TRY_CAST({} AS {})", doubles, DuckDbType(call.type)));
}

Result<std::string> PrintRemainder(const Typed& call, const Arguments& arguments) {
  if (call.type.kind == Kind::kInteger) {
    // Null for a divisor of zero, and no error for the least integer % -1.
    return Checked(fmt::format("({} % {})", Widened(call.arguments[0], arguments[0], call.type),
                               Widened(call.arguments[1], arguments[1], call.type)));
  }
  const std::string remainder = fmt::format("({} % {})", arguments[0], arguments[1]);
  return Guarded(call.arguments[1], arguments[1],
                 call.type.kind == Kind::kDecimal ? Checked(remainder) : remainder);
}

Result<std::string> PrintWholeDivide(const Typed& call, const Arguments& arguments) {
  const Typed& a = call.arguments[0];
  const Typed& b = call.arguments[1];
  if (a.type.kind == Kind::kInteger && b.type.kind == Kind::kInteger) {
    return Checked(fmt::format("({} // {})", Widened(a, arguments[0], call.type),
                               Widened(b, arguments[1], call.type)));
  }
  const std::string quotient = fmt::format(
      "trunc(TRY_CAST({} AS DOUBLE) / TRY_CAST({} AS DOUBLE))", arguments[0], arguments[1]);
  return Guarded(b, arguments[1], fmt::format("TRY_CAST({} AS BIGINT)", quotient));
}

Result<std::string> PrintNegate(const Typed& call, const Arguments& arguments) {
  if (call.type.kind != Kind::kInteger) return fmt::format("(- {})", arguments[0]);
  return Checked(
      fmt::format("(- {})", Widened(call.arguments[0], arguments[0],
                                    ValueType::Integer(std::max(64, call.type.precision)))));
}

Result<std::string> PrintAbsolute(const Typed& call, const Arguments& arguments) {
  if (call.type.kind != Kind::kInteger) return fmt::format("abs({})", arguments[0]);
  return Checked(
      fmt::format("abs({})", Widened(call.arguments[0], arguments[0],
                                     ValueType::Integer(std::max(64, call.type.precision)))));
}

Result<std::string> PrintWhole(const Typed& call, const Arguments& arguments) {
  switch (call.arguments[0].type.kind) {
    case Kind::kInteger: return arguments[0];
    case Kind::kDouble:
      return fmt::format("TRY_CAST({}({}) AS BIGINT)", call.function->name, arguments[0]);
    default: return fmt::format("{}({})", call.function->name, arguments[0]);
  }
}

Result<std::string> PrintRound(const Typed& call, const Arguments& arguments) {
  const std::string digits = arguments.size() == 2 ? arguments[1] : "0";
  if (call.arguments[0].type.kind != Kind::kInteger)
    return Checked(fmt::format("round({}, {})", arguments[0], digits));
  // Only a negative count changes an integer.
  if (!digits.starts_with('-')) return arguments[0];
  return Checked(fmt::format(
      "round({}, {})", Widened(call.arguments[0], arguments[0], ValueType::Integer()), digits));
}

}  // namespace

DuckDbCall DuckDbArithmeticCall(std::string_view function) {
  if (function == "add") return PrintAdd;
  if (function == "subtract") return PrintSubtract;
  if (function == "multiply") return PrintMultiply;
  if (function == "divide") return PrintDivide;
  if (function == "remainder") return PrintRemainder;
  if (function == "integer_divide") return PrintWholeDivide;
  if (function == "negate") return PrintNegate;
  if (function == "abs") return PrintAbsolute;
  if (function == "ceil" || function == "floor") return PrintWhole;
  if (function == "round") return PrintRound;
  if (function == "interval") return PrintInterval;
  return nullptr;
}

}  // namespace assay::plan::dialects
