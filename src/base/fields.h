// Structs declared once as a list of fields: the list parses them from JSON, prints them, checks
// required and unknown keys, and yields JSON Schema for documentation and OpenAPI.
//
//   struct Properties { double min = 0; bool inclusive = true; };
//   const Fields<Properties>& PropertyFields() {
//     static const Fields<Properties> fields = {
//         Required("min", &Properties::min, "Lower bound."),
//         Optional("inclusive", &Properties::inclusive, "Whether the bound itself passes."),
//     };
//     return fields;
//   }

#pragma once

#include <fmt/format.h>

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/secret.h"

namespace assay {

/// How one C++ type reads from and prints to JSON. Specialise it for further types; `Parse` gets a
/// non-null value, names no key in its error (Fields puts the key in front).
template <class T>
struct JsonCodec;

template <>
struct JsonCodec<bool> {
  static Result<bool> Parse(const Json& json) {
    if (!json.is_boolean()) return Fail(ErrorKind::kInvalidInput, "must be true or false");
    return json.get<bool>();
  }
  static Json Print(bool value) { return value; }
  static Json Schema() { return {{"type", "boolean"}}; }
};

template <>
struct JsonCodec<int64_t> {
  static Result<int64_t> Parse(const Json& json) {
    if (json.is_number_unsigned() && json.get<uint64_t>() > static_cast<uint64_t>(INT64_MAX)) {
      return Fail(ErrorKind::kInvalidInput, "is too large for a 64-bit integer");
    }
    if (!json.is_number_integer()) return Fail(ErrorKind::kInvalidInput, "must be an integer");
    return json.get<int64_t>();
  }
  static Json Print(int64_t value) { return value; }
  static Json Schema() { return {{"type", "integer"}, {"format", "int64"}}; }
};

template <>
struct JsonCodec<double> {
  static Result<double> Parse(const Json& json) {
    if (!json.is_number()) return Fail(ErrorKind::kInvalidInput, "must be a number");
    return json.get<double>();
  }
  static Json Print(double value) { return value; }
  static Json Schema() { return {{"type", "number"}}; }
};

template <>
struct JsonCodec<std::string> {
  static Result<std::string> Parse(const Json& json) {
    if (!json.is_string()) return Fail(ErrorKind::kInvalidInput, "must be a text");
    return json.get<std::string>();
  }
  static Json Print(const std::string& value) { return value; }
  static Json Schema() { return {{"type", "string"}}; }
};

template <>
struct JsonCodec<Secret> {
  static Result<Secret> Parse(const Json& json) {
    if (!json.is_string()) return Fail(ErrorKind::kInvalidInput, "must be a text");
    return Secret(json.get<std::string>());
  }
  static Json Print(const Secret& value) { return value.ToString(); }
  static Json Schema() { return {{"type", "string"}, {"format", "password"}, {"writeOnly", true}}; }
};

template <>
struct JsonCodec<Timestamp> {
  static Result<Timestamp> Parse(const Json& json) {
    if (!json.is_string()) return Fail(ErrorKind::kInvalidInput, "must be a UTC time such as 2026-01-31T08:30:00Z");
    return ParseTimestamp(json.get<std::string>());
  }
  static Json Print(Timestamp value) { return FormatTimestamp(value); }
  static Json Schema() { return {{"type", "string"}, {"format", "date-time"}}; }
};

/// Any JSON value, taken as it is.
template <>
struct JsonCodec<Json> {
  static Result<Json> Parse(const Json& json) { return json; }
  static Json Print(const Json& value) { return value; }
  static Json Schema() { return Json::object(); }
};

template <class T>
struct JsonCodec<std::optional<T>> {
  static Result<std::optional<T>> Parse(const Json& json) {
    if (json.is_null()) return std::optional<T>();
    ASSAY_TRY(T value, JsonCodec<T>::Parse(json));
    return std::optional<T>(std::move(value));
  }
  static Json Print(const std::optional<T>& value) { return value ? JsonCodec<T>::Print(*value) : Json(nullptr); }
  static Json Schema() {
    Json schema = JsonCodec<T>::Schema();
    schema["nullable"] = true;
    return schema;
  }
};

template <class T>
struct JsonCodec<std::vector<T>> {
  static Result<std::vector<T>> Parse(const Json& json) {
    if (!json.is_array()) return Fail(ErrorKind::kInvalidInput, "must be a list");
    std::vector<T> values;
    for (size_t i = 0; i < json.size(); ++i) {
      Result<T> value = JsonCodec<T>::Parse(json[i]);
      if (!value) return FailWithin(fmt::format("item {}", i + 1), value.error());
      values.push_back(*std::move(value));
    }
    return values;
  }
  static Json Print(const std::vector<T>& values) {
    Json list = Json::array();
    for (const T& value : values) list.push_back(JsonCodec<T>::Print(value));
    return list;
  }
  static Json Schema() { return {{"type", "array"}, {"items", JsonCodec<T>::Schema()}}; }
};

template <class T>
struct JsonCodec<std::map<std::string, T>> {
  static Result<std::map<std::string, T>> Parse(const Json& json) {
    if (!json.is_object()) return Fail(ErrorKind::kInvalidInput, "must be an object");
    std::map<std::string, T> values;
    for (const auto& [key, item] : json.items()) {
      Result<T> value = JsonCodec<T>::Parse(item);
      if (!value) return FailWithin(key, value.error());
      values.emplace(key, *std::move(value));
    }
    return values;
  }
  static Json Print(const std::map<std::string, T>& values) {
    Json object = Json::object();
    for (const auto& [key, value] : values) object[key] = JsonCodec<T>::Print(value);
    return object;
  }
  static Json Schema() { return {{"type", "object"}, {"additionalProperties", JsonCodec<T>::Schema()}}; }
};

enum class Presence { kRequired, kOptional };
enum class UnknownKeys { kReject, kIgnore };

/// One member of a declared struct.
template <class T>
struct FieldDeclaration {
  std::string name;
  std::string doc;
  Presence presence;
  std::function<Status(T&, const Json&)> parse;
  std::function<Json(const T&)> print;
  Json schema;
};

template <class T, class M>
FieldDeclaration<T> DeclareField(std::string name, M T::* member, std::string doc, Presence presence) {
  return {.name = std::move(name),
          .doc = std::move(doc),
          .presence = presence,
          .parse = [member](T& object, const Json& json) -> Status {
            ASSAY_TRY(object.*member, JsonCodec<M>::Parse(json));
            return {};
          },
          .print = [member](const T& object) { return JsonCodec<M>::Print(object.*member); },
          .schema = JsonCodec<M>::Schema()};
}

/// A key that must be present and not null.
template <class T, class M>
FieldDeclaration<T> Required(std::string name, M T::* member, std::string doc) {
  return DeclareField(std::move(name), member, std::move(doc), Presence::kRequired);
}

/// A key that may be absent or null; the member then keeps its initial value.
template <class T, class M>
FieldDeclaration<T> Optional(std::string name, M T::* member, std::string doc) {
  return DeclareField(std::move(name), member, std::move(doc), Presence::kOptional);
}

/// The declaration of a struct: a list of its fields in the order they print.
/// Immutable after construction, so one static instance serves all threads.
template <class T>
class Fields {
 public:
  Fields(std::initializer_list<FieldDeclaration<T>> fields) : fields_(fields) {}

