// Rule "sum": the sum of a field is a given number.

#include "rules/expected_range.h"
#include "rules/field_types.h"
#include "rules/property_type.h"
#include "rules/property_value.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  Json value;
  std::optional<NumericComparator> numeric_comparator;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("value", &Properties::value, "The sum that is expected."),
      As(PropertyType::kNumericComparator,
         Optional(
             "numeric_comparator", &Properties::numeric_comparator,
             "How far the sum may be off: {epsilon, as_absolute}; without it, not at all.")),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  ASSAY_TRY(const plan::Literal value,
            PropertyValue("value", properties.value, target.OnlyField()));
  ASSAY_TRY(const Range range, RangeAround(value, properties.numeric_comparator));
  return CompiledRule{.form = plan::MeasureCheck{.measure = plan::Expression::Call(
                                                     "sum", {target.OnlyColumn()}),
                                                 .min = range.min,
                                                 .max = range.max},
                      .violation = NotWithin(range),
                      .wording = {.subject = "the sum of " + target.OnlyField().name}};
}

}  // namespace

RuleType sum() {
  return {.name = "sum",
          .summary =
              "The sum of all values is the given number. Nulls count as nothing; a field "
              "without any value is not asserted. Exact: integers and decimals never "
              "overflow.",
          .scope = FieldScope::kSingle,
          .accepts = NumericTypes(),
          .supports_coverage = false,
          .weight = 1,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"value", 10}},
                      .fields = {{"share", plan::FieldType::kIntegral}},
                      .rows = {{4}, {nullptr}, {8}},
                      .verdict = RuleExample::Verdict::kFails},
          .compile = Compile};
}

}  // namespace assay::rules::types
