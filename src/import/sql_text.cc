#include "import/sql_text.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include "plan/lexer.h"
#include "plan/literal.h"
#include "plan/parser.h"

namespace assay::imports {
namespace {

bool IsPlainColumn(std::string_view field) {
  static const RE2 word("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
  if (!RE2::FullMatch(field, word)) return false;
  const auto expression = plan::ParseExpression(field);
  return expression && expression->kind() == plan::Expression::Kind::kColumn &&
         expression->name() == field;
}

std::string SqlText(std::string_view text) {
  const bool has_backslash = text.find('\\') != std::string_view::npos;
  if (has_backslash && text.find('\'') == std::string_view::npos && text.back() != '\\') {
    return fmt::format("r'{}'", text);
  }
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

std::string_view Trim(std::string_view text) {
  const size_t start = text.find_first_not_of(" \t\r\n;");
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(" \t\r\n;") - start + 1);
}

}  // namespace

std::string SqlName(std::string_view field) {
  if (IsPlainColumn(field)) return std::string(field);
  std::string quoted = "`";
  for (const char c : field) {
    if (c == '`') quoted += '`';
    quoted += c;
  }
  return quoted + "`";
}

std::string SqlLiteral(const Json& value) {
  if (value.is_string()) return SqlText(value.get<std::string>());
  if (value.is_boolean()) return value.get<bool>() ? "TRUE" : "FALSE";
  if (value.is_number()) return PrintJson(value);
  return "NULL";
}

std::string SqlTimeLiteral(const Json& value) {
  if (!value.is_string()) return SqlLiteral(value);
  const auto literal = plan::Literal::DateOrTime(value.get<std::string>());
  if (!literal) return SqlLiteral(value);
  return fmt::format("{} '{}'",
                     literal->kind == plan::LiteralKind::kDate ? "DATE" : "TIMESTAMP",
                     literal->text);
}

std::string SqlList(const std::vector<Json>& values) {
  std::string list;
  for (const Json& value : values) list += (list.empty() ? "" : ", ") + SqlLiteral(value);
  return list;
}

std::string SqlJoin(const std::vector<std::string>& conditions, std::string_view operation) {
  if (conditions.size() == 1) return conditions.front();
  std::string joined;
  for (const std::string& condition : conditions) {
    if (!joined.empty()) joined += fmt::format(" {} ", operation);
    joined += "(" + condition + ")";
  }
  return joined;
}

Result<std::string> SqlCondition(std::string_view text) {
  text = Trim(text);
  ASSAY_TRY(const plan::Expression parsed, plan::ParseExpression(text));
  if (parsed.kind() == plan::Expression::Kind::kColumn ||
      parsed.kind() == plan::Expression::Kind::kCall ||
      parsed.literal().kind == plan::LiteralKind::kBoolean) {
    return std::string(text);
  }
  return Fail(ErrorKind::kInvalidInput, "is not a condition");
}

std::vector<std::string> SqlFields(std::string_view expression) {
  const auto parsed = plan::ParseExpression(expression);
  return parsed ? parsed->FieldNames() : std::vector<std::string>();
}

Result<std::string> WhereOfQuery(std::string_view query) {
  static const RE2 shape(
      R"((?is)select\s+(?:[^()]*?|count\s*\(\s*(?:\*|1)\s*\)(?:\s+as\s+\w+)?)\s+from\s+)"
      R"([^\s(),]+(?:\s+as\s+\w+)?\s+where\s+(.*))");
  std::string condition;
  if (!RE2::FullMatch(Trim(query), shape, &condition)) {
    return Fail(ErrorKind::kUnsupported,
                "is a query; only SELECT ... FROM table WHERE condition can be taken over");
  }
  // GROUP BY, a subquery and the like are no expressions of ours.
  Result<std::string> parsed = SqlCondition(condition);
  if (!parsed) return FailWithin("the condition of the query", parsed.error());
  return parsed;
}

bool IsNumberText(std::string_view text) {
  return plan::Literal::Number(text).has_value();
}

bool IsTimeText(std::string_view text) {
  return plan::Literal::DateOrTime(text).has_value();
}

}  // namespace assay::imports
