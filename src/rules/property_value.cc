#include "rules/property_value.h"

#include <fmt/format.h>

namespace assay::rules {
namespace {

Result<plan::Literal> Read(const Json& json, plan::FieldType type) {
  if (json.is_null()) return Fail(ErrorKind::kInvalidInput, "must not be null");
  if (type == plan::FieldType::kString && !json.is_string()) {
    return Fail(ErrorKind::kInvalidInput,
                "must be a text, as the field's values are (quote numbers)");
  }
  return plan::Literal::FromJson(json, type);
}

}  // namespace

Result<plan::Literal> PropertyValue(std::string_view property, const Json& json,
                                    const plan::Field& field) {
  Result<plan::Literal> literal = Read(json, field.type);
  if (!literal) return FailWithin(std::string(property), literal.error());
  // NaN is unordered, also with itself: no value could pass.
  if (plan::Compare(*literal, *literal) != std::partial_ordering::equivalent) {
    return Fail(ErrorKind::kInvalidInput, fmt::format("{}: must not be NaN", property));
  }
  return literal;
}

std::string ShowValue(const plan::Literal& literal) {
  return literal.kind == plan::LiteralKind::kString ? fmt::format("'{}'", literal.text)
                                                    : literal.text;
}

}  // namespace assay::rules
