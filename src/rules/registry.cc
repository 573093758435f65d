// Finding rule types by their names, current and former.

#include <algorithm>
#include <array>
#include <utility>

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

}  // namespace

const RuleType* FindRuleType(std::string_view name) {
  const auto former =
      std::ranges::find(kFormerNames, name, [](const auto& entry) { return entry.first; });
  if (former != kFormerNames.end()) name = former->second;
  const std::span<const RuleType> all = AllRuleTypes();
  const auto found = std::ranges::find(all, name, &RuleType::name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace assay::rules
