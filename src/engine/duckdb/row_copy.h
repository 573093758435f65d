// Copying values of a dataset's rows into a scratch table, for what takes more than one pass.

#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/duckdb/query.h"
#include "engine/duckdb/scratch_table.h"
#include "engine/profile.h"

namespace assay::engine {

/// What is copied. The columns of the copy are file_index UBIGINT and row_number BIGINT, unless
/// left out, v0, v1, ... and of counted repeats `copies`.
struct RowCopy {
  enum class Positions { kKept, kLeftOut };
  enum class Repeats { kKept, kDropped, kCounted };

  std::vector<std::string> values = {};  // SQL over the columns of a row
  std::string condition = "true";        // only rows for which this is true
  Positions positions = Positions::kKept;
  /// kDropped: of equal values one within a file; kCounted: that, with their number. Positions
  /// are to be left out then.
  Repeats repeats = Repeats::kKept;
  int64_t max_rows_per_file = -1;  // -1: all
};

/// Where the statements run.
using StatementRunner = std::function<Result<QueryRows>(const std::string& sql)>;

/// Makes `table` of the given files, one after the other. Fails, with the file's name, when one
/// cannot be read in the version that was listed.
Status CopyRows(Session& session, const Dataset& dataset, const DatasetSchema& schema,
                const std::vector<size_t>& files, const RowCopy& copy, const std::string& table,
                const StatementRunner& run);

/// The same into `table`, where it is read: of rows that a pass has read before. `what` begins
/// the message when it fails: "its keys".
Status CopyRowsAgain(const ScratchTable& table, const Dataset& dataset,
                     const std::vector<size_t>& files, const RowCopy& copy,
                     const std::string& what, const std::stop_token& stop);

}  // namespace assay::engine
