// Copying what checks compare with out of another dataset.

#pragma once

#include <string>

#include "engine/duckdb/row_copy.h"
#include "engine/duckdb/scratch_database.h"
#include "engine/scan.h"

namespace assay::engine {

/// Copies into the table of `database`, whose name it returns. All of the reference has to be
/// readable: a part says nothing of what is in it, so the first file that is not is the error.
/// Read beside any snapshot that is open on a table.
Result<std::string> CopyReference(Session& session, const ReferencedDataset& reference,
                                  const RowCopy& copy, const ScratchDatabase& database,
                                  const std::stop_token& stop);

}  // namespace assay::engine
