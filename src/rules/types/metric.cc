// Rule "metric": a field's value, or its change since the last scan, is within limits.

#include "rules/compared_measure.h"
#include "rules/field_types.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

const Fields<ComparedMeasure>& PropertyFields() {
  static const Fields<ComparedMeasure> fields = {
      ComparedValueField<ComparedMeasure>(),
      LowerLimitField<ComparedMeasure>(),
      UpperLimitField<ComparedMeasure>(),
  };
  return fields;
}

/// Whether each value is within the limits.
plan::Expression IsWithin(const plan::Expression& value, const MeasureLimits& limits) {
  if (!limits.max) return plan::AtLeast(value, limits.min->value);
  if (!limits.min) return plan::AtMost(value, limits.max->value);
  return plan::And(plan::AtLeast(value, limits.min->value),
                   plan::AtMost(value, limits.max->value));
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const ComparedMeasure properties, PropertyFields().Parse(json));
  ASSAY_TRY(MeasureLimits limits, ReadLimits(properties));
  const plan::Expression column = target.OnlyColumn();
  if (!limits.change) {
    return CompiledRule{.form = plan::RowCheck{IsWithin(column, limits)},
                        .violation = std::move(limits.violation)};
  }
  return CompiledRule{
      .form = plan::MeasureCheck{.measure = plan::Expression::Call("sum", {column}),
                                 .min = limits.min,
                                 .max = limits.max,
                                 .change = limits.change},
      .violation = std::move(limits.violation),
      .wording = {.subject = "the sum of " + target.OnlyField().name}};
}

}  // namespace

RuleType metric() {
  return {
      .name = "metric",
      .summary =
          "A value, or its change, is within the limits, which are inclusive. With "
          "\"Absolute Value\" that is asked of the field in each record. For changes the "
          "field has one value a scan: its sum over the asserted records, which is the "
          "value itself where a container, or a filter of it, has one record. It is "
          "compared with that of the last scan that measured the same field under the same "
          "filter, over the whole container; the first one passes. A change is not asserted "
          "while there is no value, by a scan of a part, and in percent after a value of "
          "zero.",
      .scope = FieldScope::kSingle,
      .accepts = NumericTypes(),
      .supports_coverage = false,
      .weight = 3,
      .properties_schema = PropertyFields().Schema(),
      .example = {.properties = {{"comparison", "Absolute Value"}, {"min", 100}, {"max", 300}},
                  .fields = {{"in_stock", plan::FieldType::kIntegral}},
                  .rows = {{150}, {90}, {310}, {nullptr}, {100}},
                  .failing_rows = {1, 2}},
      .compile = Compile};
}

}  // namespace assay::rules::types
