#include "infer/training_rows.h"

#include <algorithm>

#include "plan/parser.h"

namespace assay::infer {

bool IsRelatable(const engine::FieldProfile& profile) {
  return !profile.field.name.ends_with("[]") && !profile.field.is_partition;
}

ValueKind KindOfValues(const engine::FieldProfile& profile) {
  switch (profile.field.type) {
    case plan::FieldType::kIntegral:
    case plan::FieldType::kFractional: return ValueKind::kNumber;
    case plan::FieldType::kDate:
    case plan::FieldType::kTimestamp: return ValueKind::kTime;
    case plan::FieldType::kString: return ValueKind::kText;
    case plan::FieldType::kUnknown:
    case plan::FieldType::kBoolean: break;
  }
  return ValueKind::kOther;
}

std::string QuotedField(const std::string& name) {
  const bool is_word = std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_';
  });
  // Some words are not names in SQL.
  const auto parsed = plan::ParseExpression(name);
  if (is_word && parsed && parsed->FieldNames() == std::vector<std::string>{name}) return name;
  std::string quoted = "`";
  for (const char c : name) {
    quoted += c;
    if (c == '`') quoted += c;
  }
  return quoted + "`";
}

}  // namespace assay::infer
