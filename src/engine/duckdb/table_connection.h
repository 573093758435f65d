// The inner side of a TableReading.

#pragma once

#include <optional>

#include "engine/duckdb/duckdb_library.h"
#include "engine/table_reading.h"

namespace assay::engine {

struct TableReading::Internals {
  std::optional<PostgresTarget> target;  // none when the rows were computed
  /// In the transaction with the snapshot; none when the rows were copied.
  std::optional<duckdb::Connection> connection;

  const PostgresTarget* server() const { return target ? &*target : nullptr; }
};

}  // namespace assay::engine
