// Comparisons that DuckDB runs faster in a form of its own.

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "plan/dialects/duckdb_printer.h"
#include "plan/functions.h"
#include "plan/letter_case.h"
#include "plan/number_text.h"

namespace assay::plan::dialects {
namespace {

using Kind = ValueType::Kind;

bool HasZone(const Typed& node) {
  return node.kind == Expression::Kind::kColumn && node.field->reading == Reading::kDirect &&
         LowerAscii(node.field->native_type) == "timestamp with time zone";
}

/// Lower bounds that NaN fails, as a range where the bound is written out.
Result<std::string> PrintLowerBound(const Typed& call, const Arguments& arguments) {
  const Typed& value = call.arguments[0];
  const Typed& bound = call.arguments[1];
  const bool above = call.function->name == "above";
  if (value.type.kind == Kind::kDouble && IsNumericLiteralComparison(value, bound)) {
    double low = ReadDouble(bound.literal.text).value_or(0);
    if (above && std::isfinite(low))
      low = std::nextafter(low, std::numeric_limits<double>::infinity());
    if (std::isfinite(low)) {
      return fmt::format("({} BETWEEN {} AND CAST('Infinity' AS DOUBLE))", arguments[0],
                         DuckDbLiteral(Literal::Double(low)));
    }
  }
  return SharedComparisonCall(call.function->name)(DuckDbSql(), call, arguments);
}

}  // namespace

void DuckDbCompareAsStored(const Typed& value, const Typed& literal, std::string& value_sql,
                           std::string& literal_sql) {
  if (!HasZone(value) || !IsLiteral(literal, LiteralKind::kTimestamp)) return;
  value_sql = DuckDbStored(*value.field);
  literal_sql = fmt::format("TIMESTAMPTZ {}", DuckDbString(literal.literal.text + "+00"));
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

OwnCall DuckDbComparisonCall(std::string_view function) {
  return function == "above" || function == "at_least" ? PrintLowerBound : nullptr;
}

}  // namespace assay::plan::dialects
