// Rule "fieldCount": the container has a given number of fields.

#include <set>

#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  int64_t value = 0;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("value", &Properties::value, "The number of fields that is expected."),
  };
  return fields;
}

/// Columns; members of structs and elements of lists belong to theirs.
int64_t CountFields(const plan::Schema& schema) {
  std::set<std::string> columns;
  for (const plan::Field& field : schema.fields)
    columns.insert(field.path.empty() ? field.name : field.path.front());
  return static_cast<int64_t>(columns.size());
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  if (properties.value < 0)
    return Fail(ErrorKind::kInvalidInput, "value: must not be negative");
  const plan::Bound expected{.value = plan::Literal::Integer(properties.value)};
  return CompiledRule{
      // The schema is known here: a value without any aggregate.
      .form = plan::MeasureCheck{.measure = plan::Expression::Constant(
                                     plan::Literal::Integer(CountFields(target.schema))),
                                 .min = expected,
                                 .max = expected},
      .violation = fmt::format("is not {}", properties.value),
      .wording = {.subject = "the number of fields"}};
}

}  // namespace

RuleType field_count() {
  return {.name = "fieldCount",
          .summary =
              "The container has exactly the given number of fields. A struct or list is "
              "one field; fields from folder names count.",
          .scope = FieldScope::kNone,
          .filterable = false,
          .supports_coverage = false,
          .weight = 1,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"value", 3}},
                      .fields = {{"id", plan::FieldType::kIntegral},
                                 {"price", plan::FieldType::kFractional}},
                      .rows = {{1, 9.5}},
                      .verdict = RuleExample::Verdict::kFails},
          .compile = Compile};
}

}  // namespace assay::rules::types
