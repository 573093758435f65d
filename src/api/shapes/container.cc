#include "api/shapes/container.h"

#include <algorithm>
#include <array>
#include <set>

#include "api/shapes/computed_field.h"
#include "api/shapes/field_tag.h"
#include "api/shapes/references.h"
#include "engine/dataset.h"
#include "operations/computed_definition.h"
#include "store/computed_fields.h"
#include "store/datastores.h"

namespace assay::api {
namespace {

/// Keys that computed containers do not have.
constexpr std::array kOfListedOnly = {"file_name",        "relative_path", "file_format",
                                      "partition_fields", "is_missing",    "problem"};

struct QualityScoreView {
  std::optional<double> total;

  static const Fields<QualityScoreView>& JsonFields() {
    static const Fields<QualityScoreView> fields = {
        Optional("total", &QualityScoreView::total, "Always null: scores are not computed."),
    };
    return fields;
  }
};

struct MetricsView {
  std::optional<Timestamp> last_profiled, last_scanned;
  int64_t fields = 0;
  std::optional<int64_t> records;
  int64_t active_checks = 0, active_anomalies = 0;
  int64_t files = 0, size_bytes = 0;
  std::optional<Timestamp> last_modified;
  QualityScoreView quality_score;

  static const Fields<MetricsView>& JsonFields() {
    using V = MetricsView;
    static const Fields<MetricsView> fields = {
        Optional("last_profiled", &V::last_profiled, "When it was last profiled."),
        Optional("last_scanned", &V::last_scanned, "When it was last scanned."),
        Required("fields", &V::fields, "Known fields."),
        Optional("records", &V::records, "Rows in its last profile."),
        Required("active_checks", &V::active_checks, "Checks that scans assert."),
        Required("active_anomalies", &V::active_anomalies, "Open anomalies."),
        Required("files", &V::files, "Files at the last sync; 1 for a table."),
        Required("size_bytes", &V::size_bytes, "Their size."),
        Optional("last_modified", &V::last_modified, "Of the newest of them."),
        Required("quality_score", &V::quality_score, "Its quality."),
    };
    return fields;
  }
};

struct ContainerView {
  int64_t id = 0;
  Timestamp created{};
  std::string name;
  std::string container_type;
  std::optional<std::string> table_type;
  DatastoreReference datastore;
  std::optional<std::string> description;
  bool favorite = false;
  std::string file_name;
  std::string relative_path;
  std::string file_format;
  std::vector<std::string> partition_fields;
  std::optional<std::string> partition_field, incremental_field_name;
  std::optional<std::string> incremental_identifier_type;
  Json group_by_fields = Json::array();
  std::vector<TagReference> global_tags;
  std::vector<Json> computed_fields;
  bool volumetric_tracking_enabled = false;
  bool freshness_tracking_enabled = false;
  Json additional_metadata = Json::object();
  std::optional<Timestamp> deleted_at;
  bool is_missing = false;
  std::optional<std::string> problem;
  MetricsView metrics;
};

const Fields<ContainerView>& ViewFields() {
  using V = ContainerView;
  static const Fields<ContainerView> fields = {
      Required("id", &V::id, "Its id."),
      Required("created", &V::created, "When it was first seen."),
      Required("name", &V::name, "Its name, unique in its datastore."),
      Required("container_type", &V::container_type,
               "What it is: file, table, view, computed_table, computed_file or "
               "computed_join."),
      Optional("table_type", &V::table_type, "table or view; null for others."),
      Required("datastore", &V::datastore, "Where it is."),
      Optional("description", &V::description, "For people."),
      Required("favorite", &V::favorite, "Marked by users."),
      Required("file_name", &V::file_name, "The pattern of its files' names."),
      Required("relative_path", &V::relative_path, "Its folder below the datastore's root."),
      Required("file_format", &V::file_format, "parquet, delimited, json or table."),
      Required("partition_fields", &V::partition_fields, "Fields that come from folder names."),
      Optional("partition_field", &V::partition_field, "Of tables of SQL stores: null."),
      Optional("incremental_field_name", &V::incremental_field_name,
               "Of tables of SQL stores: null."),
      Optional("incremental_identifier_type", &V::incremental_identifier_type,
               "What tells an incremental scan which files are new: last-modified. Null for "
               "tables, which are read as a whole."),
      Required("group_by_fields", &V::group_by_fields, "Always empty."),
      Required("global_tags", &V::global_tags, "Its tags."),
      Required("computed_fields", &V::computed_fields, "As /api/computed-fields shows them."),
      Required("volumetric_tracking_enabled", &V::volumetric_tracking_enabled,
               "Whether its volume is watched."),
      Required("freshness_tracking_enabled", &V::freshness_tracking_enabled,
               "Whether its freshness is watched."),
      Required("additional_metadata", &V::additional_metadata, "As users gave it."),
      Optional("deleted_at", &V::deleted_at, "When it was deleted."),
      Required("is_missing", &V::is_missing, "Whether the last sync did not find it."),
      Optional("problem", &V::problem, "Why its schema could not be read."),
      Required("metrics", &V::metrics, "Numbers."),
  };
  return fields;
}

/// Of computed containers what they are made of; those that sync finds have no such keys.
void AddDefinitions(Json& schema) {
  for (const Json& part : {operations::ComputedTableDefinition::JsonFields().Schema(),
                           operations::ComputedFileDefinition::JsonFields().Schema(),
                           operations::ComputedJoinDefinition::JsonFields().Schema()}) {
    for (const auto& [key, property] : part["properties"].items())
      schema["properties"][key] = property;
  }
  // What is about files only, and so not shown of them.
  for (const char* key : kOfListedOnly) {
    auto& required = schema["required"];
    required.erase(std::remove(required.begin(), required.end(), Json(key)), required.end());
  }
}

struct FieldView {
  int64_t id = 0;
  std::string name, type, native_type;
  bool type_declared = true, is_partition = false;
  std::string status;
  std::vector<FieldTagView> field_tags;
};

const Fields<FieldView>& FieldFields() {
  static const Fields<FieldView> fields = {
      Required("id", &FieldView::id, "Its id."),
      Required("name", &FieldView::name, "Its name; members of structs as a.b."),
      Required("type", &FieldView::type, "Integral, Fractional, Boolean, String, ..."),
      Required("native_type", &FieldView::native_type, "The reader's type."),
      Required("type_declared", &FieldView::type_declared,
               "Whether the file or table says the type."),
      Required("is_partition", &FieldView::is_partition, "Whether it is from a folder's name."),
      Required("status", &FieldView::status, "Active, Masked, Missing or Excluded."),
      Required("field_tags", &FieldView::field_tags, "What sensitive values it holds."),
  };
  return fields;
}

}  // namespace

Shape ContainerShape() {
  Json schema = ViewFields().Schema();
  const Json options = engine::ReadOptions::JsonFields().Schema();
  for (const auto& [key, option] : options["properties"].items()) {
    schema["properties"][key] = option;
  }
  AddDefinitions(schema);
  return {.name = "Container", .schema = std::move(schema)};
}

Result<std::vector<Json>> PrintContainers(store::Access& access,
                                          const std::vector<store::Container>& containers) {
  std::vector<int64_t> ids;
  std::set<int64_t> datastore_ids;
  std::vector<std::string> tag_names;
  for (const store::Container& container : containers) {
    ids.push_back(container.id);
    datastore_ids.insert(container.datastore_id);
    tag_names.insert(tag_names.end(), container.tags.begin(), container.tags.end());
  }
  std::map<int64_t, DatastoreReference> datastores;
  for (const int64_t id : datastore_ids) {
    ASSAY_TRY(const auto found, store::Datastores(access).Get(id));
    datastores[id] = ReferenceTo(found);
  }
  ASSAY_TRY(const TagLookup tags, TagLookup::Load(access, tag_names));
  std::map<int64_t, std::vector<Json>> computed_fields;
  ASSAY_TRY(const auto fields, store::ComputedFields(access).OfContainers(ids));
  for (const store::ComputedField& field : fields)
    computed_fields[field.container_id].push_back(PrintComputedField(field));
  ASSAY_TRY(auto metrics, store::Containers(access).Metrics(ids));
  std::vector<Json> printed;
  for (const store::Container& container : containers) {
    const store::ContainerMetrics& numbers = metrics[container.id];
    const std::string& type = container.container_type;
    const bool is_file = type == "file";
    const bool is_table = type == "table" || type == "view";
    Json json = ViewFields().Print(
        {.id = container.id,
         .created = container.created,
         .name = container.name,
         .container_type = container.container_type,
         .table_type = is_table ? std::optional(type) : std::nullopt,
         .datastore = datastores[container.datastore_id],
         .description = container.description,
         .favorite = container.favorite,
         .file_name = container.file_name_override.value_or(container.name),
         .relative_path = container.folder,
         .file_format = container.format,
         .partition_fields = container.partition_fields,
         .partition_field = {},
         .incremental_field_name = {},
         .incremental_identifier_type =
             is_file ? std::optional<std::string>("last-modified") : std::nullopt,
         .group_by_fields = container.group_by_fields,
         .global_tags = tags.References(container.tags),
         .computed_fields = computed_fields[container.id],
         .volumetric_tracking_enabled = container.volumetric_tracking_enabled,
         .freshness_tracking_enabled = container.freshness_tracking_enabled,
         .additional_metadata = container.additional_metadata,
         .deleted_at = container.deleted_at,
         .is_missing = container.is_missing,
         .problem = container.problem,
         .metrics = {.last_profiled = numbers.last_profiled,
                     .last_scanned = numbers.last_scanned,
                     .fields = numbers.fields,
                     .records = numbers.records,
                     .active_checks = numbers.active_checks,
                     .active_anomalies = numbers.active_anomalies,
                     .files = container.file_count,
                     .size_bytes = container.size_bytes,
                     .last_modified = container.last_modified,
                     .quality_score = {}}});
    ASSAY_TRY(const engine::ReadOptions options,
              engine::ReadOptions::JsonFields().Parse(container.read_options));
    const Json option_values = engine::ReadOptions::JsonFields().Print(options);
    if (operations::IsComputed(type)) {
      for (const char* key : kOfListedOnly) json.erase(key);
      json["exclude_fields"] = option_values["exclude_fields"];
      for (const auto& [key, value] : container.definition.items()) json[key] = value;
    } else {
      for (const auto& [key, value] : option_values.items()) json[key] = value;
    }
    printed.push_back(std::move(json));
  }
  return printed;
}

Shape ContainerListingShape() {
  return {.name = "ContainerListing", .schema = ContainerReference::JsonFields().Schema()};
}

Shape FieldShape() {
  return {.name = "Field", .schema = FieldFields().Schema()};
}

Json PrintField(const store::Field& field, const std::vector<store::FieldTag>& tags) {
  return FieldFields().Print({.id = field.id,
                              .name = field.name,
                              .type = field.type,
                              .native_type = field.native_type,
                              .type_declared = field.type_declared,
                              .is_partition = field.is_partition,
                              .status = field.status,
                              .field_tags = ViewTags(tags)});
}

}  // namespace assay::api
