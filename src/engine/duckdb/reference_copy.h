// Copying what checks compare with out of another dataset.

#pragma once

#include <string>

#include "engine/duckdb/row_copy.h"
#include "engine/duckdb/scratch_database.h"
#include "engine/scan.h"

namespace assay::engine {

/// Copies into the table of `database`, whose name it returns. All of the dataset has to be
/// readable: the first file that is not is the error, with its name. Read beside any snapshot
/// that is open on a table.
Result<std::string> CopyWhole(Session& session, const Dataset& dataset,
                              const DatasetSchema& schema, const RowCopy& copy,
                              const ScratchDatabase& database, const std::stop_token& stop);

/// The same of what a check compares with, and the error says so: a part says nothing of what
/// is in it.
Result<std::string> CopyReference(Session& session, const ReferencedDataset& reference,
                                  const RowCopy& copy, const ScratchDatabase& database,
                                  const std::stop_token& stop);

}  // namespace assay::engine
