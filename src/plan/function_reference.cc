#include "plan/function_reference.h"

#include <fmt/format.h>

#include "plan/dialects/duckdb.h"
#include "plan/dialects/trino.h"
#include "plan/functions.h"

namespace assay::plan {
namespace {

/// A cell of a table: bars would end it.
std::string Cell(const std::string& text) {
  std::string cell;
  for (const char c : text) cell += c == '|' ? std::string("\\|") : std::string(1, c);
  return cell;
}

std::string Names(const Function& function) {
  std::string names;
  // The first is in the syntax already.
  for (const std::string& spelling : function.spellings) {
    if (function.syntax.find(spelling + "(") != std::string::npos ||
        function.syntax == spelling)
      continue;
    if (function.syntax.starts_with(spelling + ",")) continue;
    names += fmt::format("{}`{}`", names.empty() ? "" : ", ", spelling);
  }
  return names;
}

/// "yes", "no", or what is missing.
std::string Cell(const Dialect::Support& support) {
  switch (support.extent) {
    case Dialect::Support::Extent::kAll: return "yes";
    case Dialect::Support::Extent::kNone: return "no";
    case Dialect::Support::Extent::kPart: return fmt::format("not: {}", support.without);
  }
  return "";
}

}  // namespace

std::string PrintFunctionReference() {
  std::string text;
  for (const FunctionGroup& group : AllFunctions()) {
    text += fmt::format(
        "### {}\n\n| written | also | meaning | DuckDB | Trino |\n|---|---|---|---|---|\n",
        group.title);
    for (const Function& function : group.functions) {
      if (function.syntax.empty()) continue;
      text +=
          fmt::format("| `{}` | {} | {} | {} | {} |\n", Cell(function.syntax), Names(function),
                      Cell(function.doc), Cell(dialects::DuckDb().Supports(function.name)),
                      Cell(dialects::Trino().Supports(function.name)));
    }
    text += "\n";
  }
  return text;
}

}  // namespace assay::plan
