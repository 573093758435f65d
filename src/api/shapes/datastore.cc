#include "api/shapes/datastore.h"

#include <map>
#include <set>

#include "api/shapes/operation.h"
#include "api/shapes/references.h"
#include "connectors/connector_type.h"
#include "store/connections.h"
#include "store/users.h"

namespace assay::api {
namespace {

struct MetricsView {
  int64_t containers = 0, records = 0, fields_profiled = 0, active_checks = 0,
          active_anomalies = 0;

  static const Fields<MetricsView>& JsonFields() {
    static const Fields<MetricsView> fields = {
        Required("containers", &MetricsView::containers, "Known containers."),
        Required("records", &MetricsView::records, "Rows in their last profiles."),
        Required("fields_profiled", &MetricsView::fields_profiled, "Fields in those."),
        Required("active_checks", &MetricsView::active_checks, "Checks that scans assert."),
        Required("active_anomalies", &MetricsView::active_anomalies, "Open anomalies."),
    };
    return fields;
  }
};

struct DatastoreView {
  int64_t id = 0;
  Timestamp created{};
  std::string name;
  std::string store_type;
  std::string type;
  int64_t connection_id = 0;
  ConnectionReference connection;
  std::optional<std::string> database, schema;
  std::optional<std::string> root_path;
  bool folder_globbing_enabled = false;
  std::optional<bool> connected;
  bool favorite = false;
  std::optional<std::string> description;
  bool enrichment_only = false;
  std::optional<std::string> enrichment_prefix;
  int64_t enrichment_source_record_limit = 0;
  std::string enrichment_remediation_strategy;
  int64_t high_count_rollup_threshold = 0;
  Json masking;
  std::optional<NamedReference> enrich_datastore;
  std::vector<NamedReference> teams;
  std::vector<TagReference> global_tags;
  std::optional<Json> latest_operation;
  MetricsView metrics;
};

const Fields<DatastoreView>& ViewFields() {
  using V = DatastoreView;
  static const Fields<DatastoreView> fields = {
      Required("id", &V::id, "Its id."),
      Required("created", &V::created, "When it was made."),
      Required("name", &V::name, "A label, unique."),
      Required("store_type", &V::store_type, "Its family: dfs for files, jdbc for tables."),
      Required("type", &V::type, "Its connector."),
      Required("connection_id", &V::connection_id, "Its connection."),
      Required("connection", &V::connection, "Its connection."),
      Optional("database", &V::database, "jdbc: its database."),
      Optional("schema", &V::schema, "jdbc: its schema in the database. dfs: as given."),
      Optional("root_path", &V::root_path, "dfs: where it starts below the connection's URI."),
      Required("folder_globbing_enabled", &V::folder_globbing_enabled,
               "Whether all files of a folder are one container."),
      Optional("connected", &V::connected, "Outcome of the last test or operation."),
      Required("favorite", &V::favorite, "Marked by users."),
      Optional("description", &V::description, "For people."),
      Required("enrichment_only", &V::enrichment_only, "Whether it holds results, not data."),
      Optional("enrichment_prefix", &V::enrichment_prefix, "Names its folder of results."),
      Required("enrichment_source_record_limit", &V::enrichment_source_record_limit,
               "Examples kept for each anomaly."),
      Required("enrichment_remediation_strategy", &V::enrichment_remediation_strategy, "none."),
      Required("high_count_rollup_threshold", &V::high_count_rollup_threshold,
               "Failing rows of a check above which they are one anomaly."),
      Required("masking", &V::masking,
               "How values of fields with a tag are hidden, by the tag: full, last4 or hash."),
      Optional("enrich_datastore", &V::enrich_datastore, "Where scans write results."),
      Required("teams", &V::teams, "Who sees it."),
      Required("global_tags", &V::global_tags, "Its tags."),
      Optional("latest_operation", &V::latest_operation, "The newest operation."),
      Required("metrics", &V::metrics, "Counts."),
  };
  return fields;
}

std::optional<std::string> NullIfEmpty(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

/// What the datastores of one answer refer to, read at once.
struct Lookup {
  std::map<int64_t, ConnectionReference> connections;
  std::map<int64_t, NamedReference> enrichment_datastores;
  std::map<std::string, NamedReference> teams;
  TagLookup tags;
  std::map<int64_t, store::DatastoreMetrics> metrics;
};

Result<Lookup> Load(Dependencies& dependencies,
                    const std::vector<store::Datastore>& datastores) {
  store::Database& database = dependencies.database;
  std::set<int64_t> connection_ids, enrichment_ids;
  std::vector<int64_t> ids;
  std::vector<std::string> tag_names;
  std::set<std::string> team_names;
  for (const store::Datastore& datastore : datastores) {
    ids.push_back(datastore.id);
    connection_ids.insert(datastore.connection_id);
    if (datastore.enrichment_datastore_id) {
      enrichment_ids.insert(*datastore.enrichment_datastore_id);
    }
    team_names.insert(datastore.teams.begin(), datastore.teams.end());
    tag_names.insert(tag_names.end(), datastore.tags.begin(), datastore.tags.end());
  }
  Lookup lookup;
  if (ids.empty()) return lookup;
  for (const int64_t id : connection_ids) {
    ASSAY_TRY(const auto found, store::Connections(database, dependencies.cipher).Get(id));
    lookup.connections[id] = {.id = id, .name = found.name, .type = found.type};
  }
  for (const int64_t id : enrichment_ids) {
    ASSAY_TRY(const auto found, store::Datastores(database).Get(id));
    lookup.enrichment_datastores[id] = {.id = id, .name = found.name};
  }
  for (const std::string& name : team_names) {
    ASSAY_TRY(const auto found, store::Teams(database).FindByName(name));
    lookup.teams[name] = {.id = found.id, .name = name};
  }
  ASSAY_TRY(lookup.tags, TagLookup::Load(database, tag_names));
  ASSAY_TRY(lookup.metrics, store::Datastores(database).Metrics(ids));
  return lookup;
}

DatastoreView MakeView(const store::Datastore& datastore, const Lookup& lookup) {
  const store::DatastoreMetrics& metrics = lookup.metrics.at(datastore.id);
  DatastoreView view{
      .id = datastore.id,
      .created = datastore.created,
      .name = datastore.name,
      .store_type = connectors::StoreFamilyName(connectors::FamilyOfType(datastore.type)),
      .type = datastore.type,
      .connection_id = datastore.connection_id,
      .connection = lookup.connections.at(datastore.connection_id),
      .database = NullIfEmpty(datastore.database),
      .schema = NullIfEmpty(datastore.schema),
      .root_path = NullIfEmpty(datastore.root_path),
      .folder_globbing_enabled = datastore.folder_globbing_enabled,
      .connected = datastore.connected,
      .favorite = datastore.favorite,
      .description = datastore.description,
      .enrichment_only = datastore.enrichment_only,
      .enrichment_prefix = NullIfEmpty(datastore.enrichment_prefix),
      .enrichment_source_record_limit = datastore.enrichment_source_record_limit,
      .enrichment_remediation_strategy = datastore.enrichment_remediation_strategy,
      .high_count_rollup_threshold = datastore.high_count_rollup_threshold,
      .masking = datastore.masking,
      .enrich_datastore = {},
      .teams = {},
      .global_tags = lookup.tags.References(datastore.tags),
      .latest_operation = {},
      .metrics = {.containers = metrics.containers,
                  .records = metrics.records,
                  .fields_profiled = metrics.fields_profiled,
                  .active_checks = metrics.active_checks,
                  .active_anomalies = metrics.active_anomalies}};
  if (datastore.enrichment_datastore_id) {
    view.enrich_datastore = lookup.enrichment_datastores.at(*datastore.enrichment_datastore_id);
  }
  for (const std::string& name : datastore.teams) view.teams.push_back(lookup.teams.at(name));
  return view;
}

}  // namespace

Shape DatastoreShape() {
  return {.name = "Datastore", .schema = ViewFields().Schema()};
}

Result<std::vector<Json>> PrintDatastores(Dependencies& dependencies,
                                          const std::vector<store::Datastore>& datastores) {
  ASSAY_TRY(const Lookup lookup, Load(dependencies, datastores));
  std::vector<Json> printed;
  for (const store::Datastore& datastore : datastores) {
    DatastoreView view = MakeView(datastore, lookup);
    ASSAY_TRY(const auto latest, store::Operations(dependencies.database).Latest(datastore.id));
    if (latest) {
      ASSAY_TRY(auto operation,
                PrintOperations(dependencies.database, {*latest}, Detail::kBrief));
      view.latest_operation = std::move(operation.front());
    }
    printed.push_back(ViewFields().Print(view));
  }
  return printed;
}

}  // namespace assay::api
