#include "rules/field_comparison.h"

#include <fmt/format.h>

#include "rules/field_lookup.h"
#include "rules/property_type.h"

namespace assay::rules {

Result<const plan::Field*> OtherField(const Target& target, const std::string& field_name) {
  Result<const plan::Field*> other = FindField(field_name, target.schema);
  if (!other) return FailWithin("field_name", other.error());
  if (*other == target.fields.front()) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("field_name: must be another field than '{}'", field_name));
  }
  if (!AreComparable(target.OnlyField().type, (*other)->type)) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("field_name: values of type {} cannot be compared with type {}: "
                            "'{}'",
                            plan::FieldTypeName(target.OnlyField().type),
                            plan::FieldTypeName((*other)->type), field_name));
  }
  return other;
}

const Fields<FieldOrderProperties>& FieldOrderProperties::JsonFields() {
  static const Fields<FieldOrderProperties> fields = {
      As(PropertyType::kField, Required("field_name", &FieldOrderProperties::field_name,
                                        "The field to compare with.")),
      Optional("inclusive", &FieldOrderProperties::inclusive,
               "Whether equal values pass (false when absent)."),
      NumericComparatorField<FieldOrderProperties>(),
      DurationComparatorField<FieldOrderProperties>(),
      StringComparatorField<FieldOrderProperties>(),
  };
  return fields;
}

Result<CompiledRule> CompileFieldOrder(const Target& target, const Json& json, Order order) {
  ASSAY_TRY(const FieldOrderProperties properties,
            FieldOrderProperties::JsonFields().Parse(json));
  ASSAY_TRY(const plan::Field* other, OtherField(target, properties.field_name));
  ASSAY_TRY(const Comparison comparison, Comparison::Make(properties, target.OnlyField().type));
  const plan::Bound::Kind bound =
      properties.inclusive ? plan::Bound::Kind::kInclusive : plan::Bound::Kind::kExclusive;
  const plan::Expression reference = plan::Expression::Column(other->name);
  const bool greater = order == Order::kGreater;
  return CompiledRule{
      .form = plan::RowCheck{greater ? comparison.Greater(target.OnlyColumn(), reference, bound)
                                     : comparison.Less(target.OnlyColumn(), reference, bound)},
      .violation = fmt::format("is not {} {}the value of {}{}", greater ? "greater" : "less",
                               properties.inclusive ? "than or equal to " : "than ",
                               other->name, comparison.Margin())};
}

}  // namespace assay::rules
