// Comparing a dataset with another one, record by record.

#pragma once

#include <stop_token>
#include <vector>

#include "engine/profile.h"
#include "engine/scan.h"

namespace assay::engine {

/// Runs a difference check, but for the assertion, which follows from its counts. `files` are
/// those of the dataset that were read. Fails, with the reason, unless both sides are there as
/// a whole and can be read (again).
///
/// Copies the values of both sides, which may spill, in one read each. Equal records cancel out
/// by a grouping; what is left over is paired by a join on the identifiers. All of that is
/// hashed and spills, so that time grows with the number of records.
/// Fails with kCancelled after a stop request.
Result<CheckOutcome> FindDifferences(Session& session, const Dataset& dataset,
                                     const DatasetSchema& schema,
                                     const std::vector<size_t>& files, const plan::Check& check,
                                     const ScanOptions& options, const std::stop_token& stop);

}  // namespace assay::engine
