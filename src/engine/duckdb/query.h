// Running SQL on a session with cancellation, and turning DuckDB's failures into ours.

#pragma once

#include <memory>
#include <string>

#include "engine/duckdb/duckdb_library.h"
#include "engine/session.h"

namespace assay::engine {

/// Runs one statement to its end on a connection of its own. A stop request interrupts it
/// within a second (kCancelled). Failures keep the kind that the object store gave.
Result<std::unique_ptr<duckdb::MaterializedQueryResult>> RunQuery(Session& session,
                                                                  const std::string& sql,
                                                                  const std::stop_token& stop);

/// Names and types of the columns that `sql` yields, without running it.
struct QueryShape {
  std::vector<std::string> names;
  std::vector<duckdb::LogicalType> types;
};
Result<QueryShape> DescribeQuery(Session& session, const std::string& sql);

/// The kind of a DuckDB failure; the message is its first line, without internals.
Error ToError(const duckdb::ErrorData& failure);

}  // namespace assay::engine
