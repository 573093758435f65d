// Rule "volumetric": the number of rows, or its change since an earlier scan, is within limits.

#include <fmt/format.h>

#include "rules/compared_measure.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

constexpr int64_t kLongestPeriodDays = 3660;

struct Properties : ComparedMeasure {
  int64_t measurement_period_days = 0;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      ComparedValueField<Properties>(),
      LowerLimitField<Properties>(),
      UpperLimitField<Properties>(),
      Optional(
          "measurement_period_days", &Properties::measurement_period_days,
          "For changes: how long ago the number was counted with which it is compared. Of the "
          "scans at least half as long ago, the one nearest to that time; without it, or with "
          "0, the last scan."),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target&, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  ASSAY_TRY(MeasureLimits limits, ReadLimits(properties));
  const int64_t days = properties.measurement_period_days;
  if (days < 0 || days > kLongestPeriodDays) {
    return Fail(
        ErrorKind::kInvalidInput,
        fmt::format("measurement_period_days: must be from 0 to {}", kLongestPeriodDays));
  }
  if (limits.change) limits.change->period = std::chrono::days(days);
  return CompiledRule{.form = plan::MeasureCheck{.measure = plan::Expression::Call("count", {}),
                                                 .min = limits.min,
                                                 .max = limits.max,
                                                 .change = limits.change},
                      .violation = std::move(limits.violation),
                      .wording = {.subject = "the number of rows"}};
}

}  // namespace

RuleType volumetric() {
  return {.name = "volumetric",
          .summary =
              "The number of rows of the container, or its change since an earlier scan, is "
              "within the limits, which are inclusive. The first scan that counts passes, and "
              "one of which no earlier one is as long ago as the measurement period asks. A "
              "change is not asserted in percent after a count of zero.",
          .scope = FieldScope::kNone,
          .filterable = false,
          .supports_coverage = false,
          .weight = 2,
          .category = CheckCategory::kMetadata,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"comparison", "Absolute Value"}, {"min", 3}, {"max", 10}},
                      .fields = {{"id", plan::FieldType::kIntegral}},
                      .rows = {{1}, {2}},
                      .verdict = RuleExample::Verdict::kFails},
          .compile = Compile};
}

}  // namespace assay::rules::types
