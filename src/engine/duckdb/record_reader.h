// Reading chosen rows of a file back, as JSON records.

#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "base/json.h"
#include "engine/profile.h"
#include "engine/session.h"

namespace assay::engine {

struct ReadRow {
  Json record;
  std::vector<size_t> conditions;  // indexes of those that are true of it, ascending
};

/// The given rows (ascending numbers) of one file, and which of `conditions` (SQL over the
/// columns) are true of each. Parquet: only row groups that
/// hold them are decoded; text formats are read up to the last of them. Values that a JSON
/// number cannot hold exactly (integers beyond 2^53, long decimals, NaN) are texts, as are
/// dates, times and binary values (hexadecimal). Texts read from delimited and JSON files that
/// are numbers of a numeric field are numbers; what does not parse stays as it stands there.
Result<std::map<int64_t, ReadRow>> ReadRecords(Session& session, const Dataset& dataset,
                                               const DatasetSchema& schema, size_t file_index,
                                               const std::vector<int64_t>& row_numbers,
                                               const std::vector<std::string>& conditions,
                                               std::stop_token stop);

}  // namespace assay::engine
