// Running a user's statement whose rows are the failing ones.

#pragma once

#include <stop_token>
#include <vector>

#include "engine/duckdb/apart_checks.h"

namespace assay::engine {

/// Runs a query check. The statement sees the container as plan::QueryCheck::kContainer and its
/// references under their names, each with its top-level fields in their types. Fails, with the
/// reason, when the statement is refused (CheckStatement) or cannot be bound or run, and unless
/// all containers are there as a whole.
///
/// The files of the container are read as the statement needs them (those of one with very many
/// are copied first); references are copied whole. Copies and the rows returned spill.
/// Fails with kCancelled after a stop request.
Result<CheckOutcome> FindReturnedRows(Session& session, const Dataset& dataset,
                                      const DatasetSchema& schema, const PassedRows& passed,
                                      const plan::Check& check, const ScanOptions& options,
                                      const std::stop_token& stop);

}  // namespace assay::engine
