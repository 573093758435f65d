// Rule "fileAge": each file was last written within limits before the scan.

#include <cmath>

#include "rules/file_rule.h"

namespace assay::rules::types {
namespace {

/// Some ten thousand years.
constexpr double kMostHours = 1e8;

struct Properties {
  std::optional<double> min_hours, max_hours;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Optional("min_hours", &Properties::min_hours,
               "The smallest age that passes, in hours; this or max_hours is required."),
      Optional("max_hours", &Properties::max_hours, "The greatest age that passes, in hours."),
  };
  return fields;
}

Status CheckLimits(const std::optional<double>& min, const std::optional<double>& max) {
  if (!min && !max)
    return Fail(ErrorKind::kInvalidInput, "min_hours: give it, or max_hours, or both");
  for (const auto& [limit, name] : {std::pair(min, "min_hours"), std::pair(max, "max_hours")}) {
    if (limit && !(*limit >= 0 && *limit <= kMostHours))
      return Fail(ErrorKind::kInvalidInput, fmt::format("{}: must be from 0 to 1e8", name));
  }
  if (min && max && *max < *min)
    return Fail(ErrorKind::kInvalidInput, "max_hours: must not be below min_hours");
  return {};
}

std::optional<Timestamp> Before(Timestamp now, const std::optional<double>& hours) {
  constexpr double kMicrosecondsPerHour = 3'600e6;
  if (!hours) return std::nullopt;
  return now - std::chrono::microseconds(std::llround(*hours * kMicrosecondsPerHour));
}

std::string Violation(const std::optional<double>& min, const std::optional<double>& max) {
  if (!max) return fmt::format("was written less than {:.6g} h before the scan", *min);
  if (!min) return fmt::format("was written more than {:.6g} h before the scan", *max);
  return fmt::format("was not written from {:.6g} to {:.6g} h before the scan", *min, *max);
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  const auto& [min, max] = properties;
  ASSAY_RETURN_IF_ERROR(CheckLimits(min, max));
  return OnEachFile({plan::FileCheck::Written{.earliest = Before(target.now, max),
                                              .latest = Before(target.now, min)}},
                    Violation(min, max));
}

}  // namespace

RuleType file_age() {
  RuleType rule =
      FileRule("fileAge",
               std::string("Each file was last written as long before the scan as the "
                           "limits say, which are inclusive.") +
                   kNotOfTables,
               PropertyFields().Schema(), Json::object({{"max_hours", 36}}));
  rule.compile = Compile;
  return rule;
}

}  // namespace assay::rules::types
