// AND, OR and conditions.

#include <fmt/format.h>

#include <span>

#include "plan/dialects/duckdb_printer.h"
#include "plan/functions.h"

namespace assay::plan::dialects {
namespace {

/// ((a AND b) AND (c AND d)): long chains stay shallow for the engine's parser.
std::string Balanced(std::span<const std::string> terms, std::string_view joint) {
  if (terms.size() == 1) return terms.front();
  const size_t half = (terms.size() + 1) / 2;
  return fmt::format("({} {} {})", Balanced(terms.first(half), joint), joint,
                     Balanced(terms.subspan(half), joint));
}

/// Whether another term of the conjunction bounds the same column from above: then NaN fails
/// there.
bool HasUpperBound(const Typed& conjunction, const Typed& lower) {
  for (const Typed& term : conjunction.arguments) {
    if (IsUpperBoundOf(term, lower.arguments.front())) return true;
  }
  return false;
}

bool IsFloatingLowerBound(const Typed& call) {
  if (call.kind != Expression::Kind::kCall || call.arguments.size() != 2) return false;
  const bool lower = call.function->name == "at_least" || call.function->name == "above";
  return lower && call.arguments[0].type.kind == ValueType::Kind::kDouble;
}

Result<std::string> PrintAnd(const Typed& call, const std::vector<std::string>& arguments) {
  std::vector<std::string> terms;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const Typed& term = call.arguments[i];
    if (i + 1 < arguments.size()) {
      if (auto joined = JoinBounds(term, call.arguments[i + 1])) {
        terms.push_back(*std::move(joined));
        ++i;
        continue;
      }
    }
    if (IsFloatingLowerBound(term) && HasUpperBound(call, term)) {
      Typed plain = term;
      plain.function =
          FindFunction(term.function->name == "above" ? "greater" : "greater_or_equal");
      ASSAY_TRY(std::string printed, DuckDbPrint(plain));
      terms.push_back(std::move(printed));
      continue;
    }
    terms.push_back(arguments[i]);
  }
  return Balanced(terms, "AND");
}

Result<std::string> PrintOr(const Typed&, const std::vector<std::string>& arguments) {
  return Balanced(arguments, "OR");
}

Result<std::string> PrintConcat(const Typed&, const std::vector<std::string>& arguments) {
  return Balanced(arguments, "||");
}

std::string Listed(std::string_view function, const std::vector<std::string>& arguments) {
  return fmt::format("{}({})", function, fmt::join(arguments, ", "));
}

Result<std::string> PrintCoalesce(const Typed&, const std::vector<std::string>& arguments) {
  return Listed("coalesce", arguments);
}

Result<std::string> PrintGreatest(const Typed&, const std::vector<std::string>& arguments) {
  return Listed("greatest", arguments);
}

Result<std::string> PrintLeast(const Typed&, const std::vector<std::string>& arguments) {
  return Listed("least", arguments);
}

Result<std::string> PrintConcatWithSeparator(const Typed&,
                                             const std::vector<std::string>& arguments) {
  return Listed("concat_ws", arguments);
}

Result<std::string> PrintCase(const Typed&, const std::vector<std::string>& arguments) {
  std::string sql = "CASE";
  for (size_t i = 0; i + 1 < arguments.size(); i += 2) {
    sql += fmt::format(" WHEN {} THEN {}", arguments[i], arguments[i + 1]);
  }
  if (arguments.size() % 2 == 1) sql += " ELSE " + arguments.back();
  return sql + " END";
}

Result<std::string> PrintSwitch(const Typed& call, const std::vector<std::string>& arguments) {
  std::string sql = "CASE";
  for (size_t i = 1; i + 1 < arguments.size(); i += 2) {
    Typed equal;
    equal.kind = Expression::Kind::kCall;
    equal.type = ValueType::Boolean();
    equal.function = FindFunction("equal");
    equal.arguments = {call.arguments[0], call.arguments[i]};
    ASSAY_TRY(const std::string condition, DuckDbPrint(equal));
    sql += fmt::format(" WHEN {} THEN {}", condition, arguments[i + 1]);
  }
  if (arguments.size() % 2 == 0) sql += " ELSE " + arguments.back();
  return sql + " END";
}

}  // namespace

DuckDbCall DuckDbLogicCall(std::string_view function) {
  if (function == "and") return PrintAnd;
  if (function == "or") return PrintOr;
  if (function == "case") return PrintCase;
  if (function == "switch") return PrintSwitch;
  if (function == "coalesce") return PrintCoalesce;
  if (function == "greatest") return PrintGreatest;
  if (function == "least") return PrintLeast;
  if (function == "concat") return PrintConcat;
  if (function == "concat_ws") return PrintConcatWithSeparator;
  return nullptr;
}

}  // namespace assay::plan::dialects
