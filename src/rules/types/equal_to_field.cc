// Rule "equalToField": every value equals that of another field of its row.

#include <fmt/format.h>

#include "rules/field_comparison.h"
#include "rules/property_type.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties : Comparators {
  std::string field_name;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      As(PropertyType::kField,
         Required("field_name", &Properties::field_name, "The field to compare with.")),
      NumericComparatorField<Properties>(),
      DurationComparatorField<Properties>(),
      StringComparatorField<Properties>(),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  ASSAY_TRY(const plan::Field* other, OtherField(target, properties.field_name));
  ASSAY_TRY(const Comparison comparison, Comparison::Make(properties, target.OnlyField().type));
  return CompiledRule{.form = plan::RowCheck{comparison.Equal(
                          target.OnlyColumn(), plan::Expression::Column(other->name))},
                      .violation = fmt::format("is not equal to the value of {}{}", other->name,
                                               comparison.Margin())};
}

}  // namespace

RuleType equal_to_field() {
  return {.name = "equalToField",
          .summary =
              "Every value equals that of another field of its row. Rows where either is null "
              "pass. NaN equals NaN; a date is its first moment.",
          .scope = FieldScope::kSingle,
          .accepts = {plan::FieldType::kIntegral, plan::FieldType::kFractional,
                      plan::FieldType::kString, plan::FieldType::kDate,
                      plan::FieldType::kTimestamp},
          .weight = 2,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"field_name", "billed_to"},
                                     {"string_comparator", {{"ignore_whitespace", true}}}},
                      .fields = {{"ordered_by", plan::FieldType::kString}},
                      .other_fields = {{"billed_to", plan::FieldType::kString}},
                      .rows = {{"Beth", " Beth "}, {"Ana", " Anna "}, {nullptr, "Carl"}},
                      .failing_rows = {1}},
          .compile = Compile};
}

}  // namespace assay::rules::types
