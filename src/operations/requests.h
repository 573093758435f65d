// What a user asks of an operation, under the names of the REST API. The same JSON is kept as
// store::Operation::settings, so a restarted operation does what was asked.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"

namespace assay::operations {

struct SyncRequest {
  std::vector<std::string> include;  // "table", "view"; empty: both. Means nothing for files
  bool prune =
      false;  // delete known containers that vanished; else they are only marked missing
  bool recreate = false;  // bring back deleted containers that exist

  static const Fields<SyncRequest>& JsonFields();
};

struct ProfileRequest {
  std::vector<std::string> container_names;  // both empty: all
  std::vector<std::string> container_tags;
  int64_t max_records_analyzed_per_partition = -1;  // -1: all
  int64_t inference_threshold = 2;                  // 0 to 5
  std::optional<std::string> ai_effort;             // "off" to "max": the same in words, wins
  bool infer_as_draft = false;
  int64_t max_count_testing_sample = 100'000;
  double percent_testing_threshold = 0.4;
  double high_correlation_threshold = 0.5;
  int64_t histogram_max_distinct_values = 100;
  std::optional<Timestamp> greater_than_time;  // only files modified later
  std::optional<double> greater_than_batch;    // means nothing for files

  static const Fields<ProfileRequest>& JsonFields();
};

struct ScanRequest {
  std::vector<std::string> container_names;  // both empty: all
  std::vector<std::string> container_tags;
  std::vector<std::string> check_categories;  // "metadata", "data_integrity"; empty: both
  /// Only files modified since the container's last incremental scan; "metadata" is always
  /// that of the whole container.
  bool incremental = false;
  int64_t max_records_analyzed_per_partition = -1;        // -1: all
  std::optional<int64_t> enrichment_source_record_limit;  // absent: the datastore's
  std::optional<int64_t> high_count_rollup_threshold;     // absent: the datastore's
  bool archive_duplicate_anomalies = false;
  bool reactivate_recurring_anomalies = false;
  bool auto_resolve_passed_anomalies = true;  // of full scans only
  std::map<std::string, std::string> check_variables;
  std::optional<Timestamp> greater_than_time;
  std::optional<double> greater_than_batch;
  std::optional<std::string> remediation;

  static const Fields<ScanRequest>& JsonFields();
};

/// Not asked for by itself: a change of a datastore's enrichment prefix queues it.
struct MoveRequest {
  int64_t enrichment_datastore_id = 0;
  std::string from_prefix, to_prefix;

  static const Fields<MoveRequest>& JsonFields();
};
inline constexpr const char* kMoveType = "move_enrichment";

/// From a request body; keys that are not of the request ("type", "datastore_id", ...) are
/// ignored. kInvalidInput naming the key and its range; kUnsupported for what this version
/// cannot do.
Result<SyncRequest> ParseSyncRequest(const Json& body);
Result<ProfileRequest> ParseProfileRequest(const Json& body);
Result<ScanRequest> ParseScanRequest(const Json& body);

/// Validates the body of `POST /operations/run` for "sync" (or its older name "catalog"),
/// "profile" or "scan" and returns the type and the settings to store. kUnsupported for other
/// types.
struct OperationRequest {
  std::string type;
  int64_t datastore_id = 0;
  Json settings;
};
Result<OperationRequest> ParseOperationRequest(const Json& body);

/// Whether it asks for what came since some time or value only.
bool ReadsIncrementally(const OperationRequest& request);

}  // namespace assay::operations
