// Rule "isCreditCard": every non-null text is a card number.

#include "rules/field_types.h"
#include "rules/formats.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

Result<CompiledRule> Compile(const Target& target, const Json&) {
  return CompiledRule{
      .form = plan::RowCheck{IsOfFormat(*FindFormat("credit_card"), target.OnlyColumn())},
      .violation = "is not a valid card number"};
}

}  // namespace

RuleType is_credit_card() {
  return {.name = "isCreditCard",
          .summary =
              "Every non-null value as a whole is a card number: format credit_card "
              "(docs/formats.md).",
          .scope = FieldScope::kSingle,
          .accepts = TextTypes(),
          .weight = 2,
          .example = {.fields = {{"note", plan::FieldType::kString}},
                      .rows = {{"5105105105105100"},
                               {"4111-1111-1111-1111"},
                               {"4111111111111112"},
                               {nullptr},
                               {"card 4111111111111111"}},
                      .failing_rows = {2, 4}},
          .compile = Compile};
}

}  // namespace assay::rules::types
