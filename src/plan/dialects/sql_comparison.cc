// Comparisons, exact also between numbers of different kinds.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plan/dialects/sql_dialect.h"
#include "plan/functions.h"
#include "plan/number_text.h"

namespace assay::plan::dialects {
namespace {

using Kind = ValueType::Kind;
using Outcome = LiteralComparison::Outcome;

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
  return {outcome ? Outcome::kAlwaysTrue : Outcome::kAlwaysFalse, "", {}};
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
  const Literal literal = Literal::Number(floor.Text()).value_or(Literal::Null());
  if (floor == digits) return {Outcome::kCompare, std::string(comparison), literal};
  if (comparison == "=") return Always(false);
  if (comparison == "<>") return Always(true);
  // Between two values of the type: below the literal is at or below its floor.
  return {Outcome::kCompare, comparison.starts_with('<') ? "<=" : ">", literal};
}

/// Doubles where the engine's comparisons with NaN are false.
std::string CompareIeee(const SqlDialect& dialect, std::string_view comparison,
                        const std::string& a, const std::string& b) {
  if (comparison == "=") {
    return fmt::format("({} OR ({} AND {}))", dialect.PrintEquality("=", a, b),
                       dialect.IsNan(a), dialect.IsNan(b));
  }
  if (comparison == "<") {
    return fmt::format("({} < {} OR (NOT {} AND {}))", a, b, dialect.IsNan(a),
                       dialect.IsNan(b));
  }
  if (comparison == ">") return CompareIeee(dialect, "<", b, a);
  const std::string_view opposite = comparison == "<>" ? "=" : comparison == "<=" ? ">" : "<";
  return fmt::format("(NOT {})", CompareIeee(dialect, opposite, a, b));
}

/// As CompareIeee, with a number on the right.
std::string CompareIeeeWithNumber(std::string_view comparison, const std::string& value,
                                  const std::string& number) {
  if (!comparison.starts_with('>')) return fmt::format("({} {} {})", value, comparison, number);
  return fmt::format("(NOT ({} {} {}))", value, comparison == ">" ? "<=" : "<", number);
}

std::string CompareWithNumber(const SqlDialect& dialect, std::string_view comparison,
                              const Typed& value, const Literal& literal,
                              const std::string& value_sql) {
  const LiteralComparison exact = CompareWithLiteral(comparison, value, literal);
  if (exact.outcome != Outcome::kCompare)
    return dialect.PrintConstant(value_sql, exact.outcome == Outcome::kAlwaysTrue);
  const std::string number = dialect.PrintLiteral(exact.literal);
  if (value.type.kind != Kind::kDouble || dialect.nan_order() == NanOrder::kAboveAll)
    return fmt::format("({} {} {})", value_sql, exact.comparison, number);
  return exact.literal.text == "NaN"
             ? CompareIeee(dialect, exact.comparison, value_sql, number)
             : CompareIeeeWithNumber(exact.comparison, value_sql, number);
}

Result<std::string> PrintPlain(const SqlDialect& dialect, const Typed& call,
                               const Arguments& arguments) {
  return PrintComparison(dialect, OperatorOf(call.function->name), call.arguments[0],
                         call.arguments[1], arguments[0], arguments[1]);
}

/// Lower bounds that NaN fails.
Result<std::string> PrintLowerBound(const SqlDialect& dialect, const Typed& call,
                                    const Arguments& arguments) {
  const Typed& value = call.arguments[0];
  const Typed& bound = call.arguments[1];
  if (value.type.kind != Kind::kDouble) return PrintPlain(dialect, call, arguments);
  if (dialect.nan_order() == NanOrder::kIeee) {
    const std::string& number =
        IsNumericLiteralComparison(value, bound)
            ? dialect.PrintLiteral(CompareWithLiteral(">", value, bound.literal).literal)
            : arguments[1];
    return fmt::format("({} {} {})", arguments[0], OperatorOf(call.function->name), number);
  }
  ASSAY_TRY(const std::string plain, PrintPlain(dialect, call, arguments));
  return fmt::format("({} AND NOT {})", plain, dialect.IsNan(arguments[0]));
}

Result<std::string> PrintNotDistinct(const SqlDialect& dialect, const Typed& call,
                                     const Arguments& arguments) {
  for (const size_t i : {0, 1}) {
    const Typed& value = call.arguments[i];
    const Typed& literal = call.arguments[1 - i];
    if (!IsNumericLiteralComparison(value, literal)) continue;
    const LiteralComparison exact = CompareWithLiteral("=", value, literal.literal);
    if (exact.outcome != Outcome::kCompare) return std::string("FALSE");
    return fmt::format("({} IS NOT DISTINCT FROM {})", arguments[i],
                       dialect.PrintLiteral(exact.literal));
  }
  return fmt::format("({} IS NOT DISTINCT FROM {})", arguments[0], arguments[1]);
}

bool IsDouble(const Typed& value) {
  return value.type.kind == Kind::kDouble;
}

/// Whether the engine's BETWEEN would take NaN for what it is not.
bool MistakesNan(const SqlDialect& dialect, const Typed& call) {
  return dialect.nan_order() == NanOrder::kIeee &&
         std::ranges::any_of(call.arguments, IsDouble);
}

Result<std::string> PrintBetween(const SqlDialect& dialect, const Typed& call,
                                 const Arguments& arguments) {
  const Typed& value = call.arguments[0];
  const auto separately = [&] {
    return fmt::format(
        "({} AND {})",
        PrintComparison(dialect, ">=", value, call.arguments[1], arguments[0], arguments[1]),
        PrintComparison(dialect, "<=", value, call.arguments[2], arguments[0], arguments[2]));
  };
  if (MistakesNan(dialect, call)) return separately();
  std::string bounds[2] = {arguments[1], arguments[2]};
  const std::string operators[2] = {">=", "<="};
  std::string value_sql = arguments[0];
  for (const size_t i : {0, 1}) {
    const Typed& bound = call.arguments[i + 1];
    if (IsNumericLiteralComparison(value, bound)) {
      const LiteralComparison exact = CompareWithLiteral(operators[i], value, bound.literal);
      if (exact.outcome != Outcome::kCompare || exact.comparison != operators[i])
        return separately();
      bounds[i] = dialect.PrintLiteral(exact.literal);
    }
  }
  const auto is_time = [](const Typed& bound) {
    return IsLiteral(bound, LiteralKind::kTimestamp);
  };
  if (is_time(call.arguments[1]) && is_time(call.arguments[2])) {
    for (const size_t i : {0, 1})
      dialect.CompareAsStored(value, call.arguments[i + 1], value_sql, bounds[i]);
  }
  return fmt::format("({} BETWEEN {} AND {})", value_sql, bounds[0], bounds[1]);
}

/// Whether an item of IN would be mistaken by the engine's IN when it is, or is compared with,
/// NaN.
bool MistakesNanItem(const SqlDialect& dialect, const Typed& value, const Typed& item) {
  if (dialect.nan_order() == NanOrder::kAboveAll || !IsDouble(value)) return false;
  if (item.kind != Expression::Kind::kLiteral) return true;
  return IsLiteral(item) && (IsLiteral(value) || item.literal.text == "NaN");
}

Result<std::string> PrintIn(const SqlDialect& dialect, const Typed& call,
                            const Arguments& arguments) {
  const Typed& value = call.arguments[0];
  Arguments items;
  Arguments equalities;
  for (size_t i = 1; i < arguments.size(); ++i) {
    const Typed& item = call.arguments[i];
    if (MistakesNanItem(dialect, value, item)) {
      if (arguments[0].size() * (equalities.size() + 1) > dialect.max_sql_bytes())
        return TooLarge(dialect);
      equalities.push_back(
          PrintComparison(dialect, "=", value, item, arguments[0], arguments[i]));
    } else if (!IsNumericLiteralComparison(value, item)) {
      items.push_back(arguments[i]);
    } else {
      const LiteralComparison exact = CompareWithLiteral("=", value, item.literal);
      if (exact.outcome == Outcome::kCompare)
        items.push_back(dialect.PrintLiteral(exact.literal));
    }
  }
  if (!items.empty()) equalities.push_back(dialect.PrintMembership(arguments[0], items));
  if (equalities.empty()) return dialect.PrintConstant(arguments[0], false);
  return Balanced(equalities, "OR");
}

}  // namespace

