// Copying some fields of a dataset as a whole, to compute something of them.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/duckdb/scratch_database.h"
#include "engine/profile.h"
#include "plan/expression.h"

namespace assay::engine {

/// Values of all rows of a dataset, in a table of the session.
struct FieldCopy {
  std::unique_ptr<ScratchDatabase> database;  // holds the table
  std::string table;
  plan::Schema schema;  // the fields, which are columns "v0", "v1", ... of the table
  std::vector<std::string> further;  // columns of the further values
};

/// Copies the named fields of those rows for which `condition` is true, and further values (SQL
/// over the dataset's columns). Errors as CopyWhole, and kInvalidInput for an unknown field or
/// a condition that cannot be evaluated.
Result<FieldCopy> CopyFields(Session& session, const Dataset& dataset,
                             const DatasetSchema& schema, const std::vector<std::string>& names,
                             const std::optional<plan::Expression>& condition,
                             const std::vector<std::string>& further,
                             const std::stop_token& stop);

}  // namespace assay::engine
