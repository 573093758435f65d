// Rule "containsEmail": an e-mail address stands in every non-null text.

#include "rules/field_types.h"
#include "rules/formats.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

Result<CompiledRule> Compile(const Target& target, const Json&) {
  return CompiledRule{
      .form = plan::RowCheck{ContainsShape(*FindFormat("email"), target.OnlyColumn())},
      .violation = "contains no e-mail address"};
}

}  // namespace

RuleType contains_email() {
  return {.name = "containsEmail",
          .summary =
              "An e-mail address stands somewhere in every non-null value: the shape of format "
              "email (docs/formats.md).",
          .scope = FieldScope::kSingle,
          .accepts = TextTypes(),
          .weight = 2,
          .example = {.fields = {{"note", plan::FieldType::kString}},
                      .rows = {{"Write to jane.doe@example.org."},
                               {"jane.doe at example.org"},
                               {nullptr}},
                      .failing_rows = {1}},
          .compile = Compile};
}

}  // namespace assay::rules::types
