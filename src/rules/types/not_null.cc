// Rule "notNull": every named field has a value.

#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

Result<CompiledRule> Compile(const Target& target, const Json&) {
  plan::Expression all_set =
      plan::IsNotNull(plan::Expression::Column(target.fields.front()->name));
  for (size_t i = 1; i < target.fields.size(); ++i) {
    all_set = plan::And(std::move(all_set),
                        plan::IsNotNull(plan::Expression::Column(target.fields[i]->name)));
  }
  return CompiledRule{
      .form = plan::RowCheck{std::move(all_set)},
      .violation = target.fields.size() == 1 ? "has no value" : "are not all set"};
}

}  // namespace

RuleType not_null() {
  return {.name = "notNull",
          .summary =
              "Every named field has a value. Empty text is a value, unless the container "
              "reads it as null.",
          .scope = FieldScope::kMultiple,
          .weight = 1,
          .example = {.fields = {{"id", plan::FieldType::kIntegral}},
                      .rows = {{1}, {nullptr}, {3}},
                      .failing_rows = {1}},
          .compile = Compile};
}

}  // namespace assay::rules::types
