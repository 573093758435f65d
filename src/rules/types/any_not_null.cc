// Rule "anyNotNull": at least one of the named fields has a value.

#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

Result<CompiledRule> Compile(const Target& target, const Json&) {
  plan::Expression any_set =
      plan::IsNotNull(plan::Expression::Column(target.fields.front()->name));
  for (size_t i = 1; i < target.fields.size(); ++i) {
    any_set = plan::Or(std::move(any_set),
                       plan::IsNotNull(plan::Expression::Column(target.fields[i]->name)));
  }
  return CompiledRule{
      .form = plan::RowCheck{std::move(any_set)},
      .violation = target.fields.size() == 1 ? "has no value" : "have no value in any of them"};
}

}  // namespace

RuleType any_not_null() {
  return {.name = "anyNotNull",
          .summary = "At least one of the named fields has a value.",
          .scope = FieldScope::kMultiple,
          .weight = 2,
          .example = {.fields = {{"comment", plan::FieldType::kString},
                                 {"status", plan::FieldType::kString}},
                      .rows = {{nullptr, nullptr}, {"x", nullptr}, {nullptr, "y"}},
                      .failing_rows = {0}},
          .compile = Compile};
}

}  // namespace assay::rules::types
