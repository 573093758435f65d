// All checks of a scan as one DuckDB aggregate.

#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/duckdb/duckdb_library.h"
#include "engine/holdout.h"
#include "engine/scan.h"
#include "engine/scan/failing_positions.h"
#include "engine/scan/repeated_hashes.h"

namespace assay::engine {

/// What the arguments of assay_scan mean, and where a running query leaves its result.
struct ScanCollector {
  struct RowCheckArguments {
    size_t check_index = 0;   // into the checks of the scan
    bool has_filter = false;  // a second argument says whether a row is asserted
  };
  std::vector<RowCheckArguments> row_checks;  // fails BOOLEAN [, asserted BOOLEAN] each
  std::vector<size_t> unique_checks;          // hash UBIGINT each, null when not asserted
  size_t check_count = 0;
  size_t file_index = 0;
  int64_t max_failing_rows_per_check = 0;
  Holdout holdout;  // when not empty: only rows that are held out count
  std::string spill_directory;
  int64_t spill_memory_bytes = 0;  // for each thread and unique check

  std::mutex mutex;
  int64_t rows = 0;
  std::vector<CheckCounts> counts;  // per check
  std::unique_ptr<scan::FailingPositions> positions;
  std::vector<scan::RepeatedHashes> hashes;  // per unique check
  Status status;
};

/// assay_scan(collector address UBIGINT, row number BIGINT, arguments...) -> BIGINT rows.
duckdb::AggregateFunction MakeScanAggregate();

}  // namespace assay::engine
