// Anomalies: what failed, with the checks it failed and the rows that show it.

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

struct AnomalyFailedCheck {
  std::optional<int64_t> check_id;  // absent when the check was deleted
  std::string rule_type;
  std::string message;
};

struct AnomalySourceRecord {
  std::string relative_path;
  int64_t row_number = 0;  // from 0, within the file
  std::vector<std::string> failing_fields;
  Json record = Json::object();
};

struct Anomaly {
  int64_t id = 0;
  std::string uuid;  // unique
  Timestamp created{};
  int64_t container_id = 0;
  int64_t operation_id = 0;
  int64_t container_scan_id = 0;
  std::string type;               // record, shape
  std::string status = "Active";  // open: Active, Acknowledged; archived: Resolved, Invalid,
                                  // Duplicate, Discarded
  bool is_new = true;
  bool is_rolled_up = false;
  int64_t anomalous_records_count = 0;
  int64_t fingerprint = 0;
  int64_t weight = 0;
  std::optional<std::string> description;  // in place of the message
  std::string message;                     // of its failed checks
  std::string relative_path;               // of a single row
  bool source_enriched = false;            // its source records are in the enrichment store
  std::optional<int64_t>
      resolved_by_operation_id;  // set by a scan in which it no longer appeared
  std::vector<AnomalyFailedCheck> failed_checks;
  std::vector<std::string> tags;
  std::vector<int64_t> assignee_ids;
  // For display; read only.
  std::string container_name, container_type, datastore_name;
  int64_t datastore_id = 0;

  bool is_archived() const { return status != "Active" && status != "Acknowledged"; }
};

struct AnomalyFilter {
  std::vector<int64_t> ids;
  std::string uuid;
  std::vector<int64_t> datastore_ids;
  std::vector<int64_t> container_ids;
  std::vector<int64_t> check_ids;
  std::vector<int64_t> operation_ids;
  std::vector<int64_t> container_scan_ids;
  std::vector<std::string> types;
  std::vector<std::string> statuses;  // when given, `archived` is not looked at
  Archived archived = Archived::kExclude;
  std::vector<std::string> rule_types;
  std::vector<std::string> tags;
  std::vector<std::string> fields;  // of failed checks
  std::optional<bool> source_enriched;
  std::optional<Timestamp> created_from, created_to;  // both inclusive
  std::optional<DatastoreScope> scope;
  enum class Sort { kCreated, kWeight } sort = Sort::kCreated;
  SortOrder order = SortOrder::kDescending;
};

/// What a scan has to store of an anomaly besides itself.
struct NewAnomaly {
  Anomaly anomaly;
  std::vector<AnomalySourceRecord> source_records;
};

class Anomalies {
 public:
  explicit Anomalies(Access& access) : access_(access) {}

  /// Stores all in the order given, without assignees that do not exist; returns their ids.
  /// kConflict when a uuid exists.
  Result<std::vector<int64_t>> Add(const std::vector<NewAnomaly>& anomalies);
  Result<Anomaly> Get(int64_t id);
  Result<Page<Anomaly>> List(const AnomalyFilter& filter, const PageRequest& page);
  Result<std::vector<AnomalySourceRecord>> SourceRecords(int64_t id);

  /// Writes status, is_new, description, tags and assignees. kNotFound; kInvalidInput for an
  /// unknown status or assignee.
  Status Update(const Anomaly& anomaly);
  /// Deletes it for good.
  Status Delete(int64_t id);

  /// Ids of the open anomalies of a container by fingerprint.
  Result<std::map<int64_t, int64_t>> OpenByFingerprint(int64_t container_id);
  /// Ids of the newest archived anomalies of a container by fingerprint, Duplicates left out.
  Result<std::map<int64_t, int64_t>> ArchivedByFingerprint(int64_t container_id);
  /// Open anomalies of the container whose checks are all among `asserted_check_ids` and whose
  /// fingerprint is not among `seen` become Resolved, credited to the operation. Returns how
  /// many.
  Result<int64_t> ResolvePassed(int64_t container_id, int64_t operation_id,
                                const std::vector<int64_t>& asserted_check_ids,
                                const std::vector<int64_t>& seen);

 private:
  Access& access_;
};

}  // namespace assay::store
