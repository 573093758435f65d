// Running checks over a dataset in one pass.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/json.h"
#include "engine/profile.h"
#include "plan/check.h"

namespace assay::engine {

/// A container that checks compare theirs with, readable in the same session.
struct ReferencedDataset {
  const Dataset* dataset = nullptr;
  const DatasetSchema* schema = nullptr;
};

struct ScanOptions {
  int64_t max_rows_per_file = -1;  // -1: all; of the scanned dataset, not of references
  /// For each check at most this many failing rows are handed back, those that come first in
  /// file and row order. The counts are always complete.
  int64_t max_failing_rows_per_check = 1000;
  /// Whether the dataset is all of its container. Of a part, what is not there cannot be told.
  enum class Extent { kWhole, kPart };
  Extent extent = Extent::kWhole;
  /// By the names that plans give them. Read as a whole, by the checks that need them.
  std::map<std::string, ReferencedDataset> references = {};
  /// The numbers with which checks on changes compare what they measure, by position of the
  /// check. One without is measured for the first time.
  std::map<size_t, plan::Literal> earlier_measures = {};
};

/// One row that fails at least one check, with its values.
struct FailingRow {
  size_t file_index = 0;   // into Dataset::files
  int64_t row_number = 0;  // from 0, within the file, header not counted; of a table: the
                           // row's address
  std::vector<size_t> failed_checks;  // ascending; all checks it fails
  Json record;  // field name -> value; exact numbers beyond 2^53 and times are texts
};

/// What happened to one check, in one file or in total.
struct CheckCounts {
  int64_t asserted_rows = 0;
  int64_t failing_rows = 0;
};

/// Groups of rows, of a check on their sizes; files, of a check on each of them.
struct GroupCounts {
  int64_t asserted_groups = 0;
  int64_t failing_groups = 0;
};

/// A record that two containers do not have alike.
struct RecordDifference {
  enum class Status {
    kChanged,  // both have it, with other values
    kRemoved,  // only the scanned one has it
    kAdded,    // only the reference has it
  };
  struct Value {
    std::string name;
    Json left, right;  // of the scanned one and the reference; null where it has no such record
  };
  Status status = Status::kChanged;
  size_t file_index = 0;      // into Dataset::files; without meaning when it was added
  int64_t row_number = -1;    // as FailingRow; -1 when it was added
  std::vector<Value> values;  // identifiers, compared and shown ones, as the check has them
  std::vector<std::string> differing_fields;  // of kChanged
};

/// What a difference check counts beside the differing records.
struct DifferenceOutcome {
  int64_t records = 0;            // asserted ones of the scanned container
  int64_t reference_records = 0;  // that took part
  /// At most ScanOptions::max_failing_rows_per_check: in file and row order, added ones last.
  std::vector<RecordDifference> first = {};
};

/// What a query check gives beside the number of rows.
struct QueryOutcome {
  /// At most ScanOptions::max_failing_rows_per_check of the rows, in the statement's order:
  /// column -> value, as in FailingRow::record.
  std::vector<Json> first = {};
};

struct CheckOutcome {
  enum class Assertion { kPassed, kFailed, kUnasserted };
  Assertion assertion =
      Assertion::kUnasserted;  // unasserted: could not run, or nothing to assert
  CheckCounts total;  // of measures: no row fails; of group sizes: rows of failing groups
  /// Parallel to Dataset::files; empty for checks of schema, measure, group sizes, differences,
  /// distributions, queries and files.
  std::vector<CheckCounts> by_file = {};
  /// Schema checks: what differs. Measures and distributions: what was measured. Group sizes
  /// and files: the first ones that fail. Of any check: why it could not run.
  std::string detail = {};
  /// Of measure and distribution checks and of those on the number of files, if they could run;
  /// may be null.
  std::optional<plan::Literal> measure = {};
  /// What the measure was compared with: the earlier one, or that of the other container.
  std::optional<plan::Literal> compared_with = {};
  GroupCounts groups = {};  // of checks on group sizes, and on each file
  /// Of a difference check that ran; its `total` counts the records that either side has, a
  /// changed one once.
  std::optional<DifferenceOutcome> difference = {};
  /// Of a query check that ran; its `total` has the rows of the container and those returned.
  std::optional<QueryOutcome> query = {};
};

struct ScanResult {
  int64_t record_count = 0;
  std::vector<CheckOutcome> checks;      // parallel to the checks given
  std::vector<FailingRow> failing_rows;  // ascending by file, row
  std::vector<FileSummary> files;
  std::vector<FileFailure> failures;
};

/// Runs all checks. Row checks count and capture failing rows; other forms see all files as
/// one. A check that an engine cannot run gives kUnasserted with the reason, and does not stop
/// others. One pass over the columns that the checks use, then a read of the row groups that
/// hold rows to hand back; before it one over the columns of aggregates, one over those of
/// group sizes, and after it one for each key that repeats. Measures and the sizes of groups
/// across files need every file: without one of them they are not asserted. A table that cannot
/// be read is a failure; a file that cannot is in `failures`. Membership checks copy the values
/// they compare, of both sides, which may spill; one whose reference cannot be read as a whole
/// is not asserted. Difference and distribution checks do that with both sides, query checks
/// with their references; they need every file, as do those on the number of files and on
/// repeated ones. Of these all but distributions are not asserted either when the dataset is
/// but a part, and neither are comparisons, changes and the last update by a field.
Result<ScanResult> Scan(Session& session, const Dataset& dataset, const DatasetSchema& schema,
                        const std::vector<plan::Check>& checks, const ScanOptions& options,
                        const RunContext& context);

/// Runs row checks without aggregates and unique checks over rows that
/// ProfileOptions::holdout_share set aside, at most about `max_rows` of them, spread over the
/// files. One CheckCounts per check; a check that cannot run has asserted_rows 0.
Result<std::vector<CheckCounts>> CountOnHoldout(Session& session, const Dataset& dataset,
                                                const DatasetSchema& schema,
                                                const std::vector<plan::Check>& checks,
                                                double holdout_share, int64_t max_rows,
                                                const RunContext& context);

/// Rows that fail row checks without aggregates, of the rows that CountOnHoldout counts: for
/// each check the first `max_examples`.
Result<std::vector<FailingRow>> ExamplesOnHoldout(Session& session, const Dataset& dataset,
                                                  const DatasetSchema& schema,
                                                  const std::vector<plan::Check>& checks,
                                                  double holdout_share, int64_t max_rows,
                                                  int64_t max_examples,
                                                  const RunContext& context);

}  // namespace assay::engine
