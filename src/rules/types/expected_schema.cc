// Rule "expectedSchema": the container has the listed fields.

#include <fmt/format.h>

#include <set>

#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

using ExpectedField = plan::SchemaCheck::ExpectedField;

struct NamedType {
  std::string name;
  std::optional<std::string> type;

  static const Fields<NamedType>& JsonFields() {
    static const Fields<NamedType> fields = {
        Required("name", &NamedType::name, "The field's name."),
        Optional("type", &NamedType::type, "Its type; any when absent."),
    };
    return fields;
  }
};

struct Properties {
  std::vector<Json> list;
  bool allow_other_fields = true;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("list", &Properties::list,
               "The fields: names, or objects {name, type} with one of Integral, Fractional, "
               "Boolean, String, Date, Timestamp."),
      Optional("allow_other_fields", &Properties::allow_other_fields,
               "Whether the container may have further fields."),
  };
  return fields;
}

Result<ExpectedField> ReadField(const Json& json) {
  ExpectedField field;
  if (json.is_string()) {
    field.name = json.get<std::string>();
  } else {
    if (!json.is_object()) {
      return Fail(ErrorKind::kInvalidInput, "must be a name or an object {name, type}");
    }
    ASSAY_TRY(const NamedType named, NamedType::JsonFields().Parse(json));
    field.name = named.name;
    if (named.type) {
      Result<plan::FieldType> type = plan::ParseFieldType(*named.type);
      if (!type) return FailWithin("type", type.error());
      field.type = *type;
    }
  }
  if (field.name.empty()) return Fail(ErrorKind::kInvalidInput, "the name must not be empty");
  return field;
}

Result<CompiledRule> Compile(const Target&, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  if (properties.list.empty()) {
    return Fail(ErrorKind::kInvalidInput, "list: must name at least one field");
  }
  plan::SchemaCheck check;
  check.other_fields = properties.allow_other_fields
                           ? plan::SchemaCheck::OtherFields::kAllowed
                           : plan::SchemaCheck::OtherFields::kForbidden;
  std::set<std::string> seen;
  for (size_t i = 0; i < properties.list.size(); ++i) {
    Result<ExpectedField> field = ReadField(properties.list[i]);
    if (!field) return FailWithin(fmt::format("list: item {}", i + 1), field.error());
    if (!seen.insert(field->name).second) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("list: field is named twice: '{}'", field->name));
    }
    check.fields.push_back(*std::move(field));
  }
  return CompiledRule{.form = std::move(check),
                      .violation = "does not have the expected fields"};
}

}  // namespace

RuleType expected_schema() {
  return {
      .name = "expectedSchema",
      .summary = "The container has every listed field, of the listed type where one is given.",
      .scope = FieldScope::kNone,
      .filterable = false,
      .supports_coverage = false,
      .weight = 3,
      .properties_schema = PropertyFields().Schema(),
      .example = {.properties = {{"list", {"id", {{"name", "price"}, {"type", "Fractional"}}}},
                                 {"allow_other_fields", false}},
                  .fields = {{"id", plan::FieldType::kIntegral},
                             {"price", plan::FieldType::kFractional}}},
      .compile = Compile};
}

}  // namespace assay::rules::types
