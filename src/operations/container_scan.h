// What a scan of one container found, in the product's terms: anomalies with failed checks,
// messages, fingerprints and source records. Pure functions of the engine's result; nothing is
// stored here.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/scan.h"
#include "operations/references.h"
#include "rules/check.h"
#include "sensitive/masking.h"

namespace assay::operations {

/// A check that takes part in a scan.
struct ScanCheck {
  int64_t id = 0;  // of the store; position + 1 in a check file on the command line
  rules::CheckDefinition definition;
  bool is_inferred = false;
  /// A field whose value is the message of a failing row, in place of ours; absent or null
  /// there: ours. Messages about many rows or the whole container are always ours.
  std::optional<std::string> message_field = {};
  std::vector<std::string> tags;
  Json additional_metadata = Json::object();
};

/// What a check measured before, as its plan asks for it; nullopt: it never did.
using FindEarlier =
    std::function<Result<std::optional<plan::Literal>>(const ScanCheck&, const plan::Change&)>;

struct ScanSettings {
  int64_t max_rows_per_file = -1;  // -1: all
  /// 1 to 1000: failing rows of a check above which they are one anomaly.
  int64_t high_count_rollup_threshold = 10;
  int64_t source_record_limit = 10;  // 1 to 1e9: examples kept for each anomaly
  plan::Variables variables;         // for {{ placeholders }}
  engine::ScanOptions::Extent extent = engine::ScanOptions::Extent::kWhole;  // of the dataset
  OpenReference open_reference = {};  // for checks that name another container
  FindEarlier find_earlier = {};  // for checks on changes; empty: nothing was measured before
  /// Applied to all values before they become part of the ContainerScan, which is all that
  /// reports, the store and enrichment see; only fingerprints are of the values themselves.
  sensitive::Masks masks = {};
};

enum class AnomalyType { kRecord, kShape };

/// One check that an anomaly fails.
struct FailedCheck {
  size_t check_index = 0;  // into ContainerScan::checks
  std::string message;     // a sentence for people
};

/// A failing row as evidence.
struct SourceRecord {
  std::string relative_path;  // of its file
  int64_t row_number = 0;     // from 0; -1: it is in no file here, but a record of another
                              // container, or one that a query returned
  std::vector<std::string> failing_fields;
  /// Of a record that another container does not have alike: its values, with {"left": here,
  /// "right": there} where they differ, and "_row_status": "changed", "removed" (only here) or
  /// "added" (only there).
  Json record;
};

/// Something that failed: a row with all checks it fails (record), a check with many failing
/// rows rolled up into one (record, with a count), or a property of the container (shape).
///
/// Only checks that hold row by row, with coverage 1, give record anomalies. A row that fails
/// nothing but rolled-up checks has no anomaly of its own; one that fails another check as well
/// has, and then lists the rolled-up checks too, so that its fingerprint does not depend on
/// what else is in the data.
struct Anomaly {
  std::string uuid;
  AnomalyType type = AnomalyType::kRecord;
  bool is_rolled_up = false;
  int64_t anomalous_records_count = 0;  // 1 for a single row
  /// Record: of checks and all source values of the row; shape and rolled-up: of check,
  /// container and failing group (the number of failing rows; for a schema what differs).
  /// Independent of file and row order and of when the run was. Stable across releases. See
  /// fingerprint.h.
  int64_t fingerprint = 0;
  std::string relative_path;  // file of a single row; empty otherwise
  std::vector<FailedCheck> failed_checks;
  std::vector<SourceRecord> source_records;
};

/// What became of one check.
struct CheckResult {
  ScanCheck check;
  /// That it is about, also calculated ones; as the check names them when it did not compile.
  std::vector<std::string> fields;
  std::vector<std::string> compared_fields = {};  // see rules::CompiledCheck
  /// Of its failures: record for checks that hold row by row, with coverage 1; else shape.
  AnomalyType anomaly_type = AnomalyType::kRecord;
  engine::CheckOutcome outcome;  // by_file is parallel to ContainerScan::files
  std::string error;             // why it could not be compiled or run; empty otherwise
  /// The number it measured over the whole container, for later scans to compare theirs with.
  std::optional<plan::Literal> measurement = {};
};

struct ContainerScan {
  std::string container;
  int64_t container_id = 0;
  Timestamp start_time{}, end_time{};
  int64_t record_count = 0;
  std::vector<CheckResult> checks;
  /// Records first, by file and row, then those that queries returned, then rolled-up, then
  /// shape.
  std::vector<Anomaly> anomalies;
  std::vector<engine::FileSummary> files;  // that were read, in the order of the dataset
  std::vector<engine::FileFailure> failures;
};

/// Compiles and runs the checks over the dataset and turns failures into anomalies. A check
/// that does not compile is reported in its CheckResult and does not stop the others.
/// `failures` holds those of the schema and those of the scan, each file once. container_id is
/// left to the caller. Fails only as engine::Scan and settings.find_earlier do, and with
/// kInvalidInput for settings out of range.
Result<ContainerScan> ScanContainer(engine::Session& session, const engine::Dataset& dataset,
                                    const engine::DatasetSchema& schema,
                                    const std::vector<ScanCheck>& checks,
                                    const ScanSettings& settings, Timestamp now,
                                    const engine::RunContext& context);

/// Adds what a scan of the same container found of other checks. Rows, files and times stay
/// those of `scan`, unless it has no checks.
void AppendScan(ContainerScan& scan, ContainerScan other);

/// The part after the engine: from counts and failing rows to anomalies. `compiled` is parallel
/// to `checks`, empty for those that did not compile, and the failing rows of `result` refer to
/// `checks`. At least as many failing rows per check as either limit of `settings` must be
/// there (or all). Uuids are random.
std::vector<Anomaly> FindAnomalies(
    const std::string& container, const std::vector<CheckResult>& checks,
    const std::vector<std::optional<rules::CompiledCheck>>& compiled,
    const engine::ScanResult& result, const engine::Dataset& dataset,
    const plan::Schema& schema, const ScanSettings& settings);

}  // namespace assay::operations
