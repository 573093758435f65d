// Asking a database about the statement of a computed table.

#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "operations/datastore_access.h"
#include "store/containers.h"

namespace assay::operations {

/// The names of the columns that a computed table's statement gives; the database plans it and
/// does not run it. kInvalidInput beginning with "query" for what is wrong with it, beginning
/// with "container_type" when the datastore runs no queries; as the database answers.
Result<std::vector<std::string>> QueryFields(const DatastoreAccess& datastores,
                                             const store::Container& container,
                                             std::stop_token stop);

}  // namespace assay::operations
