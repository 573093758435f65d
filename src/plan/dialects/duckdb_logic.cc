// AND with ranges joined, and extremes.

#include <fmt/format.h>

#include "plan/dialects/duckdb_printer.h"
#include "plan/functions.h"

namespace assay::plan::dialects {
namespace {

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

Result<std::string> PrintAnd(const Typed& call, const Arguments& arguments) {
  Arguments terms;
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

Result<std::string> PrintExtreme(const Typed& call, const Arguments& arguments) {
  return PrintListed(call.function->name, arguments);
}

}  // namespace

OwnCall DuckDbLogicCall(std::string_view function) {
  if (function == "and") return PrintAnd;
  if (function == "greatest" || function == "least") return PrintExtreme;
  return nullptr;
}

}  // namespace assay::plan::dialects
