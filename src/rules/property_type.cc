#include "rules/property_type.h"

namespace assay::rules {

const char* PropertyTypeName(PropertyType type) {
  switch (type) {
    case PropertyType::kBoolean: return "boolean";
    case PropertyType::kContainer: return "container";
    case PropertyType::kDatastore: return "datastore";
    case PropertyType::kDatetime: return "datetime";
    case PropertyType::kDurationComparator: return "duration_comparator";
    case PropertyType::kEnum: return "enum";
    case PropertyType::kField: return "field";
    case PropertyType::kFields: return "fields";
    case PropertyType::kList: return "list";
    case PropertyType::kNumber: return "number";
    case PropertyType::kNumericComparator: return "numeric_comparator";
    case PropertyType::kSparkSql: return "sparksql";
    case PropertyType::kString: return "string";
    case PropertyType::kStringComparator: return "string_comparator";
  }
  return "";
}

std::string PropertyTypeOf(const Json& property_schema) {
  if (const auto hint = property_schema.find(kPropertyTypeKey); hint != property_schema.end()) {
    return hint->get<std::string>();
  }
  const std::string type = property_schema.value("type", "number");
  if (type == "array") return PropertyTypeName(PropertyType::kList);
  if (type == "integer") return PropertyTypeName(PropertyType::kNumber);
  return type;
}

}  // namespace assay::rules
