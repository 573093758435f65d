#include <fmt/format.h>

#include "api/schema_check.h"
#include "api/shapes/quality_check.h"
#include "base/fields.h"
#include "base/same_json.h"

namespace assay::api {
namespace {

/// A field's name, also as the object {name, ...} that answers hold: clients send those back.
struct FieldName {
  std::string name;
};

}  // namespace
}  // namespace assay::api

namespace assay {

template <>
struct JsonCodec<api::FieldName> {
  static Result<api::FieldName> Parse(const Json& json) {
    const bool is_reference =
        json.is_object() && json.contains("name") && json["name"].is_string();
    const Json& name = is_reference ? json["name"] : json;
    if (!name.is_string()) return Fail(ErrorKind::kInvalidInput, "must be the name of a field");
    return api::FieldName{name.get<std::string>()};
  }
  static Json Print(const api::FieldName& value) { return value.name; }
  static Json Schema() {
    return {{"oneOf", Json::array({{{"type", "string"}}, {{"type", "object"}}})}};
  }
};

}  // namespace assay

namespace assay::api {
namespace {

struct QualityCheckInput {
  std::optional<int64_t> container_id;
  std::optional<std::string> rule;
  std::optional<std::string> rule_type;
  std::optional<std::string> description;
  std::optional<std::vector<FieldName>> fields;
  std::optional<double> coverage;
  std::optional<std::string> filter;
  Json properties;
  std::optional<std::vector<std::string>> tags;
  Json additional_metadata;
  std::optional<std::string> status;
  std::optional<std::string> anomaly_message_field;
  std::optional<int64_t> owner_id;
  std::optional<int64_t> default_anomaly_assignee_id;
  std::optional<int64_t> template_id;
};

const Fields<QualityCheckInput>& InputFields() {
  using I = QualityCheckInput;
  static const Fields<QualityCheckInput> fields = {
      Optional("container_id", &I::container_id, "What it checks; cannot change."),
      Optional("rule", &I::rule, "Name of a rule; cannot change."),
      Optional("rule_type", &I::rule_type, "The same as rule, as answers name it."),
      Optional("description", &I::description, "For people."),
      Optional("fields", &I::fields, "Names of the fields it looks at."),
      Optional("coverage", &I::coverage, "Share of rows that must pass; 1 when absent."),
      Optional("filter", &I::filter, "Spark SQL condition: only these rows are checked."),
      Optional("properties", &I::properties, "What the rule needs."),
      Optional("tags", &I::tags, "Names of tags; unknown ones are made."),
      Optional("additional_metadata", &I::additional_metadata, "Any object; kept as it is."),
      Optional("status", &I::status,
               "Active when absent: scans assert it. Draft: they do not."),
      Optional("anomaly_message_field", &I::anomaly_message_field,
               "A field whose value is the message of a failing row, in place of ours."),
      Optional("owner_id", &I::owner_id, "A user."),
      Optional("default_anomaly_assignee_id", &I::default_anomaly_assignee_id,
               "The user to whom scans assign new anomalies that fail it."),
      Optional("template_id", &I::template_id,
               "Of a new check: the template that says what is not given here."),
  };
  return fields;
}

Json InputSchema() {
  return Constrain(
      AllowNullForOptional(InputFields().Schema()),
      {{"coverage", {{"minimum", 0}, {"maximum", 1}}},
       {"properties", {{"type", "object"}}},
       {"additional_metadata", {{"type", "object"}}},
       {"description", {{"maxLength", 10000}}},
       {"filter", {{"maxLength", 100000}}},
       {"status", {{"enum", Json::array({"Active", "Draft", "Invalid", "Discarded"})}}}});
}

bool MeansTheSame(const store::QualityCheck& a, const store::QualityCheck& b) {
  return a.fields == b.fields && a.filter == b.filter && a.coverage == b.coverage &&
         SameJson(a.properties, b.properties);
}

}  // namespace

Shape QualityCheckCreateShape() {
  return QualityCheckDerivedShape("QualityCheckCreate", {"container_id"});
}

Shape QualityCheckDerivedShape(const char* name, const std::vector<std::string>& required) {
  Json schema = InputSchema();
  if (!required.empty()) schema["required"] = required;
  return {.name = name, .schema = std::move(schema)};
}

Shape QualityCheckUpdateShape() {
  return {.name = "QualityCheckUpdate", .schema = InputSchema()};
}

Answer<store::QualityCheck> ReadNewQualityCheck(const Json& body) {
  API_TRY(const QualityCheckInput input,
          At({"body"}, InputFields().Parse(body, UnknownKeys::kIgnore)));
  const auto& rule = input.rule ? input.rule : input.rule_type;
  if (!rule) return Refuse(Problem::InvalidKey("rule", "is required"));
  store::QualityCheck check;
  check.container_id = input.container_id.value_or(0);
  check.rule_type = *rule;
  return check;
}

Answer<void> ApplyToQualityCheck(const Json& body, Timestamp now, store::QualityCheck& check) {
  API_TRY(const QualityCheckInput input,
          At({"body"}, InputFields().Parse(body, UnknownKeys::kIgnore)));
  for (const auto& rule : {input.rule, input.rule_type}) {
    if (rule && *rule != check.rule_type) {
      return Refuse(
          Problem::InvalidKey("rule", fmt::format("cannot change from {}", check.rule_type)));
    }
  }
  if (input.container_id.value_or(check.container_id) != check.container_id) {
    return Refuse(Problem::InvalidKey(
        "container_id", fmt::format("cannot change from {}", check.container_id)));
  }
  const store::QualityCheck before = check;
  if (input.description) check.description = *input.description;
  if (input.fields) {
    check.fields.clear();
    for (const FieldName& field : *input.fields) check.fields.push_back(field.name);
  }
  if (input.coverage) check.coverage = *input.coverage;
  if (body.contains("filter")) check.filter = input.filter;
  if (check.filter == "") check.filter.reset();
  if (!input.properties.is_null()) check.properties = input.properties;
  if (input.tags) check.tags = *input.tags;
  if (!input.additional_metadata.is_null())
    check.additional_metadata = input.additional_metadata;
  if (input.status) check.status = *input.status;
  if (body.contains("anomaly_message_field")) {
    check.anomaly_message_field = input.anomaly_message_field;
  }
  if (body.contains("owner_id")) check.owner_id = input.owner_id;
  if (body.contains("default_anomaly_assignee_id")) {
    check.default_anomaly_assignee_id = input.default_anomaly_assignee_id;
  }
  if (!MeansTheSame(before, check)) check.inferred = false;
  if (!check.is_archived()) check.deleted_at.reset();
  if (check.is_archived() && !before.is_archived()) check.deleted_at = now;
  return {};
}

}  // namespace assay::api
