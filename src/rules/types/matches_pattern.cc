// Rule "matchesPattern": a regular expression is found in every non-null text.

#include <re2/re2.h>

#include "rules/field_types.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  std::string pattern;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required(
          "pattern", &Properties::pattern,
          "Regular expression in RE2 syntax, found anywhere: write ^...$ for whole values."),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  const RE2 regex(properties.pattern, RE2::Quiet);
  if (!regex.ok()) {
    return Fail(ErrorKind::kInvalidInput,
                "pattern: not a regular expression: " + regex.error());
  }
  return CompiledRule{
      .form = plan::RowCheck{plan::MatchesRegex(target.OnlyColumn(), properties.pattern)},
      .violation = "does not match " + properties.pattern};
}

}  // namespace

RuleType matches_pattern() {
  return {.name = "matchesPattern",
          .summary = "The pattern is found in every non-null value.",
          .scope = FieldScope::kSingle,
          .accepts = TextTypes(),
          .weight = 3,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"pattern", "^[A-Z]{2}-[0-9]{4}$"}},
                      .fields = {{"code", plan::FieldType::kString}},
                      .rows = {{"AB-1234"}, {"ab-1234"}, {nullptr}, {"AB-12345"}},
                      .failing_rows = {1, 3}},
          .compile = Compile};
}

}  // namespace assay::rules::types