LiteralComparison CompareWithLiteral(std::string_view comparison, const Typed& value,
                                     const Literal& literal) {
  if (value.type.kind == Kind::kDouble) {
    const double nearest = ReadDouble(literal.text).value_or(0);
    return {Outcome::kCompare, std::string(comparison), Literal::Double(nearest)};
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

bool IsNumericLiteralComparison(const Typed& value, const Typed& literal) {
  return IsLiteral(literal) && !IsLiteral(value) && value.type.IsNumber() &&
         literal.type.IsNumber();
}

std::string PrintComparison(const SqlDialect& dialect, std::string_view comparison,
                            const Typed& a, const Typed& b, std::string a_sql,
                            std::string b_sql) {
  if (IsNumericLiteralComparison(a, b))
    return CompareWithNumber(dialect, comparison, a, b.literal, a_sql);
  if (IsNumericLiteralComparison(b, a))
    return CompareWithNumber(dialect, Flipped(comparison), b, a.literal, b_sql);
  const bool doubles = a.type.kind == Kind::kDouble || b.type.kind == Kind::kDouble;
  if (doubles && dialect.nan_order() == NanOrder::kIeee)
    return CompareIeee(dialect, comparison, a_sql, b_sql);
  dialect.CompareAsStored(a, b, a_sql, b_sql);
  dialect.CompareAsStored(b, a, b_sql, a_sql);
  if (comparison == "=" || comparison == "<>")
    return dialect.PrintEquality(comparison, a_sql, b_sql);
  return fmt::format("({} {} {})", a_sql, comparison, b_sql);
}

SharedCall SharedComparisonCall(std::string_view function) {
  if (function == "above" || function == "at_least") return PrintLowerBound;
  if (function == "not_distinct") return PrintNotDistinct;
  if (function == "between") return PrintBetween;
  if (function == "in") return PrintIn;
  return OperatorOf(function).empty() ? nullptr : SharedCall(PrintPlain);
}

}  // namespace assay::plan::dialects
