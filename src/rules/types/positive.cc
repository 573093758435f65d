// Rule "positive": every non-null value is above zero.

#include "rules/field_types.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

Result<CompiledRule> Compile(const Target& target, const Json&) {
  return CompiledRule{
      .form = plan::RowCheck{plan::Above(target.OnlyColumn(), plan::Literal::Integer(0))},
      .violation = "is not above 0"};
}

}  // namespace

RuleType positive() {
  return {.name = "positive",
          .summary = "Every non-null value is above 0. NaN fails.",
          .scope = FieldScope::kSingle,
          .accepts = NumericTypes(),
          .weight = 1,
          .example = {.fields = {{"quantity", plan::FieldType::kIntegral}},
                      .rows = {{3}, {0}, {-1}, {nullptr}},
                      .failing_rows = {1, 2}},
          .compile = Compile};
}

}  // namespace assay::rules::types
