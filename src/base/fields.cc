#include "base/fields.h"

#include <algorithm>

namespace assay {

Result<bool> JsonCodec<bool>::Parse(const Json& json) {
  if (!json.is_boolean()) return Fail(ErrorKind::kInvalidInput, "must be true or false");
  return json.get<bool>();
}
Json JsonCodec<bool>::Print(bool value) {
  return value;
}
Json JsonCodec<bool>::Schema() {
  return {{"type", "boolean"}};
}

Result<int64_t> JsonCodec<int64_t>::Parse(const Json& json) {
  if (json.is_number_unsigned() && json.get<uint64_t>() > static_cast<uint64_t>(INT64_MAX)) {
    return Fail(ErrorKind::kInvalidInput, "is too large for a 64-bit integer");
  }
  if (!json.is_number_integer()) return Fail(ErrorKind::kInvalidInput, "must be an integer");
  return json.get<int64_t>();
}
Json JsonCodec<int64_t>::Print(int64_t value) {
  return value;
}
Json JsonCodec<int64_t>::Schema() {
  return {{"type", "integer"}, {"format", "int64"}};
}

Result<double> JsonCodec<double>::Parse(const Json& json) {
  if (!json.is_number()) return Fail(ErrorKind::kInvalidInput, "must be a number");
  return json.get<double>();
}
Json JsonCodec<double>::Print(double value) {
  return value;
}
Json JsonCodec<double>::Schema() {
  return {{"type", "number"}};
}

Result<std::string> JsonCodec<std::string>::Parse(const Json& json) {
  if (!json.is_string()) return Fail(ErrorKind::kInvalidInput, "must be a text");
  return json.get<std::string>();
}
Json JsonCodec<std::string>::Print(const std::string& value) {
  return value;
}
Json JsonCodec<std::string>::Schema() {
  return {{"type", "string"}};
}

Result<Secret> JsonCodec<Secret>::Parse(const Json& json) {
  if (!json.is_string()) return Fail(ErrorKind::kInvalidInput, "must be a text");
  return Secret(json.get<std::string>());
}
Json JsonCodec<Secret>::Print(const Secret& value) {
  return value.ToString();
}
Json JsonCodec<Secret>::Schema() {
  return {{"type", "string"}, {"format", "password"}, {"writeOnly", true}};
}

Result<Timestamp> JsonCodec<Timestamp>::Parse(const Json& json) {
  if (!json.is_string())
    return Fail(ErrorKind::kInvalidInput, "must be a UTC time such as 2026-01-31T08:30:00Z");
  return ParseTimestamp(json.get<std::string>());
}
Json JsonCodec<Timestamp>::Print(Timestamp value) {
  return FormatTimestamp(value);
}
Json JsonCodec<Timestamp>::Schema() {
  return {{"type", "string"}, {"format", "date-time"}};
}

Result<Json> JsonCodec<Json>::Parse(const Json& json) {
  return json;
}
Json JsonCodec<Json>::Print(const Json& value) {
  return value;
}
Json JsonCodec<Json>::Schema() {
  return Json::object();
}

Status FieldList::ParseInto(void* object, const Json& json, UnknownKeys unknown) const {
  if (!json.is_object()) return Fail(ErrorKind::kInvalidInput, "must be an object");
  for (const FieldFacts& field : fields_) {
    const auto found = json.find(field.name);
    if (found == json.end() || found->is_null()) {
      if (field.presence == Presence::kRequired) {
        return Fail(ErrorKind::kInvalidInput,
                    fmt::format("{}: is required ({})", field.name, field.doc));
      }
      continue;
    }
    Status status = field.check ? field.check(*found) : Status();
    if (status)
      status = field.parse(static_cast<std::byte*>(object) + field.offset_bytes, *found);
    if (!status) return FailWithin(field.name, status.error());
  }
  if (unknown == UnknownKeys::kIgnore) return {};
  for (const auto& [key, value] : json.items()) {
    const bool is_known = std::ranges::any_of(
        fields_, [&](const FieldFacts& field) { return field.name == key; });
    if (!is_known) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("unknown key '{}'; known are: {}", key, Names()));
    }
  }
  return {};
}

Json FieldList::Print(const void* object) const {
  Json json = Json::object();
  for (const FieldFacts& field : fields_) {
    json[field.name] = field.print(static_cast<const std::byte*>(object) + field.offset_bytes);
  }
  return json;
}

Json FieldList::Schema() const {
  Json properties = Json::object();
  Json required = Json::array();
  for (const FieldFacts& field : fields_) {
    Json schema = field.schema;
    schema["description"] = field.doc;
    properties[field.name] = std::move(schema);
    if (field.presence == Presence::kRequired) required.push_back(field.name);
  }
  Json schema = {{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

std::string FieldList::Names() const {
  std::string names;
  for (const FieldFacts& field : fields_) names += (names.empty() ? "" : ", ") + field.name;
  return names;
}

#define ASSAY_DEFINE_MEMBER(...)                                \
  template Status ParseMember<__VA_ARGS__>(void*, const Json&); \
  template Json PrintMember<__VA_ARGS__>(const void*);
ASSAY_COMMON_MEMBER_TYPES(ASSAY_DEFINE_MEMBER)

}  // namespace assay
