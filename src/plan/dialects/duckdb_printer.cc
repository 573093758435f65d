#include "plan/dialects/duckdb_printer.h"

#include <fmt/format.h>

#include "plan/functions.h"

namespace assay::plan::dialects {
namespace {

constexpr size_t kMaxSqlBytes = size_t{1} << 20;

Result<std::string> PrintCall(const Typed& call) {
  const std::string& name = call.function->name;
  std::vector<std::string> arguments;
  arguments.reserve(call.arguments.size());
  for (const Typed& argument : call.arguments) {
    ASSAY_TRY(std::string printed, DuckDbPrint(argument));
    arguments.push_back(std::move(printed));
  }
  if (const auto text = DuckDbTemplate(name, arguments.size()))
    return FillTemplate(*text, arguments);
  for (const auto find : {DuckDbLogicCall, DuckDbComparisonCall, DuckDbArithmeticCall,
                          DuckDbCastCall, DuckDbTextCall, DuckDbAggregateCall}) {
    if (const DuckDbCall print = find(name)) return print(call, arguments);
  }
  return Fail(ErrorKind::kUnsupported,
              fmt::format("DuckDB has no counterpart of the function {}", name));
}

Result<std::string> PrintNode(const Typed& node) {
  switch (node.kind) {
    case Expression::Kind::kColumn: return DuckDbField(*node.field);
    case Expression::Kind::kLiteral:
      if (node.literal.kind == LiteralKind::kNull && node.type.kind != ValueType::Kind::kNull) {
        return fmt::format("CAST(NULL AS {})", DuckDbType(node.type));
      }
      return DuckDbLiteral(node.literal);
    case Expression::Kind::kCall: return PrintCall(node);
  }
  return Fail(ErrorKind::kInternal, "no such kind of expression");
}

}  // namespace

Result<std::string> DuckDbPrint(const Typed& node) {
  Result<std::string> sql = PrintNode(node);
  if (sql && sql->size() > kMaxSqlBytes) {
    return Fail(ErrorKind::kUnsupported,
                "the expression is too large: its SQL for DuckDB would exceed 1 MiB");
  }
  return sql;
}

std::string FillTemplate(std::string_view text, const std::vector<std::string>& arguments) {
  std::string result;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '$' && i + 1 < text.size() && text[i + 1] >= '1' && text[i + 1] <= '9') {
      result += arguments.at(static_cast<size_t>(text[++i] - '1'));
    } else {
      result += text[i];
    }
  }
  return result;
}

}  // namespace assay::plan::dialects
