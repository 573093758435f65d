// Running checks on the files of a dataset.

#pragma once

#include <stop_token>

#include "engine/profile.h"
#include "engine/scan.h"

namespace assay::engine {

/// Runs a check on files. Looks at all files of the dataset, also at those that could not be
/// read as tables: a file whose bytes are damaged has no even rows, no header and no encoding.
/// Fails, with the reason, for tables, for files of a format that the check is not about, of a
/// part of the container when the check is about all files together, and when a store does not
/// give what is asked of it; with kCancelled after a stop request.
Result<CheckOutcome> CheckFiles(Session& session, const Dataset& dataset,
                                const DatasetSchema& schema, const plan::Check& check,
                                const ScanOptions& options, const std::stop_token& stop);

}  // namespace assay::engine
