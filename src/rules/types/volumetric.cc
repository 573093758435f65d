// Rule "volumetric": the container has a number of rows within limits.

#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  std::string comparison = "Absolute Value";
  std::optional<int64_t> min, max;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Optional("comparison", &Properties::comparison,
               "What is compared with the limits: \"Absolute Value\", the number of rows."),
      Optional("min", &Properties::min, "The fewest rows that pass; this or max is required."),
      Optional("max", &Properties::max, "The most rows that pass."),
  };
  return fields;
}

std::string Violation(const Properties& properties) {
  if (!properties.max) return fmt::format("is not at least {}", *properties.min);
  if (!properties.min) return fmt::format("is not at most {}", *properties.max);
  return fmt::format("is not from {} to {}", *properties.min, *properties.max);
}

std::optional<plan::Bound> ToBound(const std::optional<int64_t>& limit) {
  if (!limit) return std::nullopt;
  return plan::Bound{.value = plan::Literal::Integer(*limit)};
}

Result<CompiledRule> Compile(const Target&, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  if (properties.comparison != "Absolute Value") {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("comparison: only \"Absolute Value\" is supported, not '{}'",
                            properties.comparison));
  }
  if (!properties.min && !properties.max)
    return Fail(ErrorKind::kInvalidInput, "min: give it, or max, or both");
  if (properties.max.value_or(INT64_MAX) < properties.min.value_or(0))
    return Fail(ErrorKind::kInvalidInput, "max: no number of rows is within these limits");
  return CompiledRule{.form = plan::MeasureCheck{.measure = plan::Expression::Call("count", {}),
                                                 .min = ToBound(properties.min),
                                                 .max = ToBound(properties.max)},
                      .violation = Violation(properties),
                      .wording = {.subject = "the number of rows"}};
}

}  // namespace

RuleType volumetric() {
  return {.name = "volumetric",
          .summary =
              "The number of rows of the container is within the limits, which are "
              "inclusive.",
          .scope = FieldScope::kNone,
          .filterable = false,
          .supports_coverage = false,
          .weight = 2,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"comparison", "Absolute Value"}, {"min", 3}, {"max", 10}},
                      .fields = {{"id", plan::FieldType::kIntegral}},
                      .rows = {{1}, {2}},
                      .verdict = RuleExample::Verdict::kFails},
          .compile = Compile};
}

}  // namespace assay::rules::types
