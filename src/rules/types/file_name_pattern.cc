// Rule "fileNamePattern": each file's name matches a pattern.

#include <re2/re2.h>

#include "rules/file_rule.h"

namespace assay::rules::types {
namespace {

struct Properties {
  std::string pattern;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("pattern", &Properties::pattern,
               "RE2 syntax, found anywhere in the name unless anchored; folders are no part of "
               "the name."),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target&, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  const RE2 pattern(properties.pattern, RE2::Quiet);
  if (!pattern.ok()) return Fail(ErrorKind::kInvalidInput, "pattern: " + pattern.error());
  return OnEachFile({plan::FileCheck::Name{.pattern = properties.pattern}},
                    fmt::format("has another name than {}", properties.pattern));
}

}  // namespace

RuleType file_name_pattern() {
  RuleType rule = FileRule(
      "fileNamePattern",
      std::string("The name of each file matches a regular expression.") + kNotOfTables,
      PropertyFields().Schema(),
      Json::object({{"pattern", "^orders_\\d{4}-\\d{2}-\\d{2}\\.csv$"}}));
  rule.compile = Compile;
  return rule;
}

}  // namespace assay::rules::types
