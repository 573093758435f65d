// Structs declared once as a list of fields: the list parses them from JSON, prints them,
// checks required and unknown keys, and yields JSON Schema for documentation and OpenAPI.
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
#include <cstddef>
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

/// How one C++ type reads from and prints to JSON. Specialise it for further types; `Parse`
/// gets a non-null value, names no key in its error (Fields puts the key in front).
template <class T>
struct JsonCodec;

template <>
struct JsonCodec<bool> {
  static Result<bool> Parse(const Json& json);
  static Json Print(bool value);
  static Json Schema();
};

template <>
struct JsonCodec<int64_t> {
  static Result<int64_t> Parse(const Json& json);
  static Json Print(int64_t value);
  static Json Schema();
};

template <>
struct JsonCodec<double> {
  static Result<double> Parse(const Json& json);
  static Json Print(double value);
  static Json Schema();
};

template <>
struct JsonCodec<std::string> {
  static Result<std::string> Parse(const Json& json);
  static Json Print(const std::string& value);
  static Json Schema();
};

template <>
struct JsonCodec<Secret> {
  static Result<Secret> Parse(const Json& json);
  static Json Print(const Secret& value);
  static Json Schema();
};

/// As FormatTimestamp.
template <>
struct JsonCodec<Timestamp> {
  static Result<Timestamp> Parse(const Json& json);
  static Json Print(Timestamp value);
  static Json Schema();
};

/// Any JSON value, taken as it is.
template <>
struct JsonCodec<Json> {
  static Result<Json> Parse(const Json& json);
  static Json Print(const Json& value);
  static Json Schema();
};

template <class T>
struct JsonCodec<std::optional<T>> {
  static Result<std::optional<T>> Parse(const Json& json) {
    if (json.is_null()) return std::optional<T>();
    ASSAY_TRY(T value, JsonCodec<T>::Parse(json));
    return std::optional<T>(std::move(value));
  }
  static Json Print(const std::optional<T>& value) {
    return value ? JsonCodec<T>::Print(*value) : Json(nullptr);
  }
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
  static Json Schema() {
    return {{"type", "object"}, {"additionalProperties", JsonCodec<T>::Schema()}};
  }
};

enum class Presence { kRequired, kOptional };
enum class UnknownKeys { kReject, kIgnore };

/// One member of a declared struct, known by its place, so that lists of fields of all structs
/// run through the same code.
struct FieldFacts {
  std::string name;
  std::string doc;
  Presence presence = Presence::kOptional;
  size_t offset_bytes = 0;  // of the member in the struct
  Status (*parse)(void* member, const Json& json) = nullptr;
  Json (*print)(const void* member) = nullptr;
  Json schema;
  std::function<Status(const Json&)> check =
      {};  // what else must be true of the value; may be empty
};

/// A member of T.
template <class T>
struct FieldDeclaration : FieldFacts {};

template <class M>
Status ParseMember(void* member, const Json& json) {
  ASSAY_TRY(*static_cast<M*>(member), JsonCodec<M>::Parse(json));
  return {};
}

template <class M>
Json PrintMember(const void* member) {
  return JsonCodec<M>::Print(*static_cast<const M*>(member));
}

template <class T, class M>
FieldDeclaration<T> DeclareField(std::string name, M T::* member, std::string doc,
                                 Presence presence) {
  static const T sample{};
  const auto* const start = reinterpret_cast<const std::byte*>(&sample);
  const auto* const place = reinterpret_cast<const std::byte*>(&(sample.*member));
  FieldDeclaration<T> field;
  field.name = std::move(name);
  field.doc = std::move(doc);
  field.presence = presence;
  field.offset_bytes = static_cast<size_t>(place - start);
  field.parse = ParseMember<M>;
  field.print = PrintMember<M>;
  field.schema = JsonCodec<M>::Schema();
  return field;
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

/// The fields of some struct; `object` is always one of that type.
class FieldList {
 public:
  void Add(FieldFacts field) { fields_.push_back(std::move(field)); }
  Status ParseInto(void* object, const Json& json, UnknownKeys unknown) const;
  Json Print(const void* object) const;
  Json Schema() const;

 private:
  std::string Names() const;

  std::vector<FieldFacts> fields_;
};

/// The declaration of a struct: a list of its fields in the order they print.
/// Immutable after construction, so one static instance serves all threads.
template <class T>
class Fields {
 public:
  Fields(std::initializer_list<FieldDeclaration<T>> fields) {
    for (const FieldDeclaration<T>& field : fields) list_.Add(field);
  }

  /// kInvalidInput naming the key when it is missing, unknown (unless ignored) or of the wrong
  /// type.
  Result<T> Parse(const Json& json, UnknownKeys unknown = UnknownKeys::kReject) const {
    T object{};
    ASSAY_RETURN_IF_ERROR(list_.ParseInto(&object, json, unknown));
    return object;
  }

  /// As Parse, over an object that already holds values: absent keys keep them.
  Status ParseInto(T& object, const Json& json,
                   UnknownKeys unknown = UnknownKeys::kReject) const {
    return list_.ParseInto(&object, json, unknown);
  }

  Json Print(const T& object) const { return list_.Print(&object); }

  /// JSON Schema of the struct.
  Json Schema() const { return list_.Schema(); }

 private:
  FieldList list_;
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

// Members of these types are in nearly every struct: their code is in fields.cc once.
#define ASSAY_COMMON_MEMBER_TYPES(apply)                                                     \
  apply(bool) apply(int64_t) apply(double) apply(std::string) apply(Timestamp) apply(Json)   \
      apply(std::optional<bool>) apply(std::optional<int64_t>) apply(std::optional<double>)  \
          apply(std::optional<std::string>) apply(std::optional<Timestamp>)                  \
              apply(std::optional<Json>) apply(std::vector<std::string>)                     \
                  apply(std::vector<int64_t>) apply(std::optional<std::vector<std::string>>) \
                      apply(std::optional<std::vector<int64_t>>)
#define ASSAY_DECLARE_MEMBER(...)                                      \
  extern template Status ParseMember<__VA_ARGS__>(void*, const Json&); \
  extern template Json PrintMember<__VA_ARGS__>(const void*);
ASSAY_COMMON_MEMBER_TYPES(ASSAY_DECLARE_MEMBER)
#undef ASSAY_DECLARE_MEMBER

}  // namespace assay
