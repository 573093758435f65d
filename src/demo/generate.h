// Sample data with known errors: orders (Parquet in month folders), customers (CSV) and events
// (NDJSON), each in several files.

#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "demo/injected_cells.h"

namespace assay::demo {

struct GenerateOptions {
  std::string directory;  // the data folder; made when missing
  uint64_t seed = 2025;
  double scale = 1;  // of the number of rows: 60,000 orders, 10,000 customers, 40,000 events
};

/// What was made of one table.
struct GeneratedTable {
  std::string name;    // and folder: "orders"
  std::string format;  // for people: "Parquet"
  int64_t row_count = 0;
  int file_count = 0;
  std::vector<InjectedCell> injected;
};

/// The same options make the same bytes. kUnavailable when files cannot be written.
Result<std::vector<GeneratedTable>> GenerateData(const GenerateOptions& options,
                                                 std::stop_token stop);

Result<GeneratedTable> GenerateOrders(const GenerateOptions& options, std::stop_token stop);
Result<GeneratedTable> GenerateCustomers(const GenerateOptions& options, std::stop_token stop);
Result<GeneratedTable> GenerateEvents(const GenerateOptions& options, std::stop_token stop);

}  // namespace assay::demo
