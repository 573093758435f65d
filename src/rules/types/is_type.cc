// Rule "isType": every non-null text can be read as a value of a type.

#include <fmt/format.h>

#include "rules/field_types.h"
#include "rules/property_type.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  std::string field_type;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      OneOf({"Integral", "Fractional", "Boolean", "Date", "Timestamp", "String"},
            Required("field_type", &Properties::field_type,
                     "Integral, Fractional, Boolean, Date, Timestamp or String.")),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  Result<plan::FieldType> type = plan::ParseFieldType(properties.field_type);
  if (!type) return FailWithin("field_type", type.error());
  if (*type == plan::FieldType::kUnknown) {
    return Fail(ErrorKind::kInvalidInput, "field_type: every value is of type Unknown");
  }
  return CompiledRule{
      .form = plan::RowCheck{plan::CanCast(target.OnlyColumn(), *type)},
      .violation = fmt::format("is not a valid {} value", plan::FieldTypeName(*type))};
}

}  // namespace

RuleType is_type() {
  return {.name = "isType",
          .summary = "Every non-null text can be read as a value of the given type.",
          .scope = FieldScope::kSingle,
          .accepts = TextTypes(),
          .weight = 1,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"field_type", "Integral"}},
                      .fields = {{"amount", plan::FieldType::kString}},
                      .rows = {{"10"}, {"15.5"}, {"Ten"}, {nullptr}},
                      .failing_rows = {1, 2}},
          .compile = Compile};
}

}  // namespace assay::rules::types
