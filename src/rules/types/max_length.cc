// Rule "maxLength": every non-null text has at most a number of characters.

#include <fmt/format.h>

#include "rules/field_types.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  int64_t value = 0;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("value", &Properties::value, "Number of characters (Unicode code points)."),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  if (properties.value < 0) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("value: must not be negative: {}", properties.value));
  }
  return CompiledRule{
      .form = plan::RowCheck{plan::AtMost(plan::CharacterLength(target.OnlyColumn()),
                                          plan::Literal::Integer(properties.value))},
      .violation = fmt::format("is longer than {} character{}", properties.value,
                               properties.value == 1 ? "" : "s")};
}

}  // namespace

RuleType max_length() {
  return {.name = "maxLength",
          .summary = "Every non-null value has at most the given number of characters.",
          .scope = FieldScope::kSingle,
          .accepts = TextTypes(),
          .weight = 1,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"value", 3}},
                      .fields = {{"code", plan::FieldType::kString}},
                      .rows = {{"ab"}, {"äöü"}, {nullptr}, {"abcd"}},
                      .failing_rows = {3}},
          .compile = Compile};
}

}  // namespace assay::rules::types
