// Writing what scans found to the user's own store, as directories of Parquet files that any engine
// reads as tables, so that no reader ever sees half a run and no run is counted twice.
//
//   <root>/<prefix>/<table>/operation_date=YYYY-MM-DD/op-<id>-part-<n>.parquet    zstd
//   <root>/<prefix>/_commits/op-<id>.json                                         lists the files of a run
//
// Protocol: Stage all files (invisible), remember the EnrichmentCommit durably, Publish it. After a
// crash: Publish every remembered commit again (it is idempotent), then DiscardOrphans.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "operations/container_scan.h"

namespace assay::operations {

/// Which run this is and where it belongs.
struct EnrichmentRun {
  int64_t operation_id = 0;
  int64_t datastore_id = 0;
  std::string datastore_name;
  std::string prefix;  // "_orders" names the folder "orders"
  Timestamp operation_time{};
  bool incremental = false;
  int64_t max_rows_analyzed = -1;
  int64_t source_record_limit = 10;
};

/// All staged files of a run: what must be made visible together. Serialisable.
struct EnrichmentCommit {
  int64_t operation_id = 0;
  std::string commit_path;  // of the _commits file
  std::vector<connectors::StagedFile> files;

  Json ToJson() const;
  static Result<EnrichmentCommit> FromJson(const Json& json);
};

/// Writes check_metrics, failed_checks, source_records and scan_operations (platform columns) for the
/// scans to staged files. On failure nothing stays behind.
Result<EnrichmentCommit> StageEnrichment(connectors::ResultWriter& writer, engine::Session& session,
                                         const EnrichmentRun& run, const std::vector<ContainerScan>& scans,
                                         std::stop_token stop);

/// Makes a commit visible: every file, last the _commits file. Repeating it changes nothing.
Status PublishEnrichment(connectors::ResultWriter& writer, const EnrichmentCommit& commit, std::stop_token stop);

/// Discards everything staged below the prefix that is in none of `remembered`.
Status DiscardOrphans(connectors::ResultWriter& writer, const std::string& prefix,
                      const std::vector<EnrichmentCommit>& remembered, std::stop_token stop);

/// "Orders 2024" -> "_orders_2024": the platform's form of a prefix. kInvalidInput when empty or
/// longer than 60 characters.
Result<std::string> NormalizePrefix(const std::string& prefix);

}  // namespace assay::operations
