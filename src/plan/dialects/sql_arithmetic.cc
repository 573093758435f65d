// Arithmetic that never raises an error: overflow and division by zero give null.

#include <fmt/format.h>

#include <algorithm>

#include "plan/dialects/sql_dialect.h"
#include "plan/functions.h"
#include "plan/letter_case.h"

namespace assay::plan::dialects {
namespace {

using Kind = ValueType::Kind;

/// Bits that the magnitude of an integer operand may have; 64 when not known better.
int MagnitudeBits(const Typed& operand) {
  if (operand.kind == Expression::Kind::kColumn) return operand.type.precision;
  if (operand.kind == Expression::Kind::kLiteral && operand.literal.text.size() <= 9) return 32;
  return 64;
}

std::string OverIntegers(const SqlDialect& dialect, const Typed& call,
                         const Arguments& arguments, std::string_view op) {
  const std::string a = Widened(dialect, call.arguments[0], arguments[0], call.type);
  const std::string b = Widened(dialect, call.arguments[1], arguments[1], call.type);
  const std::string sql = fmt::format("({} {} {})", a, op, b);
  // Two operands of at most 32 bits cannot leave 64.
  const bool safe =
      std::max(MagnitudeBits(call.arguments[0]), MagnitudeBits(call.arguments[1])) <= 32;
  return safe ? sql : Checked(sql);
}

Result<std::string> PrintOperator(const SqlDialect& dialect, const Typed& call,
                                  const Arguments& arguments, std::string_view op) {
  switch (call.type.kind) {
    case Kind::kInteger: return OverIntegers(dialect, call, arguments, op);
    case Kind::kDecimal: return dialect.OverDecimals(call, arguments, op);
    case Kind::kDate:
    case Kind::kTimestamp: return dialect.OverTime(call, arguments, op);
    default: return fmt::format("({} {} {})", arguments[0], op, arguments[1]);
  }
}

Result<std::string> PrintAdd(const SqlDialect& dialect, const Typed& call,
                             const Arguments& arguments) {
  return PrintOperator(dialect, call, arguments, "+");
}

Result<std::string> PrintSubtract(const SqlDialect& dialect, const Typed& call,
                                  const Arguments& arguments) {
  return PrintOperator(dialect, call, arguments, "-");
}

Result<std::string> PrintMultiply(const SqlDialect& dialect, const Typed& call,
                                  const Arguments& arguments) {
  return PrintOperator(dialect, call, arguments, "*");
}

/// Whether a divisor is written out and is not zero.
bool IsNonZeroLiteral(const Typed& divisor) {
  return IsLiteral(divisor) && Compare(divisor.literal, Literal::Integer(0)) != 0;
}

std::string Guarded(const Typed& divisor, const std::string& divisor_sql,
                    const std::string& quotient) {
  if (IsNonZeroLiteral(divisor)) return quotient;
  return fmt::format("CASE WHEN {} <> 0 THEN {} END", divisor_sql, quotient);
}

Result<std::string> PrintDivide(const SqlDialect& dialect, const Typed& call,
                                const Arguments& arguments) {
  ASSAY_TRY(const std::string quotient, PrintOperator(dialect, call, arguments, "/"));
  return Guarded(call.arguments[1], arguments[1], quotient);
}

Result<std::string> PrintRemainder(const SqlDialect& dialect, const Typed& call,
                                   const Arguments& arguments) {
  if (call.type.kind == Kind::kInteger) {
    // Null for a divisor of zero.
    return Checked(fmt::format("({} % {})",
                               Widened(dialect, call.arguments[0], arguments[0], call.type),
                               Widened(dialect, call.arguments[1], arguments[1], call.type)));
  }
  const std::string remainder = fmt::format("({} % {})", arguments[0], arguments[1]);
  return Guarded(call.arguments[1], arguments[1],
                 call.type.kind == Kind::kDecimal ? Checked(remainder) : remainder);
}

Result<std::string> PrintWholeDivide(const SqlDialect& dialect, const Typed& call,
                                     const Arguments& arguments) {
  const Typed& a = call.arguments[0];
  const Typed& b = call.arguments[1];
  if (a.type.kind == Kind::kInteger && b.type.kind == Kind::kInteger) {
    return Checked(fmt::format("({} {} {})", Widened(dialect, a, arguments[0], call.type),
                               dialect.whole_division(),
                               Widened(dialect, b, arguments[1], call.type)));
  }
  const std::string quotient = dialect.Truncated(fmt::format(
      "TRY_CAST({} AS DOUBLE) / TRY_CAST({} AS DOUBLE)", arguments[0], arguments[1]));
  return Guarded(b, arguments[1], fmt::format("TRY_CAST({} AS BIGINT)", quotient));
}

/// An operand of negate or abs, widened when it is an integer.
std::string WidenedAlone(const SqlDialect& dialect, const Typed& call, const std::string& sql) {
  return Widened(dialect, call.arguments[0], sql,
                 ValueType::Integer(std::max(64, call.type.precision)));
}

Result<std::string> PrintNegate(const SqlDialect& dialect, const Typed& call,
                                const Arguments& arguments) {
  if (call.type.kind != Kind::kInteger) return fmt::format("(- {})", arguments[0]);
  return Checked(fmt::format("(- {})", WidenedAlone(dialect, call, arguments[0])));
}

Result<std::string> PrintAbsolute(const SqlDialect& dialect, const Typed& call,
                                  const Arguments& arguments) {
  if (call.type.kind != Kind::kInteger) return fmt::format("abs({})", arguments[0]);
  return Checked(fmt::format("abs({})", WidenedAlone(dialect, call, arguments[0])));
}

/// ceil and floor.
Result<std::string> PrintWhole(const SqlDialect&, const Typed& call,
                               const Arguments& arguments) {
  const std::string whole = PrintListed(call.function->name, arguments);
  switch (call.arguments[0].type.kind) {
    case Kind::kInteger: return arguments[0];
    case Kind::kDouble: return fmt::format("TRY_CAST({} AS BIGINT)", whole);
    default: return whole;
  }
}

/// Of integers and decimals.
Result<std::string> PrintRound(const SqlDialect& dialect, const Typed& call,
                               const Arguments& arguments) {
  const std::string digits = arguments.size() == 2 ? arguments[1] : "0";
  if (call.arguments[0].type.kind != Kind::kInteger)
    return Checked(fmt::format("round({}, {})", arguments[0], digits));
  // Only a negative count changes an integer.
  if (!digits.starts_with('-')) return arguments[0];
  return Checked(fmt::format(
      "round({}, {})", Widened(dialect, call.arguments[0], arguments[0], ValueType::Integer()),
      digits));
}

}  // namespace

std::string Checked(const std::string& sql) {
  return fmt::format("TRY({})", sql);
}

std::string Widened(const SqlDialect& dialect, const Typed& operand, const std::string& sql,
                    ValueType type) {
  const bool is_stored_so =
      operand.kind == Expression::Kind::kColumn && operand.type == type &&
      LowerAscii(operand.field->native_type) == LowerAscii(dialect.PrintType(type));
  return is_stored_so ? sql : fmt::format("TRY_CAST({} AS {})", sql, dialect.PrintType(type));
}

SharedCall SharedArithmeticCall(std::string_view function) {
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
  return nullptr;
}

}  // namespace assay::plan::dialects
