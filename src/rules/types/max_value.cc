// Rule "maxValue": every non-null number is at most a bound.

#include "rules/field_types.h"
#include "rules/property_value.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  Json value;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("value", &Properties::value, "The largest number that passes."),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  ASSAY_TRY(const plan::Literal bound,
            PropertyValue("value", properties.value, target.OnlyField()));
  return CompiledRule{.form = plan::RowCheck{plan::AtMost(target.OnlyColumn(), bound)},
                      .violation = "is above " + bound.text};
}

}  // namespace

RuleType max_value() {
  return {.name = "maxValue",
          .summary = "Every non-null value is at most the given number. NaN fails.",
          .scope = FieldScope::kSingle,
          .accepts = NumericTypes(),
          .weight = 1,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"value", 10}},
                      .fields = {{"price", plan::FieldType::kFractional}},
                      .rows = {{9.99}, {10}, {nullptr}, {10.01}},
                      .failing_rows = {3}},
          .compile = Compile};
}

}  // namespace assay::rules::types
