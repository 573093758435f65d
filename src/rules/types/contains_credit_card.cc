// Rule "containsCreditCard": a card number stands in every non-null text.

#include "rules/field_types.h"

#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

Result<CompiledRule> Compile(const Target& target, const Json&) {
  return CompiledRule{
      .form = plan::RowCheck{plan::TextIs(target.OnlyColumn(), "contains_card_number")},
      .violation = "contains no card number"};
}

}  // namespace

RuleType contains_credit_card() {
  return {.name = "containsCreditCard",
          .summary =
              "A card number stands somewhere in every non-null value: as format credit_card "
              "(docs/formats.md), with no digit right before or behind it.",
          .scope = FieldScope::kSingle,
          .accepts = TextTypes(),
          .weight = 2,
          .example = {.fields = {{"note", plan::FieldType::kString}},
                      .rows = {{R"({"card": "5105105105105100"})"},
                               {R"({"card": "ABC12345XYZ"})"},
                               {R"({"card": "4111-1111-1111-1111"})"},
                               {nullptr}},
                      .failing_rows = {1}},
          .compile = Compile};
}

}  // namespace assay::rules::types
