#include "plan/dialects/sql_dialect.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/coercion.h"
#include "plan/functions.h"

namespace assay::plan::dialects {
namespace {

std::string Doubled(std::string_view text, char quote) {
  std::string result(1, quote);
  for (const char c : text) {
    if (c == quote) result += quote;
    result += c;
  }
  return result + quote;
}

SharedCall FindShared(std::string_view function) {
  for (const auto find :
       {SharedLogicCall, SharedComparisonCall, SharedArithmeticCall, SharedAggregateCall}) {
    if (const SharedCall print = find(function)) return print;
  }
  return nullptr;
}

std::string Size(size_t bytes) {
  constexpr size_t kKibi = 1024;
  return bytes % (kKibi * kKibi) == 0 ? fmt::format("{} MiB", bytes / kKibi / kKibi)
                                      : fmt::format("{} KiB", bytes / kKibi);
}

}  // namespace

std::optional<std::string_view> Templates::Find(std::string_view function, size_t count) const {
  auto found = templates_.find(function);
  if (found == templates_.end()) found = templates_.find(fmt::format("{}/{}", function, count));
  return found == templates_.end() ? std::nullopt : std::optional(found->second);
}

bool Templates::Has(std::string_view function) const {
  if (templates_.contains(function)) return true;
  const auto next = templates_.lower_bound(fmt::format("{}/", function));
  return next != templates_.end() && next->first.starts_with(fmt::format("{}/", function));
}

std::string SqlDialect::QuoteIdentifier(std::string_view identifier) const {
  return Doubled(identifier, '"');
}

std::string SqlDialect::QuoteString(std::string_view text) const {
  // A query cannot hold NUL.
  const size_t nul = text.find('\0');
  if (nul == std::string_view::npos) return Doubled(text, '\'');
  std::string result = "(";
  size_t start = 0;
  for (size_t at = nul; at != std::string_view::npos; at = text.find('\0', start)) {
    result += Doubled(text.substr(start, at - start), '\'') + " || chr(0) || ";
    start = at + 1;
  }
  return result + Doubled(text.substr(start), '\'') + ")";
}

Result<std::string> SqlDialect::Print(const Expression& expression,
                                      const Schema& schema) const {
  ASSAY_TRY(const Typed typed, Analyze(expression, schema));
  return PrintTyped(typed);
}

Result<Dialect::Comparable> SqlDialect::PrintComparable(const Expression& a,
                                                        const Schema& schema_of_a,
                                                        const Expression& b,
                                                        const Schema& schema_of_b) const {
  ASSAY_TRY(Typed typed_a, Analyze(a, schema_of_a));
  ASSAY_TRY(Typed typed_b, Analyze(b, schema_of_b));
  ASSAY_RETURN_IF_ERROR(MakeComparable(typed_a, typed_b));
  Comparable printed;
  ASSAY_TRY(printed.a, PrintTyped(typed_a));
  ASSAY_TRY(printed.b, PrintTyped(typed_b));
  return printed;
}

Dialect::Support SqlDialect::Supports(std::string_view function) const {
  const bool known = templates().Has(function) || FindOwn(function) != nullptr ||
                     FindShared(function) != nullptr;
  if (!known) return {Support::Extent::kNone, ""};
  const std::string_view without = Without(function);
  return {without.empty() ? Support::Extent::kAll : Support::Extent::kPart, without};
}

std::string SqlDialect::PrintEquality(std::string_view comparison, const std::string& a,
                                      const std::string& b) const {
  return fmt::format("({} {} {})", a, comparison, b);
}

std::string SqlDialect::PrintMembership(const std::string& value,
                                        const Arguments& items) const {
  return fmt::format("({} IN ({}))", value, fmt::join(items, ", "));
}

std::string SqlDialect::PrintConstant(const std::string& value, bool outcome) const {
  return fmt::format("({} {} {})", value, outcome ? "=" : "<>", value);
}

Result<std::string> SqlDialect::PrintTyped(const Typed& node) const {
  Result<std::string> sql = PrintNode(node);
  if (sql && sql->size() > max_sql_bytes()) return TooLarge(*this);
  return sql;
}

Result<std::string> SqlDialect::PrintNode(const Typed& node) const {
  switch (node.kind) {
    case Expression::Kind::kColumn: return PrintField(*node.field);
    case Expression::Kind::kLiteral:
      if (node.literal.kind == LiteralKind::kNull && node.type.kind != ValueType::Kind::kNull) {
        return fmt::format("CAST(NULL AS {})", PrintType(node.type));
      }
      return PrintLiteral(node.literal);
    case Expression::Kind::kCall: return PrintCall(node);
  }
  return Fail(ErrorKind::kInternal, "no such kind of expression");
}

Result<std::string> SqlDialect::PrintCall(const Typed& call) const {
  const std::string& name = call.function->name;
  Arguments arguments;
  arguments.reserve(call.arguments.size());
  for (const Typed& argument : call.arguments) {
    ASSAY_TRY(std::string printed, PrintTyped(argument));
    arguments.push_back(std::move(printed));
  }
  if (const auto text = templates().Find(name, arguments.size()))
    return FillTemplate(*text, arguments);
  if (const OwnCall print = FindOwn(name)) return print(call, arguments);
  if (const SharedCall print = FindShared(name)) return print(*this, call, arguments);
  return Lacking(*this, name);
}

std::string FillTemplate(std::string_view text, const Arguments& arguments) {
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

std::string PrintListed(std::string_view name, const Arguments& arguments) {
  return fmt::format("{}({})", name, fmt::join(arguments, ", "));
}

std::unexpected<Error> Lacking(const SqlDialect& dialect, std::string_view what) {
  return Fail(ErrorKind::kUnsupported,
              fmt::format("{} has no counterpart of the function {}", dialect.title(), what));
}

std::unexpected<Error> TooLarge(const SqlDialect& dialect) {
  return Fail(ErrorKind::kUnsupported,
              fmt::format("the expression is too large: its SQL for {} would exceed {}",
                          dialect.title(), Size(dialect.max_sql_bytes())));
}

bool IsLiteral(const Typed& node) {
  return node.kind == Expression::Kind::kLiteral && node.literal.kind != LiteralKind::kNull;
}

bool IsLiteral(const Typed& node, LiteralKind kind) {
  return node.kind == Expression::Kind::kLiteral && node.literal.kind == kind;
}

}  // namespace assay::plan::dialects
