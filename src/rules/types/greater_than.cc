// Rule "greaterThan": every non-null number is greater than a bound.

#include "rules/field_types.h"
#include "rules/property_value.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  Json value;
  bool inclusive = false;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("value", &Properties::value, "The bound."),
      Optional("inclusive", &Properties::inclusive,
               "Whether the bound itself passes (false when absent)."),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  ASSAY_TRY(const plan::Literal bound,
            PropertyValue("value", properties.value, target.OnlyField()));
  const plan::Expression column = target.OnlyColumn();
  return CompiledRule{.form = plan::RowCheck{properties.inclusive ? plan::AtLeast(column, bound)
                                                                  : plan::Above(column, bound)},
                      .violation = (properties.inclusive ? "is not greater than or equal to "
                                                         : "is not greater than ") +
                                   bound.text};
}

}  // namespace

RuleType greater_than() {
  return {.name = "greaterThan",
          .summary =
              "Every non-null value is greater than the given number, or equal to it when "
              "inclusive. NaN fails.",
          .scope = FieldScope::kSingle,
          .accepts = NumericTypes(),
          .weight = 1,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"value", 10}},
                      .fields = {{"quantity", plan::FieldType::kIntegral}},
                      .rows = {{9}, {10}, {nullptr}, {11}},
                      .failing_rows = {0, 1}},
          .compile = Compile};
}

}  // namespace assay::rules::types
