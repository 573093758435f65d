#include "api/shapes/check_template.h"

#include <fmt/format.h>

#include "api/schema_check.h"
#include "api/shapes/references.h"
#include "base/fields.h"
#include "operations/check_templates.h"
#include "rules/rule_type.h"

namespace assay::api {
namespace {

struct View {
  int64_t id = 0;
  Timestamp created{};
  std::string rule_type;
  std::string description;
  double coverage = 1;
  std::optional<std::string> filter;
  Json properties;
  std::vector<TagReference> global_tags;
  Json additional_metadata;
  std::optional<std::string> anomaly_message_field;
  bool template_locked = false;
  bool is_template = true;
  int64_t template_checks_count = 0;
  Timestamp last_updated{};
  std::optional<std::string> last_editor;
};

const Fields<View>& ViewFields() {
  static const Fields<View> fields = {
      Required("id", &View::id, "Its id."),
      Required("created", &View::created, "When it was made."),
      Required("rule_type", &View::rule_type, "The rule of its checks."),
      Required("description", &View::description, "For people."),
      Required("coverage", &View::coverage, "Share of rows that must pass."),
      Optional("filter", &View::filter,
               "Only these rows are checked; each() stands for one of its values at a time."),
      Required("properties", &View::properties, "What the rule needs."),
      Required("global_tags", &View::global_tags, "Its tags, which its checks have, too."),
      Required("additional_metadata", &View::additional_metadata, "As users gave it."),
      Optional("anomaly_message_field", &View::anomaly_message_field,
               "A field whose value describes the anomaly."),
      Required("template_locked", &View::template_locked, "Whether its checks follow it."),
      Required("is_template", &View::is_template, "Always true."),
      Required("template_checks_count", &View::template_checks_count,
               "Checks derived from it, without archived ones."),
      Required("last_updated", &View::last_updated, "When it was last edited."),
      Optional("last_editor", &View::last_editor, "By whom."),
  };
  return fields;
}

struct Input {
  std::optional<std::string> rule;
  std::optional<std::string> rule_type;
  std::optional<std::string> description;
  std::optional<double> coverage;
  std::optional<std::string> filter;
  Json properties;
  std::optional<std::vector<std::string>> tags;
  std::optional<bool> template_locked;
  Json additional_metadata;
  std::optional<std::string> anomaly_message_field;
};

const Fields<Input>& InputFields() {
  static const Fields<Input> fields = {
      Optional("rule", &Input::rule, "Name of a rule; cannot change."),
      Optional("rule_type", &Input::rule_type, "The same as rule, as answers name it."),
      Optional("description", &Input::description, "For people."),
      Optional("coverage", &Input::coverage, "Share of rows that must pass; 1 when absent."),
      Optional(
          "filter", &Input::filter,
          "Spark SQL condition: only these rows are checked. each('EU', 'US') in it stands "
          "for one of the values at a time: each combination is a check."),
      Optional("properties", &Input::properties, "What the rule needs."),
      Optional("tags", &Input::tags,
               "Names of tags; unknown ones are made. The checks get and lose what it does."),
      Optional("template_locked", &Input::template_locked,
               "True: its checks follow its changes. False when absent."),
      Optional("additional_metadata", &Input::additional_metadata,
               "Any object; kept as it is."),
      Optional("anomaly_message_field", &Input::anomaly_message_field,
               "A field whose value is the message of a failing row, in place of ours."),
  };
  return fields;
}

Shape InputShape(const char* name, const std::vector<std::string>& required) {
  return {.name = name,
          .schema = RequestSchema(InputFields().Schema(), required,
                                  {{"coverage", {{"minimum", 0}, {"maximum", 1}}},
                                   {"properties", {{"type", "object"}}},
                                   {"additional_metadata", {{"type", "object"}}},
                                   {"description", {{"minLength", 1}, {"maxLength", 10000}}},
                                   {"filter", {{"maxLength", 100000}}}})};
}

/// Which of the properties are needed is told when there is a check: templates may leave the
/// rest to it.
Answer<void> CheckProperties(const store::CheckTemplate& check_template) {
  const rules::RuleType* rule = rules::FindRuleType(check_template.rule_type);
  if (rule == nullptr) return {};
  Json schema = rule->properties_schema;
  schema.erase("required");
  std::vector<Fault> faults =
      CheckSchema(schema, check_template.properties, {"body", "properties"});
  if (faults.empty()) return {};
  return Refuse(Problem::Invalid(std::move(faults)));
}

}  // namespace

Shape CheckTemplateShape() {
  return {.name = "QualityCheckTemplate", .schema = ViewFields().Schema()};
}

Result<std::vector<Json>> PrintCheckTemplates(
    store::Access& access, const std::vector<store::CheckTemplate>& templates) {
  std::vector<std::string> tag_names;
  for (const store::CheckTemplate& each : templates) {
    tag_names.insert(tag_names.end(), each.tags.begin(), each.tags.end());
  }
  ASSAY_TRY(const TagLookup tags, TagLookup::Load(access, tag_names));
  std::vector<Json> printed;
  for (const store::CheckTemplate& each : templates) {
    View view{.id = each.id,
              .created = each.created,
              .rule_type = each.rule_type,
              .description = each.description,
              .coverage = each.coverage,
              .filter = each.filter,
              .properties = each.properties,
              .global_tags = tags.References(each.tags),
              .additional_metadata = each.additional_metadata,
              .anomaly_message_field = each.anomaly_message_field,
              .template_locked = each.is_locked,
              .template_checks_count = each.check_count,
              .last_updated = each.last_updated,
              .last_editor = {}};
    if (!each.last_editor.empty()) view.last_editor = each.last_editor;
    printed.push_back(ViewFields().Print(view));
  }
  return printed;
}

Shape CheckTemplateCreateShape() {
  return InputShape("QualityCheckTemplateCreate", {"description"});
}

Shape CheckTemplateUpdateShape() {
  return InputShape("QualityCheckTemplateUpdate", {});
}

Answer<store::CheckTemplate> ReadNewCheckTemplate(const Json& body) {
  API_TRY(const Input input, At({"body"}, InputFields().Parse(body, UnknownKeys::kIgnore)));
  const auto& name = input.rule ? input.rule : input.rule_type;
  if (!name) return Refuse(Problem::InvalidKey("rule", "is required"));
  const rules::RuleType* rule = rules::FindRuleType(*name);
  if (rule == nullptr) {
    return Refuse(Problem::InvalidKey("rule", fmt::format("there is no rule '{}'", *name)));
  }
  store::CheckTemplate made;
  made.rule_type = rule->name;
  return made;
}

Answer<void> ApplyToCheckTemplate(const Json& body, store::CheckTemplate& check_template) {
  API_TRY(const Input input, At({"body"}, InputFields().Parse(body, UnknownKeys::kIgnore)));
  for (const auto& name : {input.rule, input.rule_type}) {
    if (!name) continue;
    const rules::RuleType* rule = rules::FindRuleType(*name);
    if (rule == nullptr || rule->name != check_template.rule_type) {
      return Refuse(Problem::InvalidKey(
          "rule", fmt::format("cannot change from {}", check_template.rule_type)));
    }
  }
  if (input.description) check_template.description = *input.description;
  if (input.coverage) check_template.coverage = *input.coverage;
  if (body.contains("filter")) check_template.filter = input.filter;
  if (check_template.filter == "") check_template.filter.reset();
  if (!input.properties.is_null()) check_template.properties = input.properties;
  if (input.tags) check_template.tags = *input.tags;
  if (input.template_locked) check_template.is_locked = *input.template_locked;
  if (!input.additional_metadata.is_null())
    check_template.additional_metadata = input.additional_metadata;
  if (body.contains("anomaly_message_field")) {
    check_template.anomaly_message_field = input.anomaly_message_field;
  }
  if (auto status = operations::ValidateTemplate(check_template); !status) {
    // What a rule cannot take is as much the caller's to mend as a wrong property.
    return Refuse(Problem::Invalid({{{"body"}, std::move(status.error().message)}}));
  }
  return CheckProperties(check_template);
}

}  // namespace assay::api
