#include "import/parameters.h"

#include <algorithm>

namespace assay::imports {
namespace {

std::unexpected<Error> Refuse(std::string_view name, std::string_view what) {
  return Fail(ErrorKind::kInvalidInput, std::string(name) + ": " + std::string(what));
}

bool IsScalar(const Json& value) {
  return value.is_string() || value.is_number() || value.is_boolean();
}

/// A text, or a number or boolean as it is written.
std::string ScalarText(const Json& value) {
  return value.is_string() ? value.get<std::string>() : PrintJson(value);
}

}  // namespace

Parameters::Parameters(const Json& object) {
  if (!object.is_object()) return;
  for (const auto& [name, value] : object.items()) Add(name, value);
}

void Parameters::Add(std::string name, Json value) {
  all_.push_back({.name = std::move(name), .value = std::move(value)});
}

const Json* Parameters::Find(std::string_view name) {
  for (Parameter& parameter : all_) {
    if (parameter.name != name) continue;
    parameter.is_read = true;
    return parameter.value.is_null() ? nullptr : &parameter.value;
  }
  return nullptr;
}

const Json* Parameters::FindAny(std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (const Json* value = Find(name)) return value;
  }
  return nullptr;
}

Result<std::string> Parameters::Text(std::string_view name) {
  ASSAY_TRY(const std::optional<std::string> text, OptionalText(name));
  if (!text) return Refuse(name, "is missing");
  return *text;
}

Result<std::optional<std::string>> Parameters::OptionalText(std::string_view name) {
  const Json* value = Find(name);
  if (value == nullptr) return std::optional<std::string>();
  if (!IsScalar(*value)) return Refuse(name, "must be a text");
  return std::optional<std::string>(ScalarText(*value));
}

Result<std::string> Parameters::TextOr(std::string_view name, std::string_view otherwise) {
  ASSAY_TRY(const std::optional<std::string> text, OptionalText(name));
  return text.value_or(std::string(otherwise));
}

Result<std::optional<double>> Parameters::OptionalNumber(std::string_view name) {
  const Json* value = Find(name);
  if (value == nullptr) return std::optional<double>();
  if (!value->is_number()) return Refuse(name, "must be a number");
  return std::optional<double>(value->get<double>());
}

Result<bool> Parameters::Flag(std::string_view name, bool otherwise) {
  const Json* value = Find(name);
  if (value == nullptr) return otherwise;
  if (!value->is_boolean()) return Refuse(name, "must be true or false");
  return value->get<bool>();
}

Result<std::vector<Json>> Parameters::Values(std::string_view name) {
  const Json* value = Find(name);
  if (value == nullptr) return Refuse(name, "is missing");
  if (IsScalar(*value)) return std::vector<Json>{*value};
  if (!value->is_array() || value->empty() || !std::ranges::all_of(*value, IsScalar)) {
    return Refuse(name, "must be a list of values");
  }
  return std::vector<Json>(value->begin(), value->end());
}

Result<std::vector<std::string>> Parameters::Texts(std::string_view name) {
  ASSAY_TRY(const std::vector<Json> values, Values(name));
  std::vector<std::string> texts;
  for (const Json& value : values) texts.push_back(ScalarText(value));
  return texts;
}

std::vector<std::string> Parameters::Unread() const {
  std::vector<std::string> names;
  for (const Parameter& parameter : all_) {
    if (!parameter.is_read && !parameter.value.is_null()) names.push_back(parameter.name);
  }
  return names;
}

}  // namespace assay::imports
