// Finding the rows of entities that have several values of what tells entities apart.

#pragma once

#include <stop_token>
#include <vector>

#include "engine/duckdb/repeated_rows.h"

namespace assay::engine {

/// The failing rows of an entity check. Reads names and distinctions once more, keeping each
/// combination once for a file in a table that may spill; clusters the different names in
/// memory; and reads the names again if entities fail. Fails as SurplusRows::Find, and with
/// kResourceLimit for more than EntityCheck::kMostNames names.
Result<SurplusRows> FindMixedEntities(Session& session, const Dataset& dataset,
                                      const DatasetSchema& schema,
                                      const std::vector<size_t>& files, const EntitySql& check,
                                      int64_t max_rows_per_file, const std::stop_token& stop);

}  // namespace assay::engine
