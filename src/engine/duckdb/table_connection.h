// The inner side of a TableReading.

#pragma once

#include <optional>

#include "engine/duckdb/duckdb_library.h"
#include "engine/table_reading.h"

namespace assay::engine {

struct TableReading::Internals {
  PostgresTarget target;
  /// In the transaction with the snapshot; none when the rows were copied.
  std::optional<duckdb::Connection> connection;
};

}  // namespace assay::engine
