// Rule "beforeDateTime": every non-null date or time is earlier than a given one.

#include "rules/field_types.h"
#include "rules/property_type.h"
#include "rules/property_value.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  Json datetime;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      As(PropertyType::kDatetime,
         Required("datetime", &Properties::datetime,
                  "The moment (UTC), such as 2026-01-31T08:30:00Z; a date is its first moment. "
                  "It fails itself.")),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  ASSAY_TRY(const plan::Literal moment,
            PropertyValue("datetime", properties.datetime, target.OnlyField()));
  return CompiledRule{.form = plan::RowCheck{plan::Below(target.OnlyColumn(), moment)},
                      .violation = "is not earlier than " + moment.text};
}

}  // namespace

RuleType before_date_time() {
  return {.name = "beforeDateTime",
          .summary =
              "Every non-null value is earlier than the given moment; a date is its first "
              "moment.",
          .scope = FieldScope::kSingle,
          .accepts = TimeTypes(),
          .weight = 1,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"datetime", "1991-12-31T10:30:00Z"}},
                      .fields = {{"ordered_at", plan::FieldType::kTimestamp}},
                      .rows = {{"1991-12-31 10:30:00"},
                               {"1992-01-02 09:15:00"},
                               {"1991-12-14 10:25:00"},
                               {nullptr}},
                      .failing_rows = {0, 1}},
          .compile = Compile};
}

}  // namespace assay::rules::types
