// Finding the rows behind a check on keys or order that does not hold.

#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/duckdb/scan_checks.h"
#include "engine/duckdb/scratch_table.h"
#include "engine/scan/repeated_hashes.h"

namespace assay::engine {

using RowPosition = std::pair<size_t, int64_t>;  // index of the file, row number

/// The rows that fail a check on keys or order, in file and row order. Of a unique check: its
/// surplus rows, whose key occurred in an earlier row.
class SurplusRows {
 public:
  /// Reads the key columns of all given files once more if a hash of a key is repeated; the
  /// rows behind those are compared exactly by the engine, which may spill. Fails, with the
  /// file's name, when one can no longer be read in the version that was listed.
  static Result<SurplusRows> Find(Session& session, const Dataset& dataset,
                                  const DatasetSchema& schema, const std::vector<size_t>& files,
                                  const ScanChecks& checks, size_t unique_index,
                                  const scan::RepeatedHashes& all_hashes, int64_t max_rows,
                                  const std::stop_token& stop);

  /// The rows that fail a dependency check, of those whose keys have several values. Reads keys
  /// and values once more, and again if there are such. Keeps each combination once for a file,
  /// in a table that may spill. Fails as Find.
  static Result<SurplusRows> FindConflicting(Session& session, const Dataset& dataset,
                                             const DatasetSchema& schema,
                                             const std::vector<size_t>& files,
                                             const DependencySql& check, int64_t max_rows,
                                             const std::stop_token& stop);

  /// The rows that are out of order in their files, of an order check. Reads the values once
  /// more into a table and sorts them by row number; both may spill. Fails as Find.
  static Result<SurplusRows> FindOutOfOrder(Session& session, const Dataset& dataset,
                                            const DatasetSchema& schema,
                                            const std::vector<size_t>& files,
                                            const OrderSql& check, int64_t max_rows,
                                            const std::stop_token& stop);

  /// The rows that `query` yields, as file_index and row_number, each once. It runs where the
  /// dataset of `schema` is read.
  static Result<SurplusRows> Of(Session& session, const DatasetSchema& schema,
                                const std::string& query, const std::stop_token& stop);

  /// How many of them are in each of `file_count` files.
  Result<std::vector<int64_t>> CountByFile(size_t file_count,
                                           const std::stop_token& stop) const;
  /// The first `limit` of them, in order.
  Result<std::vector<RowPosition>> First(int64_t limit, const std::stop_token& stop) const;
  /// Those that are in `rows`, a table of file_index and row_number too.
  Result<std::vector<RowPosition>> Among(const ScratchTable& rows,
                                         const std::stop_token& stop) const;

 private:
  std::unique_ptr<ScratchTable> table_;  // null: there are none
};

/// Fills a table of file_index and row_number.
Status FillPositions(const ScratchTable& table, const std::vector<RowPosition>& rows);

}  // namespace assay::engine
