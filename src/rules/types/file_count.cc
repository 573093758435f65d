// Rule "fileCount": the container has a number of files within limits.

#include "rules/file_rule.h"

namespace assay::rules::types {
namespace {

struct Properties {
  std::optional<int64_t> min, max;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Optional("min", &Properties::min, "The fewest files that pass; this or max is required."),
      Optional("max", &Properties::max, "The most files that pass."),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target&, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  const auto& [min, max] = properties;
  ASSAY_RETURN_IF_ERROR(CheckRange(min, max, "min", "max"));
  return CompiledRule{.form = plan::FileCheck{plan::FileCheck::Count{.min = min, .max = max}},
                      .violation = "is not " + RangeText(min, max),
                      .wording = {.subject = "the number of files"}};
}

}  // namespace

RuleType file_count() {
  RuleType rule = FileRule(
      "fileCount",
      std::string("The number of files of the container is within the limits, which are "
                  "inclusive.") +
          kNotOfTables,
      PropertyFields().Schema(), Json::object({{"min", 1}, {"max", 31}}));
  rule.supports_coverage = false;
  rule.compile = Compile;
  return rule;
}

}  // namespace assay::rules::types
