// Rule "between": every non-null number lies between two bounds.

#include <fmt/format.h>

#include "rules/field_types.h"
#include "rules/property_value.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  Json min, max;
  bool inclusive_min = true;
  bool inclusive_max = true;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("min", &Properties::min, "Lower bound; also accepted as min_value."),
      Required("max", &Properties::max, "Upper bound; also accepted as max_value."),
      Optional("inclusive_min", &Properties::inclusive_min, "Whether the lower bound passes."),
      Optional("inclusive_max", &Properties::inclusive_max, "Whether the upper bound passes."),
  };
  return fields;
}

/// Published samples of the command-line client write min_value and max_value.
Json WithCurrentKeys(const Json& json) {
  if (!json.is_object()) return json;
  Json current = Json::object();
  for (const auto& [key, value] : json.items()) {
    const bool is_former = (key == "min_value" && !json.contains("min")) ||
                           (key == "max_value" && !json.contains("max"));
    current[is_former ? key.substr(0, 3) : key] = value;
  }
  return current;
}

std::string Violation(const Properties& properties, const plan::Literal& min,
                      const plan::Literal& max) {
  if (properties.inclusive_min && properties.inclusive_max) {
    return fmt::format("is not between {} and {}", min.text, max.text);
  }
  return fmt::format("is not {} {} and {} {}", properties.inclusive_min ? "at least" : "above",
                     min.text, properties.inclusive_max ? "at most" : "below", max.text);
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(WithCurrentKeys(json)));
  ASSAY_TRY(const plan::Literal min, PropertyValue("min", properties.min, target.OnlyField()));
  ASSAY_TRY(const plan::Literal max, PropertyValue("max", properties.max, target.OnlyField()));
  const bool both_inclusive = properties.inclusive_min && properties.inclusive_max;
  if (plan::Less(max, min) || (!both_inclusive && !plan::Less(min, max))) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("max: no value can lie between {} and {}", min.text, max.text));
  }
  const plan::Expression column = target.OnlyColumn();
  return CompiledRule{
      .form = plan::RowCheck{plan::And(
          properties.inclusive_min ? plan::AtLeast(column, min) : plan::Above(column, min),
          properties.inclusive_max ? plan::AtMost(column, max) : plan::Below(column, max))},
      .violation = Violation(properties, min, max)};
}

}  // namespace

RuleType between() {
  return {.name = "between",
          .summary = "Every non-null value lies between min and max. NaN fails.",
          .scope = FieldScope::kSingle,
          .accepts = NumericTypes(),
          .weight = 2,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"min", 5}, {"max", 20}},
                      .fields = {{"quantity", plan::FieldType::kIntegral}},
                      .rows = {{4}, {15}, {nullptr}, {21}},
                      .failing_rows = {0, 3}},
          .compile = Compile};
}

}  // namespace assay::rules::types
