// Rule "containsSocialSecurityNumber": a US social security number stands in every non-null
// text.

#include "rules/field_types.h"
#include "rules/formats.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

Result<CompiledRule> Compile(const Target& target, const Json&) {
  return CompiledRule{
      .form = plan::RowCheck{plan::MatchesRegex(
          target.OnlyColumn(),
          "(?:^|[^0-9-])(?:" + FindFormat("us_ssn")->pattern + ")(?:$|[^0-9-])")},
      .violation = "contains no social security number"};
}

}  // namespace

RuleType contains_social_security_number() {
  return {.name = "containsSocialSecurityNumber",
          .summary =
              "A US social security number stands somewhere in every non-null value: format "
              "us_ssn (docs/formats.md), with no digit or dash right before or behind it.",
          .scope = FieldScope::kSingle,
          .accepts = TextTypes(),
          .weight = 3,
          .example = {.fields = {{"note", plan::FieldType::kString}},
                      .rows = {{"SSN: 123-45-6789."},
                               {"SSN: 000-45-6789."},
                               {nullptr},
                               {"5123-45-6789"}},
                      .failing_rows = {1, 3}},
          .compile = Compile};
}

}  // namespace assay::rules::types
