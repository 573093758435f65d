// Running SQL on a session with cancellation, and turning DuckDB's failures into ours.

#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/duckdb/duckdb_library.h"
#include "engine/session.h"

namespace assay::engine {

/// Told what share of a query is done, in [0, 1], at most ten times a second. Estimated by the
/// bytes and row groups that were read.
using ShareCallback = std::function<void(double share)>;

/// Runs one statement to its end on a connection of its own. A stop request interrupts it
/// within a second (kCancelled). Failures keep the kind that the object store gave.
Result<std::unique_ptr<duckdb::MaterializedQueryResult>> RunQuery(
    Session& session, const std::string& sql, const std::stop_token& stop,
    const ShareCallback& progress = {});

/// Names and types of the columns that `sql` yields, without running it.
struct QueryShape {
  std::vector<std::string> names;
  std::vector<duckdb::LogicalType> types;
};
Result<QueryShape> DescribeQuery(Session& session, const std::string& sql);

/// The kind of a DuckDB failure; the message is its first line, without internals.
Error ToError(const duckdb::ErrorData& failure);

}  // namespace assay::engine
