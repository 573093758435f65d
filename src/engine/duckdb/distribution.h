// Comparing how the values of a dataset are spread with those of another one.

#pragma once

#include <stop_token>
#include <vector>

#include "engine/profile.h"
#include "engine/scan.h"

namespace assay::engine {

/// Runs a distribution check. `files` are those of the dataset that were read. Fails, with the
/// reason, when one is missing, a side cannot be read (again), or has no values.
///
/// Copies the values of both sides in one read each, groups them by value and numbers the
/// groups in order, all of which spills; then takes the counts of a million groups at a time.
/// Fails with kCancelled after a stop request.
Result<CheckOutcome> MeasureDistribution(Session& session, const Dataset& dataset,
                                         const DatasetSchema& schema,
                                         const std::vector<size_t>& files,
                                         const plan::Check& check, const ScanOptions& options,
                                         const std::stop_token& stop);

}  // namespace assay::engine
