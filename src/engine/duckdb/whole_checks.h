// What a scan finds out apart from its pass over rows: values and groups of all rows together.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/scan.h"

namespace assay::engine {

/// All members are parallel to the checks of the scan.
struct WholeChecks {
  std::vector<plan::Check> checks;    // row checks with their aggregates replaced by the values
  std::vector<std::string> refusals;  // why a check cannot run; empty: it can
  /// Of measures, comparisons and freshness, and of group sizes with a key; without the rows
  /// that were asserted.
  std::vector<std::optional<CheckOutcome>> outcomes;
};

/// Fails only when stopped.
Result<WholeChecks> RunWholeChecks(Session& session, const Dataset& dataset,
                                   const DatasetSchema& schema,
                                   const std::vector<plan::Check>& checks,
                                   const ScanOptions& options, const RunContext& context);

/// The outcome of group sizes whose groups are files; `files` are those that were read, and
/// `asserted_rows` of each file of the dataset.
CheckOutcome FileSizesOutcome(const plan::Check& check, const Dataset& dataset,
                              const std::vector<size_t>& files,
                              const std::vector<int64_t>& asserted_rows);

}  // namespace assay::engine
