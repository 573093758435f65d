// Rule "distinctCount": a field has a given number of different values.

#include "rules/property_value.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  int64_t value = 0;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("value", &Properties::value, "The number of different values that is expected."),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  if (properties.value < 0)
    return Fail(ErrorKind::kInvalidInput, "value: must not be negative");
  const plan::Bound expected{.value = plan::Literal::Integer(properties.value)};
  return CompiledRule{
      .form = plan::MeasureCheck{.measure = plan::Expression::Call("count_distinct",
                                                                   {target.OnlyColumn()}),
                                 .min = expected,
                                 .max = expected},
      .violation = fmt::format("is not {}", properties.value),
      .wording = {.subject = "the number of different values of " + target.OnlyField().name}};
}

}  // namespace

RuleType distinct_count() {
  return {.name = "distinctCount",
          .summary =
              "The field has exactly the given number of different values. Null is none "
              "of them. Counted exactly.",
          .scope = FieldScope::kSingle,
          .supports_coverage = false,
          .weight = 1,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"value", 3}},
                      .fields = {{"status", plan::FieldType::kString}},
                      .rows = {{"O"}, {"F"}, {"P"}, {nullptr}, {"X"}, {"O"}},
                      .verdict = RuleExample::Verdict::kFails},
          .compile = Compile};
}

}  // namespace assay::rules::types
