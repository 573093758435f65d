// What rules share that compare a field with another one of the same row.

#pragma once

#include "rules/comparator.h"
#include "rules/rule_type.h"

namespace assay::rules {

/// The field that property "field_name" names. kInvalidInput when it does not exist, is the
/// check's own, or has a type whose values cannot be compared with those of the check's field.
Result<const plan::Field*> OtherField(const Target& target, const std::string& field_name);

enum class Order { kGreater, kLess };

/// Of greaterThanField and lessThanField.
struct FieldOrderProperties : Comparators {
  std::string field_name;
  bool inclusive = false;

  static const Fields<FieldOrderProperties>& JsonFields();
};

/// The rule that the check's field is greater, or less, than the other one.
Result<CompiledRule> CompileFieldOrder(const Target& target, const Json& json, Order order);

}  // namespace assay::rules
