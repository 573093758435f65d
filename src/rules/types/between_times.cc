// Rule "betweenTimes": every non-null date or time lies between two, both included.

#include <fmt/format.h>

#include "rules/field_types.h"
#include "rules/property_type.h"
#include "rules/property_value.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  Json min_time, max_time;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      As(PropertyType::kDatetime, Required("min_time", &Properties::min_time,
                                           "First moment that passes (UTC), such as "
                                           "2026-01-31T08:30:00Z; a date is its first "
                                           "moment.")),
      As(PropertyType::kDatetime,
         Required("max_time", &Properties::max_time, "Last moment that passes (UTC).")),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  ASSAY_TRY(const plan::Literal min,
            PropertyValue("min_time", properties.min_time, target.OnlyField()));
  ASSAY_TRY(const plan::Literal max,
            PropertyValue("max_time", properties.max_time, target.OnlyField()));
  if (plan::Less(max, min)) {
    return Fail(
        ErrorKind::kInvalidInput,
        fmt::format("max_time: must not be before min_time: {} < {}", max.text, min.text));
  }
  return CompiledRule{.form = plan::RowCheck{plan::And(plan::AtLeast(target.OnlyColumn(), min),
                                                       plan::AtMost(target.OnlyColumn(), max))},
                      .violation = fmt::format("is not between {} and {}", min.text, max.text)};
}

}  // namespace

RuleType between_times() {
  return {.name = "betweenTimes",
          .summary = "Every non-null value lies between min_time and max_time, both included.",
          .scope = FieldScope::kSingle,
          .accepts = TimeTypes(),
          .weight = 2,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"min_time", "2025-01-01T00:00:00Z"},
                                     {"max_time", "2025-12-31T23:59:59Z"}},
                      .fields = {{"ordered_at", plan::FieldType::kTimestamp}},
                      .rows = {{"2025-01-01 00:00:00"},
                               {"2024-12-31 23:59:59"},
                               {nullptr},
                               {"2026-01-01 00:00:00"}},
                      .failing_rows = {1, 3}},
          .compile = Compile};
}

}  // namespace assay::rules::types
