#include "api/schema_check.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay::api {
namespace {

bool HasType(const Json& value, const std::string& type) {
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  if (type == "array") return value.is_array();
  return value.is_object();
}

std::string TypeMessage(const std::string& type) {
  if (type == "string") return "must be a text";
  if (type == "integer") return "must be a whole number";
  if (type == "number") return "must be a number";
  if (type == "boolean") return "must be true or false";
  if (type == "array") return "must be a list";
  return "must be an object";
}

size_t CodePoints(const std::string& text) {
  return static_cast<size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Collects faults while walking schema and value together.
class Checker {
 public:
  explicit Checker(std::vector<Json> location) : location_(std::move(location)) {}

  void Check(const Json& schema, const Json& value) {
    if (value.is_null() && schema.value("nullable", false)) return;
    if (schema.contains("type")) {
      const std::string type = schema["type"].get<std::string>();
      if (!HasType(value, type)) return Say(TypeMessage(type));
    }
    if (schema.contains("enum")) CheckEnum(schema["enum"], value);
    if (value.is_number()) CheckNumber(schema, value);
    if (value.is_string()) CheckText(schema, value.get_ref<const std::string&>());
    if (value.is_array()) CheckList(schema, value);
    if (value.is_object()) CheckObject(schema, value);
  }

  std::vector<Fault> TakeFaults() { return std::move(faults_); }

 private:
  void Say(std::string message) { faults_.push_back({location_, std::move(message)}); }

  void CheckWithin(Json step, const Json& schema, const Json& value) {
    location_.push_back(std::move(step));
    Check(schema, value);
    location_.pop_back();
  }

  void CheckEnum(const Json& allowed, const Json& value) {
    if (std::ranges::find(allowed, value) != allowed.end()) return;
    std::string names;
    for (const Json& item : allowed) {
      names += (names.empty() ? "" : ", ") +
               (item.is_string() ? item.get<std::string>() : item.dump());
    }
    Say("must be one of: " + names);
  }

  void CheckNumber(const Json& schema, const Json& value) {
    const bool below = schema.contains("minimum") && value < schema["minimum"];
    const bool above = schema.contains("maximum") && value > schema["maximum"];
    if (!below && !above) return;
    if (schema.contains("minimum") && schema.contains("maximum")) {
      return Say(fmt::format("must be between {} and {}", schema["minimum"].dump(),
                             schema["maximum"].dump()));
    }
    Say(below ? fmt::format("must be at least {}", schema["minimum"].dump())
              : fmt::format("must be at most {}", schema["maximum"].dump()));
  }

  void CheckText(const Json& schema, const std::string& value) {
    const size_t length = CodePoints(value);
    if (schema.contains("minLength") && length < schema["minLength"].get<size_t>()) {
      Say(length == 0
              ? "must not be empty"
              : fmt::format("must have at least {} characters", schema["minLength"].dump()));
    }
    if (schema.contains("maxLength") && length > schema["maxLength"].get<size_t>()) {
      Say(fmt::format("must have at most {} characters", schema["maxLength"].dump()));
    }
  }

  void CheckList(const Json& schema, const Json& value) {
    if (schema.contains("minItems") && value.size() < schema["minItems"].get<size_t>()) {
      Say(value.empty()
              ? "must not be empty"
              : fmt::format("must have at least {} items", schema["minItems"].dump()));
    }
    if (schema.contains("maxItems") && value.size() > schema["maxItems"].get<size_t>()) {
      Say(fmt::format("must have at most {} items", schema["maxItems"].dump()));
    }
    if (!schema.contains("items")) return;
    for (size_t i = 0; i < value.size(); ++i) CheckWithin(i, schema["items"], value[i]);
  }

  void CheckObject(const Json& schema, const Json& value) {
    const Json required = schema.value("required", Json::array());
    for (const Json& key : required) {
      const auto found = value.find(key.get<std::string>());
      if (found != value.end() && !found->is_null()) continue;
      location_.push_back(key);
      Say("is required");
      location_.pop_back();
    }
    const Json properties = schema.value("properties", Json::object());
    for (const auto& [key, item] : value.items()) {
      if (item.is_null()) continue;
      if (const auto known = properties.find(key); known != properties.end()) {
        CheckWithin(key, *known, item);
      } else if (schema.contains("additionalProperties")) {
        CheckWithin(key, schema["additionalProperties"], item);
      }
    }
  }

  std::vector<Json> location_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> CheckSchema(const Json& schema, const Json& value,
                               std::vector<Json> location) {
  Checker checker(std::move(location));
  checker.Check(schema, value);
  return checker.TakeFaults();
}

Json Constrain(Json schema, std::initializer_list<std::pair<const char*, Json>> keywords) {
  for (const auto& [key, added] : keywords) {
    for (const auto& [keyword, value] : added.items()) {
      schema["properties"][key][keyword] = value;
    }
  }
  return schema;
}

Json AllowNullForOptional(Json schema) {
  const Json required = schema.value("required", Json::array());
  for (auto& [key, property] : schema["properties"].items()) {
    if (std::ranges::find(required, Json(key)) == required.end()) property["nullable"] = true;
  }
  return schema;
}

Json RequestSchema(Json schema, const std::vector<std::string>& required,
                   std::initializer_list<std::pair<const char*, Json>> keywords) {
  if (!required.empty()) schema["required"] = required;
  return Constrain(AllowNullForOptional(std::move(schema)), keywords);
}

}  // namespace assay::api
