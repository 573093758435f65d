#include "engine/reader_sql.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay::engine {
namespace {

constexpr const char* kHiveNull = "__HIVE_DEFAULT_PARTITION__";

bool IsExcluded(const Dataset& dataset, const std::string& name) {
  const auto& excluded = dataset.options.exclude_fields;
  return std::find(excluded.begin(), excluded.end(), name) != excluded.end();
}

/// {'a': 'BIGINT', 'b': 'VARCHAR'}
std::string ColumnTypes(const std::vector<StoredColumn>& columns) {
  std::string types;
  for (const StoredColumn& column : columns) {
    types += fmt::format("{}{}: {}", types.empty() ? "" : ", ", QuoteText(column.name), QuoteText(column.native_type));
  }
  return "{" + types + "}";
}

std::string DelimitedSql(const Dataset& dataset, const DelimitedDialect& dialect, const std::vector<StoredColumn>& columns, size_t file_index) {
  std::string sql = fmt::format(
      "read_csv({}, auto_detect = false, header = {}, delim = {}, quote = {}, escape = {}, skip = {}, columns = {}",
      QuoteText(dataset.files[file_index].uri), dialect.has_header, QuoteText(dialect.delimiter), QuoteText(dialect.quote),
      QuoteText(dialect.escape), dialect.skipped_lines, ColumnTypes(columns));
  if (dialect.encoding != "utf-8") sql += fmt::format(", encoding = {}", QuoteText(dialect.encoding));
  if (!dialect.date_format.empty()) sql += fmt::format(", dateformat = {}", QuoteText(dialect.date_format));
  if (!dialect.timestamp_format.empty()) sql += fmt::format(", timestampformat = {}", QuoteText(dialect.timestamp_format));
  if (!dataset.options.treat_empty_as_null) {
    std::string texts;
    for (const StoredColumn& column : columns) {
      if (column.native_type == "VARCHAR") texts += (texts.empty() ? "" : ", ") + QuoteText(column.name);
    }
    if (!texts.empty()) sql += fmt::format(", force_not_null = [{}]", texts);
  }
  return sql + ")";
}

std::string JsonSql(const Dataset& dataset, const std::vector<StoredColumn>* columns, size_t file_index) {
  std::string sql = fmt::format("read_json({}, format = {}", QuoteText(dataset.files[file_index].uri),
                                QuoteText(dataset.options.json_format.value_or("auto")));
  if (columns) sql += fmt::format(", records = 'true', columns = {}", ColumnTypes(*columns));
  if (!columns) sql += ", map_inference_threshold = 200";
  return sql + ")";
}

std::string ReaderSql(const Dataset& dataset, const DatasetSchema& schema, size_t file_index) {
  switch (dataset.format) {
    case FileFormat::kParquet: return fmt::format("read_parquet({}, hive_partitioning = false)", QuoteText(dataset.files[file_index].uri));
    case FileFormat::kDelimited: return DelimitedSql(dataset, schema.dialect, schema.columns, file_index);
    case FileFormat::kJson: return JsonSql(dataset, &schema.columns, file_index);
  }
  return {};
}

}  // namespace

std::string QuoteName(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string QuoteText(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') quoted += '\'';
    quoted += c;
  }
  return quoted + '\'';
}

std::string FileSql(const Dataset& dataset, const DatasetSchema& schema, size_t file_index, RowNumbers row_numbers, int64_t max_rows) {
  const DataFile& file = dataset.files[file_index];
  std::string columns;
  const auto add = [&](const std::string& sql) { columns += (columns.empty() ? "" : ", ") + sql; };
  for (const StoredColumn& column : schema.columns) {
    if (IsExcluded(dataset, column.name)) continue;
    if (dataset.format == FileFormat::kParquet) {
      // Files may store narrower numbers than the container; the cast is free where they do not.
      add(fmt::format("CAST({0} AS {1}) AS {0}", QuoteName(column.name), column.native_type));
    } else {
      add(QuoteName(column.name));
    }
  }
  for (const plan::Field& field : schema.schema.fields) {
    if (!field.is_partition) continue;
    const auto value = std::find_if(file.partition_values.begin(), file.partition_values.end(),
                                    [&](const auto& pair) { return pair.first == field.name; });
    const bool is_null = value == file.partition_values.end() || value->second == kHiveNull;
    add(fmt::format("CAST({} AS {}) AS {}", is_null ? "NULL" : QuoteText(value->second), field.native_type, QuoteName(field.name)));
  }
  if (row_numbers == RowNumbers::kYes) {
    add(fmt::format("{} AS {}", dataset.format == FileFormat::kParquet ? "file_row_number" : "row_number() OVER () - 1",
                    QuoteName(kRowNumberColumn)));
  }
  if (columns.empty()) columns = "1 AS nothing";
  std::string sql = fmt::format("(SELECT {} FROM {}", columns, ReaderSql(dataset, schema, file_index));
  if (max_rows >= 0) sql += fmt::format(" LIMIT {}", max_rows);
  return sql + ")";
}

std::string DetectingReaderSql(const Dataset& dataset, size_t file_index) {
  switch (dataset.format) {
    case FileFormat::kParquet: return fmt::format("read_parquet({}, hive_partitioning = false)", QuoteText(dataset.files[file_index].uri));
    case FileFormat::kDelimited: return fmt::format("read_csv({}, all_varchar = true)", QuoteText(dataset.files[file_index].uri));
    case FileFormat::kJson: return JsonSql(dataset, nullptr, file_index);
  }
  return {};
}

std::string TextReaderSql(const Dataset& dataset, const DelimitedDialect& dialect, const std::vector<StoredColumn>& columns, size_t file_index) {
  std::vector<StoredColumn> texts = columns;
  for (StoredColumn& column : texts) column.native_type = "VARCHAR";
  return DelimitedSql(dataset, dialect, texts, file_index);
}

}  // namespace assay::engine