  /// kInvalidInput naming the key when it is missing, unknown (unless ignored) or of the wrong type.
  Result<T> Parse(const Json& json, UnknownKeys unknown = UnknownKeys::kReject) const {
    T object{};
    ASSAY_RETURN_IF_ERROR(ParseInto(object, json, unknown));
    return object;
  }

  /// As Parse, over an object that already holds values: absent keys keep them.
  Status ParseInto(T& object, const Json& json, UnknownKeys unknown = UnknownKeys::kReject) const {
    if (!json.is_object()) return Fail(ErrorKind::kInvalidInput, "must be an object");
    for (const auto& field : fields_) {
      const auto found = json.find(field.name);
      if (found == json.end() || found->is_null()) {
        if (field.presence == Presence::kRequired) {
          return Fail(ErrorKind::kInvalidInput, fmt::format("{}: is required ({})", field.name, field.doc));
        }
        continue;
      }
      if (Status status = field.parse(object, *found); !status) return FailWithin(field.name, status.error());
    }
    if (unknown == UnknownKeys::kIgnore) return {};
    for (const auto& [key, value] : json.items()) {
      if (!Find(key)) return Fail(ErrorKind::kInvalidInput, fmt::format("unknown key '{}'; known are: {}", key, Names()));
    }
    return {};
  }

  Json Print(const T& object) const {
    Json json = Json::object();
    for (const auto& field : fields_) json[field.name] = field.print(object);
    return json;
  }

  /// JSON Schema of the struct.
  Json Schema() const {
    Json properties = Json::object();
    Json required = Json::array();
    for (const auto& field : fields_) {
      Json schema = field.schema;
      schema["description"] = field.doc;
      properties[field.name] = std::move(schema);
      if (field.presence == Presence::kRequired) required.push_back(field.name);
    }
    Json schema = {{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) schema["required"] = std::move(required);
    return schema;
  }

 private:
  const FieldDeclaration<T>* Find(const std::string& name) const {
    for (const auto& field : fields_) {
      if (field.name == name) return &field;
    }
    return nullptr;
  }

  std::string Names() const {
    std::string names;
    for (const auto& field : fields_) names += (names.empty() ? "" : ", ") + field.name;
    return names;
  }

  std::vector<FieldDeclaration<T>> fields_;
};

/// A struct nests in another's fields when it has `static const Fields<T>& JsonFields()`.
template <class T>
  requires requires {
    { T::JsonFields() } -> std::same_as<const Fields<T>&>;
  }
struct JsonCodec<T> {
  static Result<T> Parse(const Json& json) { return T::JsonFields().Parse(json); }
  static Json Print(const T& value) { return T::JsonFields().Print(value); }
  static Json Schema() { return T::JsonFields().Schema(); }
};

}  // namespace assay
