// Rule "containsUrl": a URL stands in every non-null text.

#include "rules/field_types.h"
#include "rules/formats.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

Result<CompiledRule> Compile(const Target& target, const Json&) {
  return CompiledRule{
      .form = plan::RowCheck{ContainsShape(*FindFormat("url"), target.OnlyColumn())},
      .violation = "contains no URL"};
}

}  // namespace

RuleType contains_url() {
  return {
      .name = "containsUrl",
      .summary =
          "A URL of http, https or ftp stands somewhere in every non-null value: the shape of "
          "format url (docs/formats.md).",
      .scope = FieldScope::kSingle,
      .accepts = TextTypes(),
      .weight = 2,
      .example = {.fields = {{"note", plan::FieldType::kString}},
                  .rows = {{"See https://example.org/a?b=c."}, {"See example.org."}, {nullptr}},
                  .failing_rows = {1}},
      .compile = Compile};
}

}  // namespace assay::rules::types
