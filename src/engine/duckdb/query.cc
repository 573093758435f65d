#include "engine/duckdb/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>

#include "duckdb/main/client_config.hpp"
#include "duckdb/main/client_context.hpp"
#include "duckdb/main/pending_query_result.hpp"

#include "engine/duckdb/reader_message.h"
#include "engine/duckdb/session_internals.h"
#include "engine/duckdb/table_connection.h"
#include "engine/postgres/client.h"

namespace assay::engine {
namespace {

ErrorKind KindOf(duckdb::ExceptionType type, const std::string& message) {
  switch (type) {
    case duckdb::ExceptionType::INTERRUPT: return ErrorKind::kCancelled;
    case duckdb::ExceptionType::OUT_OF_MEMORY: return ErrorKind::kResourceLimit;
    case duckdb::ExceptionType::PERMISSION: return ErrorKind::kDenied;
    case duckdb::ExceptionType::NOT_IMPLEMENTED: return ErrorKind::kUnsupported;
    case duckdb::ExceptionType::INTERNAL:
    case duckdb::ExceptionType::FATAL: return ErrorKind::kInternal;
    case duckdb::ExceptionType::IO:
      // DuckDB has one type for all of these.
      if (message.find("No space left") != std::string::npos) return ErrorKind::kResourceLimit;
      if (message.find("No such file") != std::string::npos ||
          message.find("No files found") != std::string::npos) {
        return ErrorKind::kNotFound;
      }
      if (message.find("Permission denied") != std::string::npos) return ErrorKind::kDenied;
      return ErrorKind::kCorruptData;
    case duckdb::ExceptionType::BINDER:
    case duckdb::ExceptionType::CATALOG:
    case duckdb::ExceptionType::PARSER:
    case duckdb::ExceptionType::SYNTAX: return ErrorKind::kInvalidInput;
    default: return ErrorKind::kCorruptData;  // reading data is all we ask of it
  }
}

template <class Call>
auto Guarded(Call&& call) -> decltype(call()) {
  try {
    return call();
  } catch (const std::exception& exception) {
    const Error error = ToError(duckdb::ErrorData(exception));
    return Fail(error.kind, error.message);
  }
}

/// Works on the query until its result is there, telling how far it is.
void WorkOn(duckdb::Connection& connection, duckdb::PendingQueryResult& query,
            const ShareCallback& progress) {
  constexpr std::chrono::milliseconds kBetweenReports(100);
  auto last_report = std::chrono::steady_clock::now();
  while (true) {
    const duckdb::PendingExecutionResult state = query.ExecuteTask();
    if (duckdb::PendingQueryResult::IsResultReady(state)) return;
    if (state == duckdb::PendingExecutionResult::BLOCKED ||
        state == duckdb::PendingExecutionResult::NO_TASKS_AVAILABLE)
      query.WaitForTask();
    if (const auto now = std::chrono::steady_clock::now();
        now - last_report >= kBetweenReports) {
      last_report = now;
      progress(std::clamp(connection.GetQueryProgress() / 100, 0.0, 1.0));  // -1: not known yet
    }
  }
}

/// While it lives, and once a stop is requested, asks the server again and again to cancel what
/// the query waits for: the engine itself notices an interrupt only between answers.
class ServerCancel {
 public:
  ServerCancel(const PostgresTarget& server, const std::stop_token& stop)
      : thread_([&server, stop](const std::stop_token& ended) {
          constexpr std::chrono::milliseconds kBetweenLooks(20);
          while (!ended.stop_requested()) {
            if (stop.stop_requested()) CancelStatements(server, ended);
            std::this_thread::sleep_for(kBetweenLooks);
          }
        }) {}

 private:
  std::jthread thread_;
};

Result<QueryRows> RunOn(duckdb::Connection& connection, const std::string& sql,
                        const std::stop_token& stop, const ShareCallback& progress,
                        const PostgresTarget* server) {
  if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
  if (progress) {
    auto& settings = duckdb::ClientConfig::GetConfig(*connection.context);
    settings.enable_progress_bar = true;
    settings.print_progress_bar = false;
  }
  std::optional<ServerCancel> server_cancel;
  if (server != nullptr && stop.stop_possible()) server_cancel.emplace(*server, stop);
  const std::stop_callback interrupt(stop, [&] { connection.Interrupt(); });
  const auto pending = connection.PendingQuery(sql);
  // An interrupt before this point may have been reset as the query was prepared.
  if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
  if (progress && !pending->HasError()) WorkOn(connection, *pending, progress);
  if (pending->HasError()) {
    if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
    return std::unexpected(ToError(pending->GetErrorObject()));
  }
  auto result = pending->Execute();
  if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
  if (result->HasError()) return std::unexpected(ToError(result->GetErrorObject()));
  return QueryRows(&result.release()->Cast<duckdb::MaterializedQueryResult>());
}

Result<QueryShape> DescribeOn(duckdb::Connection& connection, const std::string& sql) {
  const auto prepared = connection.Prepare(sql);
  if (prepared->HasError()) {
    const Error error = ToError(prepared->error);
    return Fail(error.kind, error.message);
  }
  QueryShape shape;
  for (const auto& name : prepared->GetNames()) shape.names.push_back(name);
  for (const auto& type : prepared->GetTypes()) shape.types.push_back(type);
  return shape;
}

}  // namespace

Error ToError(const duckdb::ErrorData& failure) {
  const std::string& message = failure.RawMessage();
  return {KindOf(failure.Type(), message), ReaderMessage(message)};
}

Result<QueryRows> RunQuery(Session& session, const std::string& sql,
                           const std::stop_token& stop, const ShareCallback& progress,
                           const PostgresTarget* server) {
  return Guarded([&]() -> Result<QueryRows> {
    duckdb::Connection connection(*session.internals().database);
    return RunOn(connection, sql, stop, progress, server);
  });
}

Result<QueryRows> RunQuery(Session& session, const TableReading& table, const std::string& sql,
                           const std::stop_token& stop, const ShareCallback& progress) {
  TableReading::Internals& reading = table.internals();
  if (!reading.connection) return RunQuery(session, sql, stop, progress);
  return Guarded([&] { return RunOn(*reading.connection, sql, stop, {}, reading.server()); });
}

Result<QueryRows> RunQuery(Session& session, const DatasetSchema& schema,
                           const std::string& sql, const std::stop_token& stop,
                           const ShareCallback& progress) {
  if (schema.table) return RunQuery(session, *schema.table, sql, stop, progress);
  return RunQuery(session, sql, stop, progress);
}

Result<QueryShape> DescribeQuery(Session& session, const std::string& sql) {
  return Guarded([&] {
    duckdb::Connection connection(*session.internals().database);
    return DescribeOn(connection, sql);
  });
}

Result<QueryShape> DescribeQuery(Session& session, const TableReading& table,
                                 const std::string& sql, const std::stop_token& stop) {
  TableReading::Internals& reading = table.internals();
  if (!reading.connection) return DescribeQuery(session, sql);
  return Guarded([&]() -> Result<QueryShape> {
    const ServerCancel server_cancel(reading.target.value(), stop);
    auto shape = DescribeOn(*reading.connection, sql);
    if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
    return shape;
  });
}

}  // namespace assay::engine
