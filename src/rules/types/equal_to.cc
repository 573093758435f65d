// Rule "equalTo": every non-null value of the named fields equals a constant.

#include <fmt/format.h>

#include "rules/comparator.h"
#include "rules/property_value.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties : Comparators {
  Json value;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("value", &Properties::value, "The value, in the type of the fields."),
      NumericComparatorField<Properties>(),
      DurationComparatorField<Properties>(),
      StringComparatorField<Properties>(),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  std::optional<plan::Expression> all_equal;
  std::string violation;
  for (const plan::Field* field : target.fields) {
    ASSAY_TRY(const plan::Literal value, PropertyValue("value", properties.value, *field));
    ASSAY_TRY(const Comparison comparison, Comparison::Make(properties, field->type));
    violation =
        fmt::format("{} equal to {}{}", target.fields.size() == 1 ? "is not" : "are not",
                    ShowValue(value), comparison.Margin());
    plan::Expression equal = comparison.Equal(plan::Expression::Column(field->name),
                                              plan::Expression::Constant(value));
    all_equal = all_equal ? plan::And(*std::move(all_equal), std::move(equal)) : equal;
  }
  return CompiledRule{.form = plan::RowCheck{*std::move(all_equal)},
                      .violation = std::move(violation)};
}

}  // namespace

RuleType equal_to() {
  return {
      .name = "equalTo",
      .summary =
          "Every non-null value of the named fields equals the given one. NaN fails; a date "
          "is its first moment.",
      .scope = FieldScope::kMultiple,
      .accepts = {plan::FieldType::kIntegral, plan::FieldType::kFractional,
                  plan::FieldType::kString, plan::FieldType::kDate,
                  plan::FieldType::kTimestamp},
      .weight = 2,
      .properties_schema = PropertyFields().Schema(),
      .example = {.properties = {{"value", 100},
                                 {"numeric_comparator",
                                  {{"epsilon", 5}, {"as_absolute", false}}}},
                  .fields = {{"percent", plan::FieldType::kFractional}},
                  .rows = {{95}, {105}, {94.9}, {nullptr}},
                  .failing_rows = {2}},
      .compile = Compile};
}

}  // namespace assay::rules::types
