#include "rules/compared_measure.h"

#include <fmt/format.h>

namespace assay::rules {
namespace {

Result<std::optional<plan::Change>> ReadComparison(const std::string& comparison) {
  using Kind = plan::Change::Kind;
  if (comparison == "Absolute Value") return std::optional<plan::Change>();
  if (comparison == "Absolute Change") return plan::Change{.kind = Kind::kAbsolute};
  if (comparison == "Percentage Change") return plan::Change{.kind = Kind::kPercentage};
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("comparison: must be \"Absolute Value\", \"Absolute Change\" or "
                          "\"Percentage Change\", not '{}'",
                          comparison));
}

Result<std::optional<plan::Bound>> ReadLimit(const char* property,
                                             const std::optional<Json>& json) {
  if (!json) return std::optional<plan::Bound>();
  Result<plan::Literal> value = plan::Literal::FromJson(*json, plan::FieldType::kFractional);
  if (!value) return FailWithin(property, value.error());
  if (value->text == "NaN" || value->text.ends_with("Infinity"))
    return Fail(ErrorKind::kInvalidInput, fmt::format("{}: must be a finite number", property));
  return plan::Bound{.value = *std::move(value)};
}

std::string Violation(const MeasureLimits& limits) {
  const bool is_percentage =
      limits.change && limits.change->kind == plan::Change::Kind::kPercentage;
  const auto show = [&](const plan::Bound& bound) {
    return bound.value.text + (is_percentage ? " %" : "");
  };
  const std::string verb = limits.change ? "did not change by" : "is not";
  if (!limits.max) return fmt::format("{} at least {}", verb, show(*limits.min));
  if (!limits.min) return fmt::format("{} at most {}", verb, show(*limits.max));
  return fmt::format("{}{} {} to {}", verb, limits.change ? "" : " from", show(*limits.min),
                     show(*limits.max));
}

}  // namespace

Result<MeasureLimits> ReadLimits(const ComparedMeasure& properties) {
  MeasureLimits limits;
  ASSAY_TRY(limits.change, ReadComparison(properties.comparison));
  ASSAY_TRY(limits.min, ReadLimit("min", properties.min));
  ASSAY_TRY(limits.max, ReadLimit("max", properties.max));
  if (!limits.min && !limits.max)
    return Fail(ErrorKind::kInvalidInput, "min: give it, or max, or both");
  if (limits.min && limits.max && plan::Less(limits.max->value, limits.min->value))
    return Fail(ErrorKind::kInvalidInput, "max: is below min");
  limits.violation = Violation(limits);
  return limits;
}

}  // namespace assay::rules
