// Running SQL on a session with cancellation, and turning DuckDB's failures into ours.

#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/duckdb/duckdb_library.h"
#include "engine/profile.h"
#include "engine/session.h"

namespace assay::engine {

/// Told what share of a query is done, in [0, 1], at most ten times a second. Estimated by the
/// bytes and row groups that were read.
using ShareCallback = std::function<void(double share)>;

/// Runs one statement to its end on a connection of its own. A stop request interrupts it
/// within a second (kCancelled). Failures keep the kind that the object store gave. A query
/// that reads from `server` waits for it; a stop request then also cancels its statement there.
using QueryRows = std::unique_ptr<duckdb::MaterializedQueryResult>;
Result<QueryRows> RunQuery(Session& session, const std::string& sql,
                           const std::stop_token& stop, const ShareCallback& progress = {},
                           const PostgresTarget* server = nullptr);

/// The same on the connection that holds the table's snapshot, if there is one; how far it is
/// cannot be told then.
Result<QueryRows> RunQuery(Session& session, const TableReading& table, const std::string& sql,
                           const std::stop_token& stop, const ShareCallback& progress = {});
/// The same where the dataset of this schema is read: files on a connection of their own.
Result<QueryRows> RunQuery(Session& session, const DatasetSchema& schema,
                           const std::string& sql, const std::stop_token& stop,
                           const ShareCallback& progress = {});

/// Names and types of the columns that `sql` yields, without running it.
struct QueryShape {
  std::vector<std::string> names;
  std::vector<duckdb::LogicalType> types;
};
Result<QueryShape> DescribeQuery(Session& session, const std::string& sql);
Result<QueryShape> DescribeQuery(Session& session, const TableReading& table,
                                 const std::string& sql, const std::stop_token& stop);

/// The kind of a DuckDB failure; the message is its first line, without internals.
Error ToError(const duckdb::ErrorData& failure);

}  // namespace assay::engine
