// Rows of the operations table. For the .cc files of this module only.

#pragma once

#include <string>
#include <vector>

#include "store/operations.h"
#include "store/sql/statement.h"

namespace assay::store::sql {

/// Operations that `rest` ("WHERE ...") selects, with their containers.
Result<std::vector<Operation>> ReadOperations(soci::session& session, const std::string& rest,
                                              const Values& values);

/// kNotFound.
Result<Operation> FindOperation(soci::session& session, int64_t id);

std::string CountersToColumn(const OperationCounters& counters);

}  // namespace assay::store::sql
