// Writing what scans found to the user's own store, as directories of Parquet files that any
// engine reads as tables, so that no reader ever sees half a run and no run is counted twice.
//
//   <root>/<prefix>/<table>/operation_date=YYYY-MM-DD/op-<id>-part-<n>.parquet
//   <root>/<prefix>/_commits/op-<id>.json
//
// Files are zstd-compressed; the commit file lists the others of its run. Every run has at
// least one part of every table, even when it has no rows, so that all tables can be read.
//
// Protocol: Stage all files (invisible), remember the EnrichmentCommit durably, Publish it.
// After a crash: Publish every remembered commit that is not known to be published (repeating
// one changes nothing), then DiscardOrphans with those that could not be published. A server
// remembers commits in its store (enrichment_recovery.h), the command line beside the tables
// (pending_commits.h).
//
// The columns of the tables are declared in enrichment_tables.h and described in
// docs/enrichment.md.

#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "operations/container_scan.h"

namespace assay::operations {

/// Which run this is and where it belongs.
struct EnrichmentRun {
  int64_t operation_id = 0;  // on the command line RunAt(its time)
  int64_t datastore_id = 0;
  std::string datastore_name;
  std::string prefix;  // "_orders" names the folder "orders"
  Timestamp operation_time{};
  bool incremental = false;
  int64_t max_rows_analyzed = -1;
  int64_t source_record_limit = 10;
  int64_t max_part_bytes = int64_t{128}
                           << 20;  // of values; a table with more has further parts
  /// Holds one part at a time, in a folder that only its owner can read and that goes away with
  /// the call; empty: $TMPDIR.
  std::string temporary_directory;
};

/// The number of a run of the command line: microseconds since 1970. Operations of servers are
/// counted from 1, so the two cannot be mistaken for each other.
int64_t RunAt(Timestamp time);

/// All staged files of a run: what must be made visible together. Serialisable.
struct EnrichmentCommit {
  int64_t operation_id = 0;
  std::string commit_path;  // of the _commits file
  std::vector<connectors::StagedFile> files;

  Json ToJson() const;
  static Result<EnrichmentCommit> FromJson(const Json& json);
};

/// Writes check_metrics, failed_checks, source_records and scan_operations (platform columns)
/// for the scans to staged files. On failure nothing stays behind. Repeating it for the same
/// run stages files of the same names, with equal rows in equal order.
Result<EnrichmentCommit> StageEnrichment(connectors::ResultWriter& writer,
                                         const EnrichmentRun& run,
                                         const std::vector<ContainerScan>& scans,
                                         std::stop_token stop);

/// Makes a commit visible: every file, last the _commits file. Repeating it changes nothing.
/// After a failure some files may be visible: repeat it. It cannot be stopped, so that half a
/// run does not stay visible; it takes one request a file.
Status PublishEnrichment(connectors::ResultWriter& writer, const EnrichmentCommit& commit);

/// kConflict when the place has a commit file of this run already. To be called before a run
/// that was never published is staged: then another installation that uses the same place has
/// given the number, and its results would be overwritten.
Status CheckRunIsNew(connectors::ResultWriter& writer, const EnrichmentRun& run,
                     std::stop_token stop);

/// Drops what was staged for a run that is not to be published. Best effort, and not stoppable:
/// what stays behind is an orphan.
void DiscardStaged(connectors::ResultWriter& writer, const EnrichmentCommit& commit);

enum class OrphansOf { kCommandLine, kEveryone };

/// Discards what is staged below the prefix and in none of `remembered`, where a file counts as
/// remembered by its path. Files of a command-line run may belong to a process that is alive:
/// they are discarded once the run is kLongestRun old. Those of servers' operations are
/// discarded with kEveryone: that is for the server itself, at its start.
Status DiscardOrphans(connectors::ResultWriter& writer, const std::string& prefix,
                      const std::vector<EnrichmentCommit>& remembered, OrphansOf whose,
                      Timestamp now, std::stop_token stop);

/// No command-line run takes longer.
inline constexpr std::chrono::days kLongestRun{7};

/// "Orders 2024" -> "_orders_2024": the platform's form of a prefix, lower case words of ASCII
/// letters and digits joined by '_', with one in front. kInvalidInput when no letter or digit
/// is left or the result is longer than 60 characters.
Result<std::string> NormalizePrefix(const std::string& prefix);

/// The folder of a prefix below the root: without its leading underscores, because readers of
/// Hive-style folders skip such paths.
std::string EnrichmentFolder(const std::string& prefix);

/// Where the commit file of a run lies below the root: "orders/_commits/op-7.json".
std::string CommitPath(const std::string& prefix, int64_t operation_id);

}  // namespace assay::operations
