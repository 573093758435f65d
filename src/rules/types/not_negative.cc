// Rule "notNegative": every non-null value is zero or above.

#include "rules/field_types.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

Result<CompiledRule> Compile(const Target& target, const Json&) {
  return CompiledRule{
      .form = plan::RowCheck{plan::AtLeast(target.OnlyColumn(), plan::Literal::Integer(0))},
      .violation = "is below 0"};
}

}  // namespace

RuleType not_negative() {
  return {.name = "notNegative",
          .summary = "Every non-null value is 0 or above. NaN fails.",
          .scope = FieldScope::kSingle,
          .accepts = NumericTypes(),
          .weight = 1,
          .example = {.fields = {{"quantity", plan::FieldType::kIntegral}},
                      .rows = {{3}, {0}, {-1}, {nullptr}},
                      .failing_rows = {2}},
          .compile = Compile};
}

}  // namespace assay::rules::types
