#include "rules/file_rule.h"

#include <fmt/format.h>

namespace assay::rules {

RuleType FileRule(std::string name, std::string summary, Json properties_schema,
                  Json properties) {
  return {.name = std::move(name),
          .summary = std::move(summary),
          .scope = FieldScope::kNone,
          .filterable = false,
          .weight = 2,
          .properties_schema = std::move(properties_schema),
          .example = {.properties = std::move(properties),
                      .fields = {{"id", plan::FieldType::kIntegral}}},
          .compile = {}};
}

CompiledRule OnEachFile(plan::FileCheck check, std::string violation) {
  return {.form = std::move(check),
          .violation = std::move(violation),
          .wording = {.subject = {}, .preposition = "in", .groups = "files"}};
}

std::string RangeText(const std::optional<int64_t>& min, const std::optional<int64_t>& max) {
  if (!max) return fmt::format("at least {}", min.value_or(0));
  if (!min) return fmt::format("at most {}", *max);
  return fmt::format("from {} to {}", *min, *max);
}

Status CheckRange(const std::optional<int64_t>& min, const std::optional<int64_t>& max,
                  const std::string& min_name, const std::string& max_name) {
  if (!min && !max) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("{}: give it, or {}, or both", min_name, max_name));
  }
  for (const auto& [limit, name] : {std::pair(min, min_name), std::pair(max, max_name)}) {
    if (limit && *limit < 0)
      return Fail(ErrorKind::kInvalidInput, fmt::format("{}: must not be negative", name));
  }
  if (min && max && *max < *min) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("{}: must not be below {}", max_name, min_name));
  }
  return {};
}

}  // namespace assay::rules
