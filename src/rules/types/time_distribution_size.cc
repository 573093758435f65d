// Rule "timeDistributionSize": each interval of time has a number of rows within bounds.

#include <algorithm>
#include <array>

#include "rules/field_types.h"
#include "rules/property_type.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Interval {
  const char* name;
  const char* unit;    // of trunc and date_trunc; "day" needs none
  const char* plural;  // in messages
};

constexpr std::array<Interval, 6> kIntervals = {{{"Yearly", "year", "years"},
                                                 {"Quarterly", "quarter", "quarters"},
                                                 {"Monthly", "month", "months"},
                                                 {"Weekly", "week", "weeks"},
                                                 {"Daily", "day", "days"},
                                                 {"Hourly", "hour", "hours"}}};

struct Properties {
  std::string interval_name;
  std::optional<int64_t> min_size, max_size;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      OneOf({"Yearly", "Quarterly", "Monthly", "Weekly", "Daily", "Hourly"},
            Required("interval_name", &Properties::interval_name,
                     "Yearly, Quarterly, Monthly, Weekly (from Monday), Daily or Hourly.")),
      Optional("min_size", &Properties::min_size, "The fewest rows that an interval may have."),
      Optional("max_size", &Properties::max_size, "The most rows that an interval may have."),
  };
  return fields;
}

plan::Expression TextOf(const char* text) {
  return plan::Expression::Constant(plan::Literal::String(text));
}

/// The start of the interval that a time is in.
plan::Expression StartOf(const Interval& interval, plan::Expression time) {
  const std::string_view unit = interval.unit;
  if (unit == "hour")
    return plan::Expression::Call("date_trunc", {TextOf("hour"), std::move(time)});
  if (unit == "day") return plan::Expression::Call("cast", {std::move(time), TextOf("date")});
  return plan::Expression::Call("trunc", {std::move(time), TextOf(interval.unit)});
}

std::string Violation(const Properties& properties) {
  if (!properties.max_size) return fmt::format("has fewer than {} rows", *properties.min_size);
  if (!properties.min_size) return fmt::format("has more than {} rows", *properties.max_size);
  return fmt::format("has fewer than {} or more than {} rows", *properties.min_size,
                     *properties.max_size);
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  const auto* interval =
      std::ranges::find(kIntervals, properties.interval_name, &Interval::name);
  if (interval == kIntervals.end()) {
    return Fail(
        ErrorKind::kInvalidInput,
        fmt::format("interval_name: must be Yearly, Quarterly, Monthly, Weekly, Daily or "
                    "Hourly, not '{}'",
                    properties.interval_name));
  }
  if (!properties.min_size && !properties.max_size)
    return Fail(ErrorKind::kInvalidInput, "min_size: give it, or max_size, or both");
  if (properties.min_size.value_or(0) < 0)
    return Fail(ErrorKind::kInvalidInput, "min_size: must not be negative");
  if (properties.max_size.value_or(INT64_MAX) < properties.min_size.value_or(0))
    return Fail(ErrorKind::kInvalidInput, "max_size: must not be below min_size");
  return CompiledRule{
      .form = plan::GroupSizeCheck{.key = StartOf(*interval, target.OnlyColumn()),
                                   .min_rows = properties.min_size,
                                   .max_rows = properties.max_size},
      .violation = Violation(properties),
      .wording = {.groups = interval->plural}};
}

}  // namespace

RuleType time_distribution_size() {
  std::vector<std::vector<Json>> rows;
  for (int day = 1; day <= 4; ++day) rows.push_back({fmt::format("2026-01-0{}", day)});
  for (int day = 1; day <= 7; ++day) rows.push_back({fmt::format("2026-02-0{}", day)});
  return {.name = "timeDistributionSize",
          .summary =
              "Each interval of time in which there are rows has a number of them within "
              "the bounds, which are inclusive. Rows without a time are in none.",
          .scope = FieldScope::kSingle,
          .accepts = TimeTypes(),
          .filterable = false,
          .supports_coverage = false,
          .weight = 3,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"interval_name", "Monthly"},
                                     {"min_size", 5},
                                     {"max_size", 10}},
                      .fields = {{"shipped", plan::FieldType::kDate}},
                      .rows = std::move(rows),
                      .verdict = RuleExample::Verdict::kFails},
          .compile = Compile};
}

}  // namespace assay::rules::types
