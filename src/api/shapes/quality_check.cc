#include "api/shapes/quality_check.h"

#include <map>
#include <set>

#include "api/shapes/references.h"
#include "rules/rule_type.h"
#include "store/fields.h"

namespace assay::api {
namespace {

struct FieldReference {
  std::optional<int64_t> id;  // null when the container has no such field now
  std::string name;
  std::optional<std::string> type;

  static const Fields<FieldReference>& JsonFields() {
    static const Fields<FieldReference> fields = {
        Optional("id", &FieldReference::id, "Null when the field is not known."),
        Required("name", &FieldReference::name, "Its name."),
        Optional("type", &FieldReference::type, "Its type."),
    };
    return fields;
  }
};

struct QualityCheckView {
  int64_t id = 0;
  Timestamp created{};
  std::string rule_type;
  std::string description;
  ContainerReference container;
  std::vector<FieldReference> fields;
  double coverage = 1;
  std::optional<std::string> filter;
  Json properties;
  std::vector<TagReference> global_tags;
  Json additional_metadata;
  std::string status;
  std::optional<std::string> anomaly_message_field;
  bool inferred = false;
  Json evidence;
  bool is_new = false, favorite = false;
  int64_t weight = 0;
  int64_t anomaly_count = 0, active_anomaly_count = 0, num_container_scans = 0;
  std::optional<bool> is_passing;
  std::optional<Timestamp> last_asserted;
  Timestamp last_updated{};
  std::optional<std::string> last_editor;
  std::optional<Timestamp> deleted_at;
  std::optional<int64_t> owner_id, default_anomaly_assignee_id, template_id;
  std::optional<bool> template_locked;
  Json template_values;
  bool is_template = false;
  bool is_properties_inferrable = false, is_coverage_inferrable = false;
  bool is_description_inferrable = false;
};

const Fields<QualityCheckView>& ViewFields() {
  using V = QualityCheckView;
  static const Fields<QualityCheckView> fields = {
      Required("id", &V::id, "Its id."),
      Required("created", &V::created, "When it was made."),
      Required("rule_type", &V::rule_type, "Its rule."),
      Required("description", &V::description, "For people."),
      Required("container", &V::container, "What it checks."),
      Required("fields", &V::fields, "The fields it looks at."),
      Required("coverage", &V::coverage, "Share of rows that must pass."),
      Optional("filter", &V::filter, "Only these rows are checked."),
      Required("properties", &V::properties, "What the rule needs."),
      Required("global_tags", &V::global_tags, "Its tags."),
      Required("additional_metadata", &V::additional_metadata, "As users gave it."),
      Required("status", &V::status, "Active, Draft; archived: Invalid, Discarded."),
      Optional("anomaly_message_field", &V::anomaly_message_field,
               "A field whose value describes the anomaly."),
      Required("inferred", &V::inferred, "Whether a profile proposed it."),
      Required("evidence", &V::evidence, "Of inferred ones: rows it was fitted and tried on."),
      Required("is_new", &V::is_new, "Whether nobody has looked at it."),
      Required("favorite", &V::favorite, "Marked by users."),
      Required("weight", &V::weight, "How much its anomalies matter."),
      Required("anomaly_count", &V::anomaly_count, "Anomalies that fail it."),
      Required("active_anomaly_count", &V::active_anomaly_count, "Open ones of those."),
      Required("num_container_scans", &V::num_container_scans, "Scans that asserted it."),
      Optional("is_passing", &V::is_passing, "Outcome of the last assertion."),
      Optional("last_asserted", &V::last_asserted, "When that was."),
      Required("last_updated", &V::last_updated, "When it was last edited."),
      Optional("last_editor", &V::last_editor, "By whom."),
      Optional("deleted_at", &V::deleted_at, "When it was archived."),
      Optional("owner_id", &V::owner_id, "A user."),
      Optional("default_anomaly_assignee_id", &V::default_anomaly_assignee_id, "A user."),
      Optional("template_id", &V::template_id, "Its template."),
      Optional("template_locked", &V::template_locked,
               "Whether that is locked: then it decides what the check asserts."),
      Required("template_values", &V::template_values,
               "In place of each each() of the template's filter."),
      Required("is_template", &V::is_template, "Always false."),
      Required("is_properties_inferrable", &V::is_properties_inferrable,
               "Whether the next profile may set its properties."),
      Required("is_coverage_inferrable", &V::is_coverage_inferrable,
               "Whether the next profile may set its coverage."),
      Required("is_description_inferrable", &V::is_description_inferrable,
               "Whether the next profile may describe it anew."),
  };
  return fields;
}

/// What the checks of one answer refer to, read at once.
struct Lookup {
  std::map<std::pair<int64_t, std::string>, store::Field> fields;  // by container and name
  TagLookup tags;
};

Result<Lookup> Load(store::Access& access, const std::vector<store::QualityCheck>& checks) {
  std::set<int64_t> distinct;
  std::vector<std::string> tag_names;
  for (const store::QualityCheck& check : checks) {
    distinct.insert(check.container_id);
    tag_names.insert(tag_names.end(), check.tags.begin(), check.tags.end());
  }
  Lookup lookup;
  if (distinct.empty()) return lookup;
  const std::vector<int64_t> container_ids(distinct.begin(), distinct.end());
  ASSAY_TRY(const auto fields, store::FieldRecords(access).OfContainers(container_ids));
  for (const store::Field& field : fields) {
    lookup.fields[{field.container_id, field.name}] = field;
  }
  ASSAY_TRY(lookup.tags, TagLookup::Load(access, tag_names));
  return lookup;
}

QualityCheckView MakeView(const store::QualityCheck& check, const Lookup& lookup) {
  QualityCheckView view{.id = check.id,
                        .created = check.created,
                        .rule_type = check.rule_type,
                        .description = check.description,
                        .container = {.id = check.container_id,
                                      .name = check.container_name,
                                      .container_type = check.container_type},
                        .fields = {},
                        .coverage = check.coverage,
                        .filter = check.filter,
                        .properties = check.properties,
                        .global_tags = lookup.tags.References(check.tags),
                        .additional_metadata = check.additional_metadata,
                        .status = check.status,
                        .anomaly_message_field = check.anomaly_message_field,
                        .inferred = check.inferred,
                        .evidence = check.evidence,
                        .is_new = check.is_new,
                        .favorite = check.favorite,
                        .weight = check.weight(),
                        .anomaly_count = check.anomaly_count,
                        .active_anomaly_count = check.active_anomaly_count,
                        .num_container_scans = check.num_container_scans,
                        .is_passing = check.is_passing,
                        .last_asserted = check.last_asserted,
                        .last_updated = check.last_updated,
                        .last_editor = {},
                        .deleted_at = check.deleted_at,
                        .owner_id = check.owner_id,
                        .default_anomaly_assignee_id = check.default_anomaly_assignee_id,
                        .template_id = check.template_id,
                        .template_locked = check.template_locked,
                        .template_values = check.template_values};
  for (const std::string& name : check.fields) {
    FieldReference reference{.id = {}, .name = name, .type = {}};
    if (const auto found = lookup.fields.find({check.container_id, name});
        found != lookup.fields.end()) {
      reference.id = found->second.id;
      reference.type = found->second.type;
    }
    view.fields.push_back(std::move(reference));
  }
  if (!check.last_editor.empty()) view.last_editor = check.last_editor;
  const rules::RuleType* rule = rules::FindRuleType(check.rule_type);
  view.is_properties_inferrable =
      check.inferred && rule != nullptr && !rule->properties_schema.empty();
  view.is_coverage_inferrable = check.inferred && rule != nullptr && rule->supports_coverage;
  view.is_description_inferrable = check.inferred;
  return view;
}

}  // namespace

Shape QualityCheckShape() {
  return {.name = "QualityCheck", .schema = ViewFields().Schema()};
}

Result<std::vector<Json>> PrintQualityChecks(store::Access& access,
                                             const std::vector<store::QualityCheck>& checks) {
  ASSAY_TRY(const Lookup lookup, Load(access, checks));
  std::vector<Json> printed;
  for (const store::QualityCheck& check : checks) {
    printed.push_back(ViewFields().Print(MakeView(check, lookup)));
  }
  return printed;
}

}  // namespace assay::api
