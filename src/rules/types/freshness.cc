// Rule "freshness": the container was updated lately.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "rules/field_lookup.h"
#include "rules/property_type.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Unit {
  std::string_view name;      // in properties
  std::string_view singular;  // for people
  int64_t millis;
};
constexpr std::array<Unit, 5> kUnits = {{{"milliseconds", "millisecond", 1},
                                         {"seconds", "second", 1000},
                                         {"minutes", "minute", 60'000},
                                         {"hours", "hour", 3'600'000},
                                         {"days", "day", 86'400'000}}};
constexpr int64_t kOldestMillis = int64_t{36'600} * 86'400'000;  // a hundred years

struct Properties {
  int64_t value = 0;
  std::string unit = "milliseconds";
  std::optional<std::string> field_name;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("value", &Properties::value, "The greatest age that passes."),
      OneOf({"milliseconds", "seconds", "minutes", "hours", "days"},
            Optional("unit", &Properties::unit,
                     "Of that age: milliseconds, seconds, minutes, hours or days; without it "
                     "milliseconds.")),
      As(PropertyType::kField,
         Optional("field_name", &Properties::field_name,
                  "A field of dates or times whose greatest value is the last update; needed "
                  "for tables. Without it, that is the newest modification of a file.")),
  };
  return fields;
}

Result<std::chrono::milliseconds> ReadAge(const Properties& properties) {
  const auto unit = std::ranges::find(kUnits, properties.unit, &Unit::name);
  if (unit == kUnits.end()) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("unit: must be milliseconds, seconds, minutes, hours or days, not "
                            "'{}'",
                            properties.unit));
  }
  if (properties.value < 0 || properties.value > kOldestMillis / unit->millis) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("value: must be from 0 to {} {}", kOldestMillis / unit->millis,
                            properties.unit));
  }
  return std::chrono::milliseconds(properties.value * unit->millis);
}

/// In the largest unit of which it is a whole number: "2 days".
std::string ShowAge(std::chrono::milliseconds age) {
  const Unit* unit = kUnits.data();
  for (const Unit& larger : kUnits) {
    if (age.count() % larger.millis == 0) unit = &larger;
  }
  const int64_t count = age.count() / unit->millis;
  return fmt::format("{} {}", count, count == 1 ? unit->singular : unit->name);
}

Result<plan::Expression> LastUpdate(const std::string& field_name, const plan::Schema& schema) {
  ASSAY_TRY(const plan::Field* field, FindField(field_name, schema));
  if (field->type != plan::FieldType::kDate && field->type != plan::FieldType::kTimestamp) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("must be of type Date or Timestamp, not {}: '{}'",
                            plan::FieldTypeName(field->type), field->name));
  }
  return plan::Expression::Call("max", {plan::Expression::Column(field->name)});
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  ASSAY_TRY(const std::chrono::milliseconds age, ReadAge(properties));
  plan::FreshnessCheck check{.not_before = plan::Literal::Time(target.now - age)};
  if (properties.field_name) {
    Result<plan::Expression> last_update = LastUpdate(*properties.field_name, target.schema);
    if (!last_update) return FailWithin("field_name", last_update.error());
    check.last_update = *std::move(last_update);
  }
  return CompiledRule{.form = std::move(check),
                      .violation = "was not updated within " + ShowAge(age)};
}

}  // namespace

RuleType freshness() {
  return {
      .name = "freshness",
      .summary =
          "The last update is no longer ago than the greatest age. It is the newest "
          "modification of a file, or the greatest value of a field; a date is its first "
          "moment. Not asserted where neither tells it: for a table without field_name, and "
          "for a field without values.",
      .scope = FieldScope::kNone,
      .filterable = false,
      .supports_coverage = false,
      .weight = 2,
      .category = CheckCategory::kMetadata,
      .properties_schema = PropertyFields().Schema(),
      .example = {.properties = {{"value", 2}, {"unit", "days"}, {"field_name", "loaded"}},
                  .fields = {{"loaded", plan::FieldType::kTimestamp}},
                  .rows = {{"2026-06-10 08:00:00"}, {nullptr}, {"2026-06-11 09:30:00"}},
                  .verdict = RuleExample::Verdict::kFails},
      .compile = Compile};
}

}  // namespace assay::rules::types
