// Rule "aggregateBetween": one value of all rows lies between bounds.

#include "rules/property_type.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  std::string expression;
  std::optional<Json> min, max;
  bool inclusive_min = true;
  bool inclusive_max = true;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      As(PropertyType::kSparkSql,
         Required("expression", &Properties::expression,
                  "Spark SQL over aggregates, such as avg(price) or sum(paid) / count(*).")),
      Optional("min", &Properties::min, "Lower bound; this or max is required."),
      Optional("max", &Properties::max, "Upper bound."),
      Optional("inclusive_min", &Properties::inclusive_min, "Whether the lower bound passes."),
      Optional("inclusive_max", &Properties::inclusive_max, "Whether the upper bound passes."),
  };
  return fields;
}

/// A bound for values of `type`; nothing when it is not given.
Result<std::optional<plan::Bound>> ReadBound(const std::string& property,
                                             const std::optional<Json>& json, bool is_inclusive,
                                             plan::FieldType type) {
  if (!json) return std::optional<plan::Bound>();
  Result<plan::Literal> value = plan::Literal::FromJson(*json, type);
  if (!value) return FailWithin(property, value.error());
  // NaN is unordered, also with itself.
  if (plan::Compare(*value, *value) != 0)
    return Fail(ErrorKind::kInvalidInput, property + ": must not be NaN");
  return plan::Bound{
      .value = *std::move(value),
      .kind = is_inclusive ? plan::Bound::Kind::kInclusive : plan::Bound::Kind::kExclusive};
}

std::string Violation(const std::optional<plan::Bound>& min,
                      const std::optional<plan::Bound>& max) {
  const auto is_inclusive = [](const plan::Bound& bound) {
    return bound.kind == plan::Bound::Kind::kInclusive;
  };
  std::string text = "is not";
  if (min)
    text += fmt::format(" {} {}", is_inclusive(*min) ? "at least" : "above", min->value.text);
  if (min && max) text += " and";
  if (max)
    text += fmt::format(" {} {}", is_inclusive(*max) ? "at most" : "below", max->value.text);
  return text;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  Result<plan::Expression> measure =
      plan::ParseAggregate(properties.expression, target.schema, target.variables);
  if (!measure) return FailWithin("expression", measure.error());
  ASSAY_TRY(const plan::FieldType type, plan::TypeOf(*measure, target.schema));
  ASSAY_TRY(const auto min, ReadBound("min", properties.min, properties.inclusive_min, type));
  ASSAY_TRY(const auto max, ReadBound("max", properties.max, properties.inclusive_max, type));
  if (!min && !max) return Fail(ErrorKind::kInvalidInput, "min: give it, or max, or both");
  if (min && max && !plan::IsWithin(min->value, min, max) &&
      !(plan::Compare(min->value, max->value) < 0)) {
    return Fail(ErrorKind::kInvalidInput, fmt::format("max: no value can lie between {} and {}",
                                                      min->value.text, max->value.text));
  }
  return CompiledRule{
      .form = plan::MeasureCheck{.measure = *std::move(measure), .min = min, .max = max},
      .violation = Violation(min, max),
      .wording = {.subject = properties.expression}};
}

}  // namespace

RuleType aggregate_between() {
  return {.name = "aggregateBetween",
          .summary =
              "A value of all rows together, such as an average, lies within the bounds. "
              "Null, as of no value, is not asserted.",
          .scope = FieldScope::kCalculated,
          .supports_coverage = false,
          .weight = 3,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"expression", "avg(price)"}, {"min", 10}, {"max", 20}},
                      .fields = {{"price", plan::FieldType::kIntegral}},
                      .rows = {{3}, {nullptr}, {4}},
                      .verdict = RuleExample::Verdict::kFails},
          .compile = Compile};
}

}  // namespace assay::rules::types
