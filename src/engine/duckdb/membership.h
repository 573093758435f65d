// Finding the rows that fail membership checks.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/duckdb/repeated_rows.h"
#include "engine/duckdb/scan_checks.h"

namespace assay::engine {

/// The failing rows of each membership check, by its index among the checks of the scan.
///
/// Copies the values of all checks in one read of the given files, and the distinct ones of
/// each reference in one read of that; then each check is a join of the two, hashed and
/// spilling. The error of a check is that its values cannot be read again, that its reference
/// cannot be read as a whole, or kCancelled after a stop request.
std::map<size_t, Result<SurplusRows>> FindMembershipFailures(
    Session& session, const Dataset& dataset, const DatasetSchema& schema,
    const std::vector<size_t>& files, const std::vector<PrintedMembership>& memberships,
    const std::map<std::string, ReferencedDataset>& references, int64_t max_rows_per_file,
    const std::stop_token& stop);

}  // namespace assay::engine
