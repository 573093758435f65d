// Finding rule types by their names, current and former.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "rules/nearest_name.h"
#include "rules/rule_type.h"

namespace assay::rules {
namespace {

/// Names under which existing clients and stored checks may know a rule.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kFormerNames = {{
    {"dataType", "isType"},
    {"isNotNull", "notNull"},
    {"isReplicaOf", "dataDiff"},
    {"isUnique", "unique"},
    {"requiredFields", "expectedSchema"},
    {"satisfiesEquation", "satisfiesExpression"},
}};

/// Names of rules that are gone, and what to do. isNotReplicaOf never said whether one record
/// in common is too much, or one that differs is enough.
constexpr std::array<std::pair<std::string_view, std::string_view>, 1> kWithdrawn = {{
    {"isNotReplicaOf",
     "use notExistsIn, which fails for values that the other container has as well, or "
     "dataDiff, which tells which records differ"},
}};

}  // namespace

const RuleType* FindRuleType(std::string_view name) {
  const auto former =
      std::ranges::find(kFormerNames, name, [](const auto& entry) { return entry.first; });
  if (former != kFormerNames.end()) name = former->second;
  const std::span<const RuleType> all = AllRuleTypes();
  const auto found = std::ranges::find(all, name, &RuleType::name);
  return found == all.end() ? nullptr : &*found;
}

std::string UnknownRuleMessage(std::string_view name) {
  const auto withdrawn =
      std::ranges::find(kWithdrawn, name, [](const auto& entry) { return entry.first; });
  if (withdrawn != kWithdrawn.end())
    return fmt::format("there is no rule type '{}' any more: {}", name, withdrawn->second);
  std::vector<std::string> known;
  for (const RuleType& rule : AllRuleTypes()) known.push_back(rule.name);
  const std::string advice = DidYouMean(std::string(name), known);
  if (!advice.empty()) return fmt::format("no such rule type: '{}'{}", name, advice);
  return fmt::format("no such rule type: '{}'; known are: {}", name, fmt::join(known, ", "));
}

}  // namespace assay::rules
