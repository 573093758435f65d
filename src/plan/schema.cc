#include "plan/schema.h"

#include <fmt/format.h>
#include <strings.h>

#include <array>

namespace assay::plan {
namespace {

constexpr std::array kFieldTypes = {
    FieldType::kUnknown, FieldType::kIntegral, FieldType::kFractional, FieldType::kBoolean,
    FieldType::kString,  FieldType::kDate,     FieldType::kTimestamp};

}  // namespace

const char* FieldTypeName(FieldType type) {
  switch (type) {
    case FieldType::kUnknown: return "Unknown";
    case FieldType::kIntegral: return "Integral";
    case FieldType::kFractional: return "Fractional";
    case FieldType::kBoolean: return "Boolean";
    case FieldType::kString: return "String";
    case FieldType::kDate: return "Date";
    case FieldType::kTimestamp: return "Timestamp";
  }
  return "Unknown";
}

Result<FieldType> ParseFieldType(std::string_view name) {
  for (const FieldType type : kFieldTypes) {
    if (name == FieldTypeName(type)) return type;
  }
  return Fail(
      ErrorKind::kInvalidInput,
      fmt::format(
          "not a field type (Integral, Fractional, Boolean, String, Date, Timestamp): '{}'",
          name));
}

const Field* Schema::Find(std::string_view name) const {
  const Field* match = nullptr;
  int matches = 0;
  for (const Field& field : fields) {
    if (field.name == name) return &field;
    if (field.name.size() == name.size() &&
        strncasecmp(field.name.data(), name.data(), name.size()) == 0) {
      match = &field;
      ++matches;
    }
  }
  return matches == 1 ? match : nullptr;
}

}  // namespace assay::plan
