#include "engine/duckdb/repeated_rows.h"

#include <fmt/format.h>

#include <functional>
#include <optional>
#include <span>

#include "duckdb/main/appender.hpp"
#include "engine/duckdb/file_version.h"
#include "engine/duckdb/query.h"
#include "engine/duckdb/session_internals.h"
#include "engine/duckdb/table_connection.h"
#include "engine/reader_sql.h"

namespace assay::engine {
namespace {

/// The connection that the table was made on, or a new one in `own`, if any will do.
duckdb::Connection& ConnectionFor(const ScratchTable& table,
                                  std::optional<duckdb::Connection>& own) {
  const auto& reading = table.schema().table;
  if (reading && reading->internals().connection) return *reading->internals().connection;
  return own.emplace(*table.session().internals().database);
}

/// Creates the table with `columns` and lets `append` fill it.
Status Fill(const ScratchTable& table, const std::string& columns,
            const std::function<Status(duckdb::Appender&)>& append) {
  ASSAY_RETURN_IF_ERROR(RunQuery(table.session(), table.schema(),
                                 fmt::format("CREATE TABLE {} ({})", table.name(), columns),
                                 {}));
  try {
    std::optional<duckdb::Connection> own;
    duckdb::Appender appender(ConnectionFor(table, own), table.name());
    ASSAY_RETURN_IF_ERROR(append(appender));
    appender.Close();
    return {};
  } catch (const std::exception& exception) {
    return std::unexpected(ToError(duckdb::ErrorData(exception)));
  }
}

/// Fills the table with the repeated hashes; returns whether there are any.
Result<bool> FillHashes(const ScratchTable& table, const scan::RepeatedHashes& hashes,
                        const std::stop_token& stop) {
  bool has_any = false;
  ASSAY_RETURN_IF_ERROR(Fill(table, "hash UBIGINT", [&](duckdb::Appender& appender) -> Status {
    const auto found = hashes.Find(
        [&](std::span<const uint64_t> repeated) -> Status {
          for (const uint64_t hash : repeated) appender.AppendRow(hash);
          has_any = true;
          return {};
        },
        stop);
    if (!found) return std::unexpected(found.error());
    return {};
  }));
  return has_any;
}

Result<std::vector<RowPosition>> Positions(const ScratchTable& table, const std::string& sql,
                                           const std::stop_token& stop) {
  ASSAY_TRY(const auto rows, RunQuery(table.session(), table.schema(), sql, stop));
  std::vector<RowPosition> positions;
  for (size_t row = 0; row < rows->RowCount(); ++row) {
    positions.emplace_back(rows->GetValue(0, row).GetValue<uint64_t>(),
                           rows->GetValue(1, row).GetValue<int64_t>());
  }
  return positions;
}

/// The query that gives the rows of a file to be copied.
using FileRows = std::function<std::string(size_t file)>;

/// Makes `table` of what `rows` gives for each file.
Status CopyRows(const ScratchTable& table, const Dataset& dataset,
                const std::vector<size_t>& files, const FileRows& rows,
                const std::stop_token& stop) {
  for (const size_t file : files) {
    const auto copied = ReadListedVersion(table.session(), dataset, table.schema(), file, [&] {
      const std::string sql =
          file == files.front() ? fmt::format("CREATE TABLE {} AS {}", table.name(), rows(file))
                                : fmt::format("INSERT INTO {} {}", table.name(), rows(file));
      return RunQuery(table.session(), table.schema(), sql, stop);
    });
    if (!copied) {
      return Fail(copied.error().kind,
                  fmt::format("its values could not be read again from {}: {}",
                              dataset.files[file].relative_path, copied.error().message));
    }
  }
  return {};
}

/// Several values as one.
std::string PackedSql(const std::vector<std::string>& values) {
  std::string members;
  for (size_t i = 0; i < values.size(); ++i)
    members += fmt::format("{}m{} := {}", i > 0 ? ", " : "", i, values[i]);
  return fmt::format("struct_pack({})", members);
}

}  // namespace

Status FillPositions(const ScratchTable& table, const std::vector<RowPosition>& rows) {
  return Fill(table, "file_index UBIGINT, row_number BIGINT",
              [&](duckdb::Appender& appender) -> Status {
                for (const auto& [file, row] : rows)
                  appender.AppendRow(static_cast<uint64_t>(file), row);
                return {};
              });
}

Result<SurplusRows> SurplusRows::Find(Session& session, const Dataset& dataset,
                                      const DatasetSchema& schema,
                                      const std::vector<size_t>& files,
                                      const ScanChecks& checks, size_t unique_index,
                                      const scan::RepeatedHashes& all_hashes, int64_t max_rows,
                                      const std::stop_token& stop) {
  SurplusRows surplus;
  const ScratchTable hashes(session, schema), candidates(session, schema);
  ASSAY_TRY(const bool has_repeats, FillHashes(hashes, all_hashes, stop));
  if (!has_repeats) return surplus;
  const FileRows candidate_rows = [&](size_t file) {
    return fmt::format(
        "SELECT CAST({} AS UBIGINT) AS file_index, {} AS row_number, {} AS keys FROM {} "
        "WHERE {} AND hash({}) IN (SELECT hash FROM {})",
        file, QuoteName(kRowNumberColumn), checks.unique_structs[unique_index],
        FileSql(dataset, schema, file, RowNumbers::kYes, max_rows),
        checks.unique_conditions[unique_index], checks.unique_keys[unique_index],
        hashes.name());
  };
  ASSAY_RETURN_IF_ERROR(CopyRows(candidates, dataset, files, candidate_rows, stop));
  surplus.table_ = std::make_unique<ScratchTable>(session, schema);
  // Keys compare by the engine's equality; a key is seen first in the smallest file and row.
  ASSAY_RETURN_IF_ERROR(
      RunQuery(session, schema,
               fmt::format("CREATE TABLE {} AS SELECT file_index, row_number FROM {} QUALIFY "
                           "row_number() OVER (PARTITION BY keys ORDER BY file_index, "
                           "row_number) > 1",
                           surplus.table_->name(), candidates.name()),
               stop));
  return surplus;
}

Result<SurplusRows> SurplusRows::FindConflicting(Session& session, const Dataset& dataset,
                                                 const DatasetSchema& schema,
                                                 const std::vector<size_t>& files,
                                                 const DependencySql& check, int64_t max_rows,
                                                 const std::stop_token& stop) {
  SurplusRows conflicting;
  if (files.empty()) return conflicting;
  const ScratchTable pairs(session, schema), conflicts(session, schema);
  const std::string keys = PackedSql(check.keys);
  const auto rows_of = [&](size_t file) {
    return fmt::format("{} WHERE {}",
                       FileSql(dataset, schema, file, RowNumbers::kYes, max_rows),
                       check.condition);
  };
  const FileRows distinct_pairs = [&](size_t file) {
    return fmt::format("SELECT DISTINCT {} AS keys, {} AS dependents FROM {}", keys,
                       PackedSql(check.values), rows_of(file));
  };
  ASSAY_RETURN_IF_ERROR(CopyRows(pairs, dataset, files, distinct_pairs, stop));
  ASSAY_RETURN_IF_ERROR(RunQuery(
      session, schema,
      fmt::format("CREATE TABLE {} AS SELECT keys FROM (SELECT DISTINCT keys, dependents FROM "
                  "{}) GROUP BY keys HAVING count(*) > 1",
                  conflicts.name(), pairs.name()),
      stop));
  ASSAY_TRY(const auto found,
            RunQuery(session, schema, fmt::format("SELECT count(*) FROM {}", conflicts.name()),
                     stop));
  if (found->GetValue(0, 0).GetValue<int64_t>() == 0) return conflicting;
  conflicting.table_ = std::make_unique<ScratchTable>(session, schema);
  const FileRows failing_rows = [&](size_t file) {
    return fmt::format(
        "SELECT CAST({} AS UBIGINT) AS file_index, {} AS row_number FROM {} AND {} IN (SELECT "
        "keys FROM {})",
        file, QuoteName(kRowNumberColumn), rows_of(file), keys, conflicts.name());
  };
  ASSAY_RETURN_IF_ERROR(CopyRows(*conflicting.table_, dataset, files, failing_rows, stop));
  return conflicting;
}

Result<SurplusRows> SurplusRows::FindOutOfOrder(Session& session, const Dataset& dataset,
                                                const DatasetSchema& schema,
                                                const std::vector<size_t>& files,
                                                const OrderSql& check, int64_t max_rows,
                                                const std::stop_token& stop) {
  SurplusRows found;
  if (files.empty()) return found;
  const FileRows failing_rows = [&](size_t file) {
    return fmt::format(
        "SELECT CAST({} AS UBIGINT) AS file_index, n AS row_number FROM (SELECT n, v, lag(v) "
        "OVER (ORDER BY n) AS previous FROM (SELECT {} AS n, {} AS v FROM {} WHERE {})) WHERE "
        "v {} previous",
        file, QuoteName(kRowNumberColumn), check.value,
        FileSql(dataset, schema, file, RowNumbers::kYes, max_rows), check.condition,
        check.comparison);
  };
  found.table_ = std::make_unique<ScratchTable>(session, schema);
  ASSAY_RETURN_IF_ERROR(CopyRows(*found.table_, dataset, files, failing_rows, stop));
  return found;
}

Result<SurplusRows> SurplusRows::Of(Session& session, const DatasetSchema& schema,
                                    const std::string& query, const std::stop_token& stop) {
  SurplusRows rows;
  rows.table_ = std::make_unique<ScratchTable>(session, schema);
  ASSAY_RETURN_IF_ERROR(RunQuery(
      session, schema, fmt::format("CREATE TABLE {} AS {}", rows.table_->name(), query), stop));
  return rows;
}

Result<std::vector<int64_t>> SurplusRows::CountByFile(size_t file_count,
                                                      const std::stop_token& stop) const {
  std::vector<int64_t> counts(file_count, 0);
  if (table_ == nullptr) return counts;
  ASSAY_TRY(const auto rows,
            Positions(*table_,
                      fmt::format("SELECT file_index, count(*) FROM {} GROUP BY file_index",
                                  table_->name()),
                      stop));
  for (const auto& [file, count] : rows) counts[file] = count;
  return counts;
}

Result<std::vector<RowPosition>> SurplusRows::First(int64_t limit,
                                                    const std::stop_token& stop) const {
  if (table_ == nullptr) return std::vector<RowPosition>();
  return Positions(*table_,
                   fmt::format("SELECT file_index, row_number FROM {} ORDER BY ALL LIMIT {}",
                               table_->name(), limit),
                   stop);
}

Result<std::vector<RowPosition>> SurplusRows::Among(const ScratchTable& rows,
                                                    const std::stop_token& stop) const {
  if (table_ == nullptr) return std::vector<RowPosition>();
  return Positions(*table_,
                   fmt::format("SELECT file_index, row_number FROM {} SEMI JOIN {} USING "
                               "(file_index, row_number)",
                               rows.name(), table_->name()),
                   stop);
}

}  // namespace assay::engine
