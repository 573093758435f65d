// What the value of a property is to people: how a form asks for it.
//
// A hint in the schema that the declaration of a rule's properties yields, beside the type that
// JSON knows. Without a hint the JSON type says it.

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/fields.h"

namespace assay::rules {

enum class PropertyType {
  kBoolean,
  kContainer,
  kDatastore,
  kDatetime,
  kDurationComparator,
  kEnum,
  kField,
  kFields,
  kList,
  kNumber,
  kNumericComparator,
  kSparkSql,
  kString,
  kStringComparator,
};

/// "boolean", "numeric_comparator", "sparksql", ...
const char* PropertyTypeName(PropertyType type);

/// The keys of the hints.
inline constexpr const char* kPropertyTypeKey = "x-type";
inline constexpr const char* kPropertyValuesKey = "x-values";

/// `As(PropertyType::kField, Required("field_name", ...))`
template <class T>
FieldDeclaration<T> As(PropertyType type, FieldDeclaration<T> field) {
  field.schema[kPropertyTypeKey] = PropertyTypeName(type);
  return field;
}

/// A text that is one of `values`, as people choose from them; the rule checks it.
template <class T>
FieldDeclaration<T> OneOf(const std::vector<std::string>& values, FieldDeclaration<T> field) {
  field.schema[kPropertyValuesKey] = values;
  return As(PropertyType::kEnum, std::move(field));
}

/// Of one property in RuleType::properties_schema: the hint, or the JSON type as people call
/// it; a number when there is neither, since bounds take numbers exactly and as text.
std::string PropertyTypeOf(const Json& property_schema);

}  // namespace assay::rules
