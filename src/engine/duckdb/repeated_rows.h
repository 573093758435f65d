// Finding the rows behind a unique check that does not hold.

#pragma once

#include <vector>

#include "engine/duckdb/scan_checks.h"
#include "engine/scan/failing_positions.h"
#include "engine/scan/repeated_hashes.h"

namespace assay::engine {

/// The surplus rows of one unique check: rows whose key occurred in an earlier row, in file and
/// row order. Reads the key columns of all given files once more if a hash of a key is
/// repeated; the rows behind those are compared exactly by the engine, which may spill. Fails,
/// with the file's name, when one can no longer be read in the version that was listed.
struct SurplusRows {
  std::vector<int64_t> count_by_file;        // parallel to Dataset::files
  std::vector<scan::FailingPosition> first;  // the first `limit` of them
};
Result<SurplusRows> FindSurplusRows(Session& session, const Dataset& dataset,
                                    const DatasetSchema& schema,
                                    const std::vector<size_t>& files, const ScanChecks& checks,
                                    size_t unique_index, const scan::RepeatedHashes& all_hashes,
                                    const ScanOptions& options, std::stop_token stop);

}  // namespace assay::engine
