// Datastores: a root path in a connection, to read data from or to write enrichment to.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "store/access.h"
#include "store/datastore_scope.h"
#include "store/page.h"

namespace assay::store {

struct Datastore {
  int64_t id = 0;
  Timestamp created{};
  std::string name;  // unique
  int64_t connection_id = 0;
  std::string type;       // of its connection; read only
  std::string root_path;  // file stores
  std::string database;   // SQL stores
  std::string schema;
  std::optional<std::string> description;
  bool enrichment_only = false;
  bool folder_globbing_enabled = false;
  bool favorite = false;
  std::optional<bool> connected;  // outcome of the last connection test or operation
  std::optional<int64_t> enrichment_datastore_id;
  std::string enrichment_prefix;  // normalised, "_orders"; may be set before a link
  int64_t enrichment_source_record_limit = 10;
  std::string enrichment_remediation_strategy = "none";
  int64_t high_count_rollup_threshold = 10;
  Json additional_properties = Json::object();  // what later versions of the interface add
  /// From names of field tags to how values of such fields are masked: {"email": "full"}.
  Json masking = Json::object();
  std::vector<std::string> teams;  // names, at least one
  std::vector<std::string> tags;   // names
};

struct DatastoreFilter {
  std::vector<int64_t> ids;
  std::string name;
  std::string search;
  std::vector<std::string> types;
  std::vector<std::string> tags;  // any of them
  std::optional<bool> enrichment_only;
  std::optional<DatastoreScope> scope;
  enum class Sort { kId, kName, kCreated, kFavorite } sort = Sort::kId;
  SortOrder order = SortOrder::kAscending;
};

struct DatastoreMetrics {
  int64_t containers = 0;
  int64_t records = 0;          // of the last profile of each container
  int64_t fields_profiled = 0;  // in those
  int64_t active_checks = 0;
  int64_t active_anomalies = 0;  // open ones: Active and Acknowledged
};

class Datastores {
 public:
  explicit Datastores(Access& access) : access_(access) {}

  /// kConflict when the name is taken. kInvalidInput for no team or an unknown one, or an
  /// unknown connection. Tags that do not exist yet are made.
  Result<Datastore> Create(Datastore datastore);
  Result<Datastore> Get(int64_t id);
  Result<Datastore> FindByName(const std::string& name);
  /// Writes everything but id, created, type, enrichment_only, connected and the enrichment
  /// link. Errors as Create, and kNotFound.
  Status Update(const Datastore& datastore);
  /// Deletes it with its containers, checks, anomalies and operations. kNotFound; kConflict
  /// while an operation runs on it or other datastores link to it for enrichment.
  Status Delete(int64_t id);
  Result<Page<Datastore>> List(const DatastoreFilter& filter, const PageRequest& page);

  /// Linking again to the same one succeeds. kConflict when `id` is an enrichment datastore
  /// itself or is linked to another one; kInvalidInput when `enrichment_id` is none or `id`
  /// itself.
  Status LinkEnrichment(int64_t id, int64_t enrichment_id);
  /// Succeeds when there is no link; resets the remediation strategy to "none".
  Status UnlinkEnrichment(int64_t id);
  /// The only way to change `connected` once it is created. kNotFound.
  Status SetConnected(int64_t id, bool connected);

  /// An entry for every id given.
  Result<std::map<int64_t, DatastoreMetrics>> Metrics(const std::vector<int64_t>& ids);

 private:
  static Status LinkIn(soci::session& session, int64_t id, int64_t enrichment_id);

  Access& access_;
};

}  // namespace assay::store
