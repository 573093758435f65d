// Containers: named collections of records with one schema, as sync found them.

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

struct Container {
  int64_t id = 0;
  Timestamp created{};
  int64_t datastore_id = 0;
  std::string name;                     // unique in its datastore
  std::string container_type = "file";  // or "table", "view", "computed_file", ...
  /// Of a computed container what it is made of (operations/computed_definition.h); null of
  /// those that sync finds.
  Json definition;

  // What sync saw last.
  /// Of the files' common pattern, in place of the name, which stays what it was when the
  /// container was first found. Empty: not synced since such keys are kept.
  std::string group_key;
  std::string folder;  // relative to the datastore's root
  std::string format;  // "parquet", "delimited", "json", "table"
  std::vector<std::string> partition_fields;
  int64_t file_count = 0;
  int64_t size_bytes = 0;
  std::optional<Timestamp> last_modified;
  /// Changes when any file or read option does. Empty: not everything could be read.
  std::string listing_digest;
  bool is_missing = false;             // was not there at the last sync
  std::optional<std::string> problem;  // why its schema could not be read

  /// Time of the newest file that an incremental scan has read.
  std::optional<Timestamp> incremental_checkpoint;

  // What users decide.
  std::optional<std::string> file_name_override;  // pattern in place of the automatic one
  Json read_options = Json::object();             // engine::ReadOptions; detected when absent
  std::optional<std::string> description;
  bool favorite = false;
  Json group_by_fields = Json::array();
  Json additional_metadata = Json::object();
  bool volumetric_tracking_enabled = false;
  bool freshness_tracking_enabled = false;
  std::vector<std::string> tags;

  std::optional<Timestamp> deleted_at;  // deleted by a user or pruned
};

struct ContainerFilter {
  std::vector<int64_t> ids;
  std::vector<int64_t> datastore_ids;
  std::string name;    // exact
  std::string search;  // part of the name, any case
  std::vector<std::string> container_types;
  std::vector<std::string> tags;
  Archived deleted = Archived::kExclude;
  std::optional<DatastoreScope> scope;
  enum class Sort { kId, kName, kCreated } sort = Sort::kId;
  SortOrder order = SortOrder::kAscending;
};

/// The short form for choosers.
struct ContainerListing {
  int64_t id = 0;
  std::string name;
  std::string container_type;
};

struct ContainerMetrics {
  std::optional<Timestamp> last_profiled, last_scanned;
  int64_t fields = 0;
  std::optional<int64_t> records;  // of the last profile
  int64_t active_checks = 0;
  int64_t active_anomalies = 0;  // open ones
};

class Containers {
 public:
  explicit Containers(Access& access) : access_(access) {}

  /// kConflict when the datastore has one of this name (deleted ones count).
  Result<Container> Create(Container container);
  Result<Container> Get(int64_t id);
  /// Also finds deleted ones.
  Result<Container> FindByName(int64_t datastore_id, const std::string& name);
  /// Writes what users decide, and nothing else: a job that is running may have written the
  /// rest since `container` was read. kNotFound.
  Status Update(const Container& container);
  /// Writes name and definition of a computed container, and nothing else. Errors as Create,
  /// and kNotFound.
  Status Redefine(const Container& container);
  /// Writes what sync saw, and nothing else; one that was deleted is back. kNotFound.
  Status RecordSync(const Container& container);
  /// Remembers that the last sync did not find it. kNotFound.
  Status MarkMissing(int64_t id);
  Status SetIncrementalCheckpoint(int64_t id, Timestamp newest);
  /// Keeps the container and its history, out of sight.
  Status MarkDeleted(int64_t id, Timestamp now);
  /// Drops it with its fields, checks, profiles and anomalies.
  Status Delete(int64_t id);
  Result<Page<Container>> List(const ContainerFilter& filter, const PageRequest& page);
  /// All that are not deleted, by name.
  Result<std::vector<ContainerListing>> Listing(int64_t datastore_id,
                                                const std::string& container_type);
  /// Every container of a datastore, deleted ones included, by name.
  Result<std::vector<Container>> AllOf(int64_t datastore_id);
  /// All computed containers of any datastore that are not deleted.
  Result<std::vector<Container>> AllComputed();

  /// An entry for every id given.
  Result<std::map<int64_t, ContainerMetrics>> Metrics(const std::vector<int64_t>& ids);

 private:
  Access& access_;
};

}  // namespace assay::store
