#include "engine/parquet_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "duckdb/main/appender.hpp"
#include "engine/duckdb/duckdb_library.h"
#include "engine/duckdb/query.h"
#include "engine/reader_sql.h"

namespace assay::engine {
namespace {

constexpr const char* kTable = "parquet_rows";

const char* SqlType(ParquetColumnKind kind) {
  switch (kind) {
    case ParquetColumnKind::kBoolean: return "BOOLEAN";
    case ParquetColumnKind::kInteger: return "BIGINT";
    case ParquetColumnKind::kDouble: return "DOUBLE";
    case ParquetColumnKind::kText: return "VARCHAR";
    case ParquetColumnKind::kDate: return "DATE";
    case ParquetColumnKind::kTimestamp: return "TIMESTAMP";
  }
  return "VARCHAR";
}

/// Position of the kind's type in ParquetCell.
size_t CellIndex(ParquetColumnKind kind) {
  return static_cast<size_t>(kind) + 1;
}

std::string ValidUtf8(const std::string& text) {
  if (std::ranges::none_of(text, [](char c) { return (c & 0x80) != 0; })) return text;
  // The JSON printer replaces what is not UTF-8, and its own output always parses.
  return Json::parse(PrintJson(text)).get<std::string>();
}

std::unexpected<Error> Failed(const std::exception& exception) {
  const Error error = ToError(duckdb::ErrorData(exception));
  // ToError takes unknown failures for faults of data that is read; here data is written.
  const bool is_unknown = error.kind == ErrorKind::kCorruptData;
  return Fail(is_unknown ? ErrorKind::kUnavailable : error.kind,
              "writing Parquet: " + error.message);
}

}  // namespace

struct ParquetWriter::Internals {
  std::string path;
  std::vector<ParquetColumn> columns;
  std::unique_ptr<duckdb::DuckDB> database;
  std::unique_ptr<duckdb::Connection> connection;
  std::unique_ptr<duckdb::Appender> appender;
  int64_t row_count = 0;
  int64_t value_bytes = 0;

  void Append(const ParquetCell& cell) {
    if (std::holds_alternative<std::monostate>(cell)) {
      appender->Append(nullptr);
    } else if (const auto* text = std::get_if<std::string>(&cell)) {
      const std::string valid = ValidUtf8(*text);
      appender->Append(valid.data(), static_cast<uint32_t>(valid.size()));
      value_bytes += static_cast<int64_t>(valid.size());
    } else if (const auto* flag = std::get_if<bool>(&cell)) {
      appender->Append<bool>(*flag);
    } else if (const auto* integer = std::get_if<int64_t>(&cell)) {
      appender->Append<int64_t>(*integer);
    } else if (const auto* number = std::get_if<double>(&cell)) {
      appender->Append<double>(*number);
    } else if (const auto* day = std::get_if<std::chrono::sys_days>(&cell)) {
      appender->Append<duckdb::date_t>(
          duckdb::date_t(static_cast<int32_t>(day->time_since_epoch().count())));
    } else if (const auto* time = std::get_if<Timestamp>(&cell)) {
      appender->Append<duckdb::timestamp_t>(
          duckdb::timestamp_t(time->time_since_epoch().count()));
    }
    value_bytes += 8;
  }
};

ParquetWriter::ParquetWriter(std::unique_ptr<Internals> internals)
    : internals_(std::move(internals)) {}

ParquetWriter::~ParquetWriter() {
  // Appended rows would be flushed for nothing by the appender's destructor.
  if (internals_->appender) internals_->appender->Clear();
}

Result<std::unique_ptr<ParquetWriter>> ParquetWriter::Open(std::string path,
                                                           std::vector<ParquetColumn> columns) {
  if (columns.empty())
    return Fail(ErrorKind::kInvalidInput, "a Parquet file needs at least one column");
  auto internals = std::make_unique<Internals>();
  internals->path = std::move(path);
  internals->columns = std::move(columns);
  try {
    duckdb::DBConfig config;
    config.SetOptionByName("threads", duckdb::Value::BIGINT(1));
    config.SetOptionByName("memory_limit", duckdb::Value(fmt::format("{}B", kMaxMemoryBytes)));
    // Without a directory nothing is spilled; the default would be one below the working
    // directory.
    config.SetOptionByName("temp_directory", duckdb::Value(""));
    internals->database = std::make_unique<duckdb::DuckDB>(nullptr, &config);
    internals->connection = std::make_unique<duckdb::Connection>(*internals->database);
    std::string definitions;
    for (const ParquetColumn& column : internals->columns) {
      definitions += fmt::format("{}{} {}", definitions.empty() ? "" : ", ",
                                 QuoteName(column.name), SqlType(column.kind));
    }
    const auto created =
        internals->connection->Query(fmt::format("CREATE TABLE {} ({})", kTable, definitions));
    if (created->HasError()) created->ThrowError();
    internals->appender = std::make_unique<duckdb::Appender>(*internals->connection, kTable);
  } catch (const std::exception& exception) {
    return Failed(exception);
  }
  return std::unique_ptr<ParquetWriter>(new ParquetWriter(std::move(internals)));
}

Status ParquetWriter::Append(const std::vector<ParquetCell>& row) {
  const std::vector<ParquetColumn>& columns = internals_->columns;
  if (row.size() != columns.size()) {
    return Fail(ErrorKind::kInternal,
                fmt::format("row has {} cells for {} columns", row.size(), columns.size()));
  }
  for (size_t i = 0; i < row.size(); ++i) {
    if (row[i].index() != 0 && row[i].index() != CellIndex(columns[i].kind)) {
      return Fail(ErrorKind::kInternal,
                  fmt::format("cell is not of the kind of column {}", columns[i].name));
    }
  }
  try {
    internals_->appender->BeginRow();
    for (const ParquetCell& cell : row) internals_->Append(cell);
    internals_->appender->EndRow();
  } catch (const std::exception& exception) {
    return Failed(exception);
  }
  ++internals_->row_count;
  return {};
}

Status ParquetWriter::Finish() {
  try {
    internals_->appender->Close();
    const auto copied = internals_->connection->Query(
        fmt::format("COPY {} TO {} (FORMAT parquet, COMPRESSION zstd)", kTable,
                    QuoteText(internals_->path)));
    if (copied->HasError()) copied->ThrowError();
  } catch (const std::exception& exception) {
    return Failed(exception);
  }
  return {};
}

int64_t ParquetWriter::row_count() const {
  return internals_->row_count;
}
int64_t ParquetWriter::value_bytes() const {
  return internals_->value_bytes;
}

}  // namespace assay::engine
