// Rule "unique": every combination of the named fields' values occurs once.

#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

Result<CompiledRule> Compile(const Target& target, const Json&) {
  std::vector<plan::Expression> columns;
  for (const plan::Field* field : target.fields) {
    columns.push_back(plan::Expression::Column(field->name));
  }
  return CompiledRule{.form = plan::UniqueCheck{std::move(columns)},
                      .violation = target.fields.size() == 1 ? "repeats an earlier value"
                                                             : "repeat an earlier combination"};
}

}  // namespace

RuleType unique() {
  return {.name = "unique",
          .summary =
              "Every combination of the named fields' values occurs once. Rows with a null "
              "among them are left out; each further occurrence counts.",
          .scope = FieldScope::kMultiple,
          .weight = 2,
          .example = {.fields = {{"name", plan::FieldType::kString},
                                 {"address", plan::FieldType::kString}},
                      .rows = {{"A", "1"}, {"B", "2"}, {"A", "1"}, {"C", "3"}},
                      .failing_rows = {2}},
          .compile = Compile};
}

}  // namespace assay::rules::types
