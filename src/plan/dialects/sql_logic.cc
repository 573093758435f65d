// AND, OR and conditions.

#include <fmt/format.h>

#include <span>

#include "plan/dialects/sql_dialect.h"
#include "plan/functions.h"

namespace assay::plan::dialects {
namespace {

Result<std::string> PrintAnd(const SqlDialect&, const Typed&, const Arguments& arguments) {
  return Balanced(arguments, "AND");
}

Result<std::string> PrintOr(const SqlDialect&, const Typed&, const Arguments& arguments) {
  return Balanced(arguments, "OR");
}

Result<std::string> PrintConcat(const SqlDialect&, const Typed&, const Arguments& arguments) {
  return Balanced(arguments, "||");
}

Result<std::string> PrintCoalesce(const SqlDialect&, const Typed&, const Arguments& arguments) {
  return arguments.size() == 1 ? arguments[0] : PrintListed("coalesce", arguments);
}

Result<std::string> PrintCase(const SqlDialect&, const Typed&, const Arguments& arguments) {
  std::string sql = "CASE";
  for (size_t i = 0; i + 1 < arguments.size(); i += 2) {
    sql += fmt::format(" WHEN {} THEN {}", arguments[i], arguments[i + 1]);
  }
  if (arguments.size() % 2 == 1) sql += " ELSE " + arguments.back();
  return sql + " END";
}

Result<std::string> PrintSwitch(const SqlDialect& dialect, const Typed& call,
                                const Arguments& arguments) {
  std::string sql = "CASE";
  for (size_t i = 1; i + 1 < arguments.size(); i += 2) {
    sql += fmt::format(" WHEN {} THEN {}",
                       PrintComparison(dialect, "=", call.arguments[0], call.arguments[i],
                                       arguments[0], arguments[i]),
                       arguments[i + 1]);
  }
  if (arguments.size() % 2 == 0) sql += " ELSE " + arguments.back();
  return sql + " END";
}

Result<std::string> PrintNullIf(const SqlDialect& dialect, const Typed& call,
                                const Arguments& arguments) {
  return fmt::format("CASE WHEN {} THEN NULL ELSE {} END",
                     PrintComparison(dialect, "=", call.arguments[0], call.arguments[1],
                                     arguments[0], arguments[1]),
                     arguments[0]);
}

Result<std::string> PrintConcatWithSeparator(const SqlDialect&, const Typed&,
                                             const Arguments& arguments) {
  if (arguments.size() == 1)
    return fmt::format("CASE WHEN {} IS NOT NULL THEN '' END", arguments[0]);
  return PrintListed("concat_ws", arguments);
}

}  // namespace

std::string Balanced(std::span<const std::string> terms, std::string_view joint) {
  if (terms.size() == 1) return terms.front();
  const size_t half = (terms.size() + 1) / 2;
  return fmt::format("({} {} {})", Balanced(terms.first(half), joint), joint,
                     Balanced(terms.subspan(half), joint));
}

SharedCall SharedLogicCall(std::string_view function) {
  if (function == "and") return PrintAnd;
  if (function == "or") return PrintOr;
  if (function == "case") return PrintCase;
  if (function == "switch") return PrintSwitch;
  if (function == "coalesce") return PrintCoalesce;
  if (function == "nullif") return PrintNullIf;
  if (function == "concat") return PrintConcat;
  if (function == "concat_ws") return PrintConcatWithSeparator;
  return nullptr;
}

}  // namespace assay::plan::dialects
