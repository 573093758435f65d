// Comparisons, exact also between numbers of different kinds.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "plan/dialects/duckdb_printer.h"
#include "plan/functions.h"
#include "plan/letter_case.h"
#include "plan/number_text.h"

namespace assay::plan::dialects {
namespace {

using Kind = ValueType::Kind;
using Outcome = LiteralComparison::Outcome;

bool IsLiteral(const Typed& node) {
  return node.kind == Expression::Kind::kLiteral && node.literal.kind != LiteralKind::kNull;
}

/// The operator of a function; NaN is left to the caller.
std::string_view OperatorOf(std::string_view function) {
  if (function == "equal") return "=";
  if (function == "not_equal") return "<>";
  if (function == "less") return "<";
  if (function == "less_or_equal") return "<=";
  if (function == "greater" || function == "above") return ">";
  if (function == "greater_or_equal" || function == "at_least") return ">=";
  return "";
}

std::string_view Flipped(std::string_view comparison) {
  if (comparison == "<") return ">";
  if (comparison == "<=") return ">=";
  if (comparison == ">") return "<";
  if (comparison == ">=") return "<=";
  return comparison;
}

LiteralComparison Always(bool outcome) {
  return {outcome ? Outcome::kAlwaysTrue : Outcome::kAlwaysFalse, "", ""};
}

/// The outcome for every number that is below, or above, the literal.
LiteralComparison AlwaysOnOneSide(std::string_view comparison, bool below) {
  return Always(comparison == "<>" || comparison.starts_with(below ? '<' : '>'));
}

/// Digits in front of the point that values of the type can have.
size_t WholeDigits(ValueType type) {
  if (type.kind == Kind::kDecimal) return static_cast<size_t>(type.precision - type.scale);
  switch (type.precision) {
    case 8: return 3;
    case 16: return 5;
    case 32: return 10;
    case 64: return 19;
    default: return 39;
  }
}

LiteralComparison CompareExact(std::string_view comparison, ValueType type,
                               const DecimalDigits& digits) {
  const int scale = type.kind == Kind::kDecimal ? type.scale : 0;
  const DecimalDigits floor = FloorToScale(digits, scale);
  // What no value of the type can reach; also all that does not fit the engine's widest type.
  if (digits.whole.size() > std::min<size_t>(WholeDigits(type), 38))
    return AlwaysOnOneSide(comparison, !digits.negative);
  if (floor == digits) return {Outcome::kCompare, std::string(comparison), floor.Text()};
  if (comparison == "=") return Always(false);
  if (comparison == "<>") return Always(true);
  // Between two values of the type: below the literal is at or below its floor.
  return {Outcome::kCompare, comparison.starts_with('<') ? "<=" : ">", floor.Text()};
}

bool IsNumericLiteralComparison(const Typed& value, const Typed& literal) {
  return IsLiteral(literal) && !IsLiteral(value) && value.type.IsNumber() &&
         literal.type.IsNumber();
}

std::string Constant(const std::string& value, bool outcome) {
  // Null stays null; NaN equals itself in DuckDB.
  return fmt::format("({} {} {})", value, outcome ? "=" : "<>", value);
}

bool HasZone(const Typed& node) {
  return node.kind == Expression::Kind::kColumn && node.field->reading == Reading::kDirect &&
         LowerAscii(node.field->native_type) == "timestamp with time zone";
}

/// Both sides where a stored timestamp with zone is better compared as it is.
void KeepZone(const Typed& value, const Typed& literal, std::string& value_sql,
              std::string& literal_sql) {
  if (!HasZone(value) || !IsLiteral(literal) || literal.literal.kind != LiteralKind::kTimestamp)
    return;
  value_sql = DuckDbStored(*value.field);
  literal_sql = fmt::format("TIMESTAMPTZ {}", DuckDbString(literal.literal.text + "+00"));
}

std::string PrintComparison(std::string_view comparison, const Typed& a, const Typed& b,
                            std::string a_sql, std::string b_sql) {
  if (IsNumericLiteralComparison(a, b)) {
    const LiteralComparison exact = CompareWithLiteral(comparison, a, b.literal);
    if (exact.outcome != Outcome::kCompare)
      return Constant(a_sql, exact.outcome == Outcome::kAlwaysTrue);
    return fmt::format("({} {} {})", a_sql, exact.comparison, exact.literal);
  }
  if (IsNumericLiteralComparison(b, a)) {
    return PrintComparison(Flipped(comparison), b, a, std::move(b_sql), std::move(a_sql));
  }
  KeepZone(a, b, a_sql, b_sql);
  KeepZone(b, a, b_sql, a_sql);
  return fmt::format("({} {} {})", a_sql, comparison, b_sql);
}

Result<std::string> PrintPlain(const Typed& call, const std::vector<std::string>& arguments) {
  return PrintComparison(OperatorOf(call.function->name), call.arguments[0], call.arguments[1],
                         arguments[0], arguments[1]);
}

/// Lower bounds that NaN fails.
Result<std::string> PrintLowerBound(const Typed& call,
                                    const std::vector<std::string>& arguments) {
  const Typed& value = call.arguments[0];
  const Typed& bound = call.arguments[1];
  if (value.type.kind != Kind::kDouble) return PrintPlain(call, arguments);
  const bool above = call.function->name == "above";
  if (IsNumericLiteralComparison(value, bound)) {
    double low = ReadDouble(bound.literal.text).value_or(0);
    if (above && std::isfinite(low))
      low = std::nextafter(low, std::numeric_limits<double>::infinity());
    if (std::isfinite(low)) {
      return fmt::format("({} BETWEEN {} AND CAST('Infinity' AS DOUBLE))", arguments[0],
                         DuckDbLiteral(Literal::Double(low)));
    }
  }
  ASSAY_TRY(const std::string plain, PrintPlain(call, arguments));
  return fmt::format("({} AND NOT isnan({}))", plain, arguments[0]);
}

Result<std::string> PrintNotDistinct(const Typed& call,
                                     const std::vector<std::string>& arguments) {
  for (const size_t i : {0, 1}) {
    const Typed& value = call.arguments[i];
    const Typed& literal = call.arguments[1 - i];
    if (!IsNumericLiteralComparison(value, literal)) continue;
    const LiteralComparison exact = CompareWithLiteral("=", value, literal.literal);
    if (exact.outcome != Outcome::kCompare) return std::string("FALSE");
    return fmt::format("({} IS NOT DISTINCT FROM {})", arguments[i], exact.literal);
  }
  return fmt::format("({} IS NOT DISTINCT FROM {})", arguments[0], arguments[1]);
}

Result<std::string> PrintBetween(const Typed& call, const std::vector<std::string>& arguments) {
  const Typed& value = call.arguments[0];
  std::string bounds[2] = {arguments[1], arguments[2]};
  std::string operators[2] = {">=", "<="};
  std::string value_sql = arguments[0];
  for (const size_t i : {0, 1}) {
    const Typed& bound = call.arguments[i + 1];
    if (IsNumericLiteralComparison(value, bound)) {
      const LiteralComparison exact = CompareWithLiteral(operators[i], value, bound.literal);
      if (exact.outcome != Outcome::kCompare || exact.comparison != operators[i]) {
        return fmt::format(
            "({} AND {})",
            PrintComparison(">=", value, call.arguments[1], arguments[0], arguments[1]),
            PrintComparison("<=", value, call.arguments[2], arguments[0], arguments[2]));
      }
      bounds[i] = exact.literal;
    }
  }
  const auto is_time = [](const Typed& bound) {
    return IsLiteral(bound) && bound.literal.kind == LiteralKind::kTimestamp;
  };
  if (is_time(call.arguments[1]) && is_time(call.arguments[2])) {
    for (const size_t i : {0, 1}) KeepZone(value, call.arguments[i + 1], value_sql, bounds[i]);
  }
  return fmt::format("({} BETWEEN {} AND {})", value_sql, bounds[0], bounds[1]);
}

Result<std::string> PrintIn(const Typed& call, const std::vector<std::string>& arguments) {
  std::vector<std::string> items;
  for (size_t i = 1; i < arguments.size(); ++i) {
    const Typed& item = call.arguments[i];
    if (!IsNumericLiteralComparison(call.arguments[0], item)) {
      items.push_back(arguments[i]);
      continue;
    }
    LiteralComparison exact = CompareWithLiteral("=", call.arguments[0], item.literal);
    if (exact.outcome == Outcome::kCompare) items.push_back(std::move(exact.literal));
  }
  if (items.empty()) return Constant(arguments[0], false);
  return fmt::format("({} IN ({}))", arguments[0], fmt::join(items, ", "));
}

}  // namespace

LiteralComparison CompareWithLiteral(std::string_view comparison, const Typed& value,
                                     const Literal& literal) {
  if (value.type.kind == Kind::kDouble) {
    const double nearest = ReadDouble(literal.text).value_or(0);
    return {Outcome::kCompare, std::string(comparison),
            DuckDbLiteral(Literal::Double(nearest))};
  }
  if (literal.kind == LiteralKind::kDouble) {
    const double number = ReadDouble(literal.text).value_or(0);
    // NaN is above all numbers.
    if (std::isnan(number) || std::isinf(number))
      return AlwaysOnOneSide(comparison, !(number < 0));
    return CompareExact(comparison, value.type, ExactDigits(number));
  }
  return CompareExact(comparison, value.type,
                      ReadDecimal(literal.text).value_or(DecimalDigits{}));
}

std::optional<std::string> JoinBounds(const Typed& low, const Typed& high) {
  for (const Typed* call : {&low, &high}) {
    if (call->kind != Expression::Kind::kCall || call->arguments.size() != 2)
      return std::nullopt;
    if (call->arguments[0].kind != Expression::Kind::kColumn || !IsLiteral(call->arguments[1]))
      return std::nullopt;
  }
  const bool lower =
      low.function->name == "at_least" || low.function->name == "greater_or_equal";
  if (!lower || high.function->name != "less_or_equal" ||
      low.arguments[0].field != high.arguments[0].field) {
    return std::nullopt;
  }
  Typed between;
  between.kind = Expression::Kind::kCall;
  between.type = ValueType::Boolean();
  between.function = FindFunction("between");
  between.arguments = {low.arguments[0], low.arguments[1], high.arguments[1]};
  return DuckDbPrint(between).value_or("");
}

bool IsUpperBoundOf(const Typed& call, const Typed& column) {
  if (call.kind != Expression::Kind::kCall || column.kind != Expression::Kind::kColumn ||
      call.arguments.size() != 2)
    return false;
  const bool upper = call.function->name == "less" || call.function->name == "less_or_equal";
  return upper && IsLiteral(call.arguments[1]) && call.arguments[1].literal.text != "NaN" &&
         call.arguments[0].kind == Expression::Kind::kColumn &&
         call.arguments[0].field == column.field;
}

DuckDbCall DuckDbComparisonCall(std::string_view function) {
  if (function == "above" || function == "at_least") return PrintLowerBound;
  if (function == "not_distinct") return PrintNotDistinct;
  if (function == "between") return PrintBetween;
  if (function == "in") return PrintIn;
  return OperatorOf(function).empty() ? nullptr : DuckDbCall(PrintPlain);
}

}  // namespace assay::plan::dialects
