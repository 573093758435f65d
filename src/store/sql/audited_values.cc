#include "store/sql/audited_values.h"

#include <fmt/format.h>

#include <deque>

namespace assay::store::sql {
namespace {

enum class Kind { kText, kNumber, kFraction, kTruth, kTime, kJson, kSecret };

struct Column {
  const char* name;
  Kind kind;
  const char* column = nullptr;  // the name when null
};

struct List {
  const char* name;
  const char* query;  // one text a row; "?" is the id
};

struct Audited {
  const char* table;
  const char* title;  // the value that names it
  std::vector<Column> columns;
  std::vector<List> lists = {};
};

const Audited& AuditedOf(EntityType type) {
  static const Audited connection = {
      "connections",
      "name",
      {{"name", Kind::kText}, {"type", Kind::kText}, {"properties", Kind::kJson}}};
  static const Audited datastore = {
      "datastores",
      "name",
      {{"name", Kind::kText},
       {"connection_id", Kind::kNumber},
       {"root_path", Kind::kText},
       {"database", Kind::kText, "database_name"},
       {"schema", Kind::kText, "schema_name"},
       {"description", Kind::kText},
       {"enrichment_only", Kind::kTruth},
       {"folder_globbing_enabled", Kind::kTruth},
       {"favorite", Kind::kTruth},
       {"enrichment_datastore_id", Kind::kNumber},
       {"enrichment_prefix", Kind::kText},
       {"enrichment_source_record_limit", Kind::kNumber},
       {"enrichment_remediation_strategy", Kind::kText},
       {"high_count_rollup_threshold", Kind::kNumber},
       {"additional_properties", Kind::kJson},
       {"masking", Kind::kJson}},
      {{"teams",
        "SELECT name FROM teams JOIN datastore_teams ON team_id = teams.id WHERE datastore_id "
        "= "
        "? ORDER BY name"},
       {"tags",
        "SELECT name FROM global_tags JOIN datastore_tags ON tag_id = global_tags.id WHERE "
        "datastore_id = ? ORDER BY name"}}};
  static const Audited container = {
      "containers",
      "name",
      {{"name", Kind::kText},
       {"datastore_id", Kind::kNumber},
       {"container_type", Kind::kText},
       {"folder", Kind::kText},
       {"format", Kind::kText},
       {"file_name", Kind::kText, "file_name_override"},
       {"read_options", Kind::kJson},
       {"definition", Kind::kJson},
       {"description", Kind::kText},
       {"favorite", Kind::kTruth},
       {"group_by_fields", Kind::kJson},
       {"additional_metadata", Kind::kJson},
       {"volumetric_tracking_enabled", Kind::kTruth},
       {"freshness_tracking_enabled", Kind::kTruth},
       {"deleted_at", Kind::kTime}},
      {{"tags",
        "SELECT name FROM global_tags JOIN container_tags ON tag_id = global_tags.id WHERE "
        "container_id = ? ORDER BY name"}}};
  static const Audited field = {
      "fields",
      "name",
      {{"name", Kind::kText}, {"container_id", Kind::kNumber}, {"status", Kind::kText}},
      {{"field_tags",
        "SELECT tag || ' ' || state FROM field_tags WHERE field_id = ? AND state <> 'proposed' "
        "ORDER BY tag"}}};
  static const Audited computed_field = {"computed_fields",
                                         "name",
                                         {{"name", Kind::kText},
                                          {"container_id", Kind::kNumber},
                                          {"transformation", Kind::kText},
                                          {"source_fields", Kind::kJson},
                                          {"properties", Kind::kJson},
                                          {"additional_metadata", Kind::kJson}}};
  static const Audited quality_check = {
      "quality_checks",
      "rule",
      {{"rule", Kind::kText, "rule_type"},
       {"container_id", Kind::kNumber},
       {"fields", Kind::kJson},
       {"filter", Kind::kText},
       {"coverage", Kind::kFraction},
       {"properties", Kind::kJson},
       {"description", Kind::kText},
       {"status", Kind::kText},
       {"inferred", Kind::kTruth},
       {"favorite", Kind::kTruth},
       {"additional_metadata", Kind::kJson},
       {"anomaly_message_field", Kind::kText},
       {"owner_id", Kind::kNumber},
       {"default_anomaly_assignee_id", Kind::kNumber},
       {"template_id", Kind::kNumber}},
      {{"tags",
        "SELECT name FROM global_tags JOIN quality_check_tags ON tag_id = global_tags.id WHERE "
        "check_id = ? ORDER BY name"}}};
  static const Audited quality_check_template = {
      "quality_check_templates",
      "rule",
      {{"rule", Kind::kText, "rule_type"},
       {"filter", Kind::kText},
       {"coverage", Kind::kFraction},
       {"properties", Kind::kJson},
       {"description", Kind::kText},
       {"template_locked", Kind::kTruth, "is_locked"},
       {"additional_metadata", Kind::kJson},
       {"anomaly_message_field", Kind::kText}},
      {{"tags",
        "SELECT name FROM global_tags JOIN quality_check_template_tags ON tag_id = "
        "global_tags.id WHERE template_id = ? ORDER BY name"}}};
  static const Audited anomaly = {
      "anomalies",
      "uuid",
      {{"uuid", Kind::kText},
       {"container_id", Kind::kNumber},
       {"type", Kind::kText},
       {"status", Kind::kText},
       {"description", Kind::kText}},
      {{"tags",
        "SELECT name FROM global_tags JOIN anomaly_tags ON tag_id = global_tags.id WHERE "
        "anomaly_id = ? ORDER BY name"},
       {"assignees",
        "SELECT name FROM users JOIN anomaly_assignees ON anomaly_assignees.user_id = users.id "
        "WHERE anomaly_id = ? ORDER BY name"}}};
  static const Audited operation = {"operations",
                                    "type",
                                    {{"type", Kind::kText},
                                     {"datastore_id", Kind::kNumber},
                                     {"settings", Kind::kJson},
                                     {"abort_requested", Kind::kTruth},
                                     {"aborted_by", Kind::kText}}};
  static const Audited user = {"users",
                               "name",
                               {{"name", Kind::kText},
                                {"email", Kind::kText},
                                {"role", Kind::kText},
                                {"password", Kind::kSecret, "password_hash"},
                                {"active", Kind::kTruth, "is_active"}},
                               {{"teams",
                                 "SELECT name FROM teams JOIN team_members ON team_id = "
                                 "teams.id WHERE user_id = ? ORDER "
                                 "BY name"}}};
  static const Audited team = {
      "teams",
      "name",
      {{"name", Kind::kText}, {"description", Kind::kText}, {"permission", Kind::kText}}};
  static const Audited token = {"tokens",
                                "name",
                                {{"name", Kind::kText},
                                 {"user_id", Kind::kNumber},
                                 {"expiration", Kind::kTime},
                                 {"revoked", Kind::kTruth}}};
  static const Audited tag = {"global_tags",
                              "name",
                              {{"name", Kind::kText},
                               {"color", Kind::kText},
                               {"description", Kind::kText},
                               {"category", Kind::kText},
                               {"weight_modifier", Kind::kNumber}}};
  static const Audited setting = {"settings", "name", {}};
  switch (type) {
    case EntityType::kConnection: return connection;
    case EntityType::kDatastore: return datastore;
    case EntityType::kContainer: return container;
    case EntityType::kField: return field;
    case EntityType::kComputedField: return computed_field;
    case EntityType::kQualityCheck: return quality_check;
    case EntityType::kQualityCheckTemplate: return quality_check_template;
    case EntityType::kAnomaly: return anomaly;
    case EntityType::kOperation: return operation;
    case EntityType::kUser: return user;
    case EntityType::kTeam: return team;
    case EntityType::kToken: return token;
    case EntityType::kTag: return tag;
    case EntityType::kSetting: return setting;
  }
  return setting;
}

/// Places for the columns of one row, each with how it is printed.
struct Cell {
  const Column* column;
  std::optional<int64_t> number;
  std::optional<std::string> text;
  double fraction = 0;
};

Json Print(const Cell& cell) {
  switch (cell.column->kind) {
    case Kind::kText:
    case Kind::kSecret: return cell.text ? Json(*cell.text) : Json();
    case Kind::kJson: return cell.text ? ParseJson(*cell.text).value_or(*cell.text) : Json();
    case Kind::kNumber: return cell.number ? Json(*cell.number) : Json();
    case Kind::kFraction: return cell.fraction;
    case Kind::kTruth: return cell.number.value_or(0) != 0;
    case Kind::kTime:
      return cell.number ? Json(FormatTimestamp(TimestampFromColumn(*cell.number))) : Json();
  }
  return {};
}

}  // namespace

Json AuditedValues(soci::session& session, EntityType type, int64_t id) {
  const Audited& audited = AuditedOf(type);
  if (audited.columns.empty()) return {};
  std::string names;
  for (const Column& column : audited.columns) {
    names += (names.empty() ? "" : ", ") +
             std::string(column.column != nullptr ? column.column : column.name);
  }
  std::deque<Cell> cells;
  Select select(session, fmt::format("SELECT {} FROM {} WHERE id = ?", names, audited.table),
                {id});
  for (const Column& column : audited.columns) {
    Cell& cell = cells.emplace_back(Cell{.column = &column});
    switch (column.kind) {
      case Kind::kText:
      case Kind::kSecret:
      case Kind::kJson: select.Into(cell.text); break;
      case Kind::kFraction: select.Into(cell.fraction); break;
      case Kind::kNumber:
      case Kind::kTruth:
      case Kind::kTime: select.Into(cell.number); break;
    }
  }
  if (!select.Next()) return {};
  Json values = Json::object();
  for (const Cell& cell : cells) values[cell.column->name] = Print(cell);
  for (const List& list : audited.lists) {
    Json items = Json::array();
    std::string item;
    Select rows(session, list.query, {id});
    rows.Into(item);
    while (rows.Next()) items.push_back(item);
    values[list.name] = std::move(items);
  }
  return values;
}

bool IsHidden(EntityType type, const std::string& name) {
  for (const Column& column : AuditedOf(type).columns) {
    if (name == column.name) return column.kind == Kind::kSecret;
  }
  return false;
}

std::string AuditedName(EntityType type, const Json& values) {
  const auto found = values.find(AuditedOf(type).title);
  return found != values.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace assay::store::sql
