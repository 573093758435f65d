#include "api/shapes/datastore_input.h"

#include <fmt/format.h>

#include "api/schema_check.h"
#include "api/shapes/connection.h"
#include "api/shapes/connection_uri.h"
#include "connectors/connector_type.h"
#include "operations/enrichment.h"
#include "sensitive/masking.h"
#include "store/users.h"

namespace assay::api {
namespace {

Json InputSchema(std::initializer_list<const char*> required) {
  const Json non_empty = {{"minLength", 1}, {"maxLength", 255}};
  Json schema = Constrain(
      AllowNullForOptional(DatastoreInput::JsonFields().Schema()),
      {{"name", non_empty},
       {"description", {{"maxLength", 255}}},
       {"teams", {{"minItems", 1}}},
       {"enrichment_source_record_limit", {{"minimum", 1}, {"maximum", 1'000'000'000}}},
       {"enrichment_remediation_strategy", {{"enum", {"none", "append", "overwrite"}}}},
       {"high_count_rollup_threshold", {{"minimum", 1}, {"maximum", 1000}}}});
  schema["properties"]["tags"]["items"] = {
      {"type", "string"}, {"minLength", 1}, {"maxLength", 255}};
  Json connection = ConnectionCreateShape().schema;
  connection["nullable"] = true;
  connection["description"] = "A new connection, in place of connection_id.";
  schema["properties"]["connection"] = std::move(connection);
  if (required.size() > 0) schema["required"] = Json(required);
  return schema;
}

Answer<void> CheckTeams(const std::vector<std::string>& teams, store::Access& access) {
  std::vector<Fault> faults;
  for (size_t i = 0; i < teams.size(); ++i) {
    const auto team = store::Teams(access).FindByName(teams[i]);
    if (team) continue;
    if (team.error().kind != ErrorKind::kNotFound) return Refuse(team.error());
    faults.push_back({{"body", "teams", i}, fmt::format("there is no team '{}'", teams[i])});
  }
  if (!faults.empty()) return Refuse(Problem::Invalid(std::move(faults)));
  return {};
}

/// The root path that the input asks for. Clients that know no root path send it as `schema`;
/// those that send back all they read change only one of the two.
std::string ChooseRootPath(const DatastoreInput& input, const store::Datastore& before) {
  const bool root_is_new = input.root_path && *input.root_path != before.root_path;
  const bool schema_is_new =
      input.schema && !input.schema->empty() && *input.schema != before.schema;
  if (root_is_new || !schema_is_new) return input.root_path.value_or(before.root_path);
  return *input.schema;
}

/// Where in its connection the datastore is.
Answer<void> ApplyPlace(const DatastoreInput& input, store::Datastore& datastore) {
  switch (connectors::FamilyOfType(datastore.type)) {
    case connectors::StoreFamily::kFiles: {
      const std::string root_path = ChooseRootPath(input, datastore);
      if (root_path.empty()) {
        return Refuse(Problem::InvalidKey("root_path", "is required: use / for everything"));
      }
      API_RETURN_IF_ERROR(At({"body", "root_path"}, CheckRootPath(root_path)));
      datastore.root_path = root_path;
      break;
    }
    case connectors::StoreFamily::kTables:
      if (input.root_path && !input.root_path->empty()) {
        return Refuse(
            Problem::InvalidKey("root_path", "is of files; give database and schema"));
      }
      if (input.database.value_or(datastore.database).empty())
        return Refuse(Problem::InvalidKey("database", "is required"));
      if (input.schema.value_or(datastore.schema).empty())
        return Refuse(Problem::InvalidKey("schema", "is required"));
      break;
  }
  if (input.database) datastore.database = *input.database;
  if (input.schema) datastore.schema = *input.schema;
  return {};
}

}  // namespace

const Fields<DatastoreInput>& DatastoreInput::JsonFields() {
  static const Fields<DatastoreInput> fields = {
      Optional("name", &DatastoreInput::name, "A label, unique."),
      Optional("connection", &DatastoreInput::connection, ""),
      Optional("connection_id", &DatastoreInput::connection_id, "A saved connection."),
      Optional("root_path", &DatastoreInput::root_path,
               "dfs: where it starts below the connection's URI; / for all of it."),
      Optional("database", &DatastoreInput::database,
               "jdbc: the database; required. dfs: kept as it is."),
      Optional(
          "schema", &DatastoreInput::schema,
          "jdbc: the schema in the database; required. dfs: taken as root path when that is "
          "absent."),
      Optional("description", &DatastoreInput::description, "For people."),
      Optional("teams", &DatastoreInput::teams, "Names of teams; Public when absent."),
      Optional("tags", &DatastoreInput::tags, "Names of tags; unknown ones are made."),
      Optional("enrichment_only", &DatastoreInput::enrichment_only,
               "Whether it holds results in place of data; cannot change."),
      Optional("enrich_only", &DatastoreInput::enrich_only, "Older name of enrichment_only."),
      Optional("trigger_sync", &DatastoreInput::trigger_sync,
               "Whether to look for data at once."),
      Optional("trigger_catalog", &DatastoreInput::trigger_catalog,
               "Older name of trigger_sync."),
      Optional("folder_globbing_enabled", &DatastoreInput::folder_globbing_enabled,
               "Whether all files of a folder are one container, whatever their names."),
      Optional("enrichment_datastore_id", &DatastoreInput::enrichment_datastore_id,
               "The enrichment datastore that scans write to; absent or null keeps the link."),
      Optional("enrichment_prefix", &DatastoreInput::enrichment_prefix,
               "Names its folder there, at most 60 characters; made of the name when absent."),
      Optional("enrichment_source_record_limit",
               &DatastoreInput::enrichment_source_record_limit,
               "Examples kept for each anomaly."),
      Optional("enrichment_remediation_strategy",
               &DatastoreInput::enrichment_remediation_strategy, "Must be none."),
      Optional("high_count_rollup_threshold", &DatastoreInput::high_count_rollup_threshold,
               "Failing rows of a check above which they are one anomaly."),
      Optional(
          "masking", &DatastoreInput::masking,
          "How values are hidden from anomalies, profiles and enrichment: from a tag of "
          "fields, or sensitive for all, to full, last4 (shows the last four characters) or "
          "hash. From the next scan and profile on."),
  };
  return fields;
}

Shape DatastoreCreateShape() {
  return {.name = "DatastoreCreate", .schema = InputSchema({"name"})};
}

Shape DatastoreUpdateShape() {
  return {.name = "DatastoreUpdate", .schema = InputSchema({})};
}

Shape DatastoreTestShape() {
  return {.name = "DatastoreTest", .schema = InputSchema({})};
}

Answer<DatastoreInput> ReadDatastoreInput(const Json& body) {
  return At({"body"}, DatastoreInput::JsonFields().Parse(body, UnknownKeys::kIgnore));
}

Answer<void> ApplyToDatastore(const DatastoreInput& input, store::Access& access,
                              store::Datastore& datastore) {
  API_RETURN_IF_ERROR(ApplyPlace(input, datastore));
  if (input.teams) API_RETURN_IF_ERROR(CheckTeams(*input.teams, access));
  if (input.enrichment_prefix && !input.enrichment_prefix->empty()) {
    API_TRY(datastore.enrichment_prefix,
            At({"body", "enrichment_prefix"},
               operations::NormalizePrefix(*input.enrichment_prefix)));
  }
  if (input.enrichment_remediation_strategy.value_or("none") != "none") {
    return Refuse(Problem(400,
                          "enrichment_remediation_strategy: this version writes no remediation "
                          "tables; use none"));
  }
  if (input.name) datastore.name = *input.name;
  if (input.description) datastore.description = input.description;
  if (input.teams) datastore.teams = *input.teams;
  if (datastore.teams.empty()) datastore.teams = {"Public"};
  if (input.tags) datastore.tags = *input.tags;
  datastore.folder_globbing_enabled =
      input.folder_globbing_enabled.value_or(datastore.folder_globbing_enabled);
  datastore.enrichment_source_record_limit =
      input.enrichment_source_record_limit.value_or(datastore.enrichment_source_record_limit);
  datastore.high_count_rollup_threshold =
      input.high_count_rollup_threshold.value_or(datastore.high_count_rollup_threshold);
  if (input.masking) {
    API_RETURN_IF_ERROR(At({"body", "masking"}, sensitive::ParsePolicy(*input.masking)));
    datastore.masking = JsonCodec<std::map<std::string, std::string>>::Print(*input.masking);
  }
  return {};
}

}  // namespace assay::api
