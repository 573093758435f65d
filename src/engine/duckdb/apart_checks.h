// The checks that a scan runs after its pass over rows, each by itself.

#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "engine/profile.h"
#include "engine/scan.h"

namespace assay::engine {

/// Whether checks of this form are run apart: those that compare whole containers, queries, and
/// those on files.
bool RunsApart(const plan::CheckForm& form);

/// What a pass over the rows of the dataset found.
struct PassedRows {
  std::vector<size_t> files;  // that were read
  int64_t row_count = 0;
};

/// The outcome of such a check; kUnasserted, with the reason, when it cannot run. Fails with
/// kCancelled after a stop request.
Result<CheckOutcome> RunApart(Session& session, const Dataset& dataset,
                              const DatasetSchema& schema, const PassedRows& passed,
                              const plan::Check& check, const ScanOptions& options,
                              const std::stop_token& stop);

}  // namespace assay::engine
