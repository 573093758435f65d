#include "engine/reader_sql.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/table_reading.h"
#include "plan/dialects/duckdb.h"

namespace assay::engine {
namespace {

constexpr const char* kHiveNull = "__HIVE_DEFAULT_PARTITION__";

bool IsExcluded(const Dataset& dataset, const std::string& name) {
  const auto& excluded = dataset.options.exclude_fields;
  return std::find(excluded.begin(), excluded.end(), name) != excluded.end();
}

/// A file's path as an argument of a reader, which takes local ones for patterns.
std::string PathArgument(const std::string& uri) {
  if (uri.starts_with("s3://")) return QuoteText(uri);
  std::string pattern;
  for (const char c : uri) {
    const bool is_special = c == '[' || c == '*' || c == '?';
    pattern += is_special ? fmt::format("[{}]", c) : std::string(1, c);
  }
  return QuoteText(pattern);
}

bool IsCompressed(const std::string& uri) {
  return uri.ends_with(".gz") || uri.ends_with(".zst");
}

/// Values in a path ("day=3/") are ours to add, and are no columns of the file.
constexpr const char* kNoPathColumns = "hive_partitioning = false";

/// {'a': 'BIGINT', 'b': 'VARCHAR'}
std::string ColumnTypes(const std::vector<StoredColumn>& columns) {
  std::string types;
  for (const StoredColumn& column : columns) {
    types += fmt::format("{}{}: {}", types.empty() ? "" : ", ", QuoteText(column.name),
                         QuoteText(column.native_type));
  }
  return "{" + types + "}";
}

std::string DelimitedSql(const Dataset& dataset, const DatasetSchema& schema,
                         const std::vector<StoredColumn>& columns, size_t file_index) {
  const DelimitedDialect& dialect = schema.dialect;
  std::string sql =
      fmt::format("read_csv({}, auto_detect = false, header = {}, {}, columns = {}",
                  TextFileArguments(dataset, *schema.encodings, file_index), dialect.has_header,
                  DialectArguments(dialect), ColumnTypes(columns));
  if (!dataset.options.treat_empty_as_null) {
    std::string texts;
    for (const StoredColumn& column : columns) {
      if (column.native_type == "VARCHAR")
        texts += (texts.empty() ? "" : ", ") + QuoteText(column.name);
    }
    if (!texts.empty()) sql += fmt::format(", force_not_null = [{}]", texts);
  }
  return sql + ")";
}

std::string JsonSql(const Dataset& dataset, const FileEncodings& encodings,
                    const std::vector<StoredColumn>* columns, size_t file_index,
                    MapInference map_inference = MapInference::kYes) {
  std::string sql = fmt::format("read_json({}, format = {}",
                                TextFileArguments(dataset, encodings, file_index),
                                QuoteText(dataset.options.json_format.value_or("auto")));
  if (columns) sql += fmt::format(", records = 'true', columns = {}", ColumnTypes(*columns));
  if (!columns) {
    const bool all = KeyDetectionOf(dataset.files[file_index]) == KeyDetection::kAllRecords;
    sql +=
        fmt::format(", sample_size = {}, map_inference_threshold = {}",
                    all ? -1 : kSampledRecords, map_inference == MapInference::kYes ? 200 : -1);
  }
  return sql + ")";
}

/// Parquet files have no encoding but UTF-8; one that is not plain holds texts that are not
/// that.
bool HasByteTexts(const FileEncodings& encodings, size_t file_index) {
  return !encodings.Get(file_index).empty();
}

std::string ParquetSql(const Dataset& dataset, const FileEncodings& encodings,
                       size_t file_index) {
  const std::string& uri = dataset.files[file_index].uri;
  return fmt::format("read_parquet({}, {})",
                     HasByteTexts(encodings, file_index)
                         ? QuoteText(fmt::format("{}{}", kByteTextPathPrefix, uri))
                         : PathArgument(uri),
                     kNoPathColumns);
}

/// The columns as they follow each other in a file.
std::vector<StoredColumn> ColumnsInOrder(const DatasetSchema& schema, size_t file_index) {
  const auto other = schema.other_orders.find(file_index);
  if (other == schema.other_orders.end()) return schema.columns;
  std::vector<StoredColumn> columns;
  for (const std::string& name : other->second)
    columns.push_back(*std::ranges::find(schema.columns, name, &StoredColumn::name));
  return columns;
}

/// The columns of a table, under their names, from what TableReading yields.
std::string TableSql(const Dataset& dataset, const DatasetSchema& schema,
                     const std::string& rows, RowNumbers row_numbers) {
  std::string columns;
  for (size_t i = 0; i < schema.columns.size(); ++i) {
    if (IsExcluded(dataset, schema.columns[i].name)) continue;
    columns += fmt::format("{}c{} AS {}", columns.empty() ? "" : ", ", i,
                           QuoteName(schema.columns[i].name));
  }
  if (row_numbers == RowNumbers::kYes)
    columns +=
        fmt::format("{}n AS {}", columns.empty() ? "" : ", ", QuoteName(kRowNumberColumn));
  return fmt::format("(SELECT {} FROM {})", columns.empty() ? "1 AS nothing" : columns, rows);
}

/// Computed rows, from what is read.
std::string DerivedSql(const Derivation& derivation, const std::string& rows,
                       RowNumbers row_numbers) {
  std::string columns;
  for (const std::string& column : derivation.columns)
    columns += (columns.empty() ? "" : ", ") + column;
  if (row_numbers == RowNumbers::kYes)
    columns += (columns.empty() ? "" : ", ") + QuoteName(kRowNumberColumn);
  std::string sql =
      fmt::format("SELECT {} FROM {}", columns.empty() ? "1 AS nothing" : columns, rows);
  if (!derivation.condition.empty()) sql += " WHERE " + derivation.condition;
  return sql;
}

std::string ReaderSql(const Dataset& dataset, const DatasetSchema& schema, size_t file_index) {
  switch (dataset.format) {
    case FileFormat::kParquet: return ParquetSql(dataset, *schema.encodings, file_index);
    case FileFormat::kDelimited:
      return DelimitedSql(dataset, schema, ColumnsInOrder(schema, file_index), file_index);
    case FileFormat::kJson:
      return JsonSql(dataset, *schema.encodings, &schema.columns, file_index);
    case FileFormat::kTable: break;  // TableSql
  }
  return {};
}

}  // namespace

KeyDetection KeyDetectionOf(const DataFile& file) {
  constexpr int64_t kMostBytes = int64_t{64} << 20;
  constexpr int64_t kUsualCompression = 8;
  const int64_t bytes = file.size_bytes * (IsCompressed(file.uri) ? kUsualCompression : 1);
  return bytes <= kMostBytes ? KeyDetection::kAllRecords : KeyDetection::kFirstRecords;
}

bool HasLineField(const Dataset& dataset) {
  return dataset.format != FileFormat::kParquet &&
         dataset.options.line_identifier_field.has_value();
}

std::string QuoteName(std::string_view name) {
  return plan::dialects::DuckDb().QuoteIdentifier(name);
}

std::string QuoteText(std::string_view text) {
  return plan::dialects::DuckDb().QuoteString(text);
}

bool LeavesRowsOut(const DatasetSchema& schema) {
  if (!schema.derivation) return false;
  return !schema.derivation->condition.empty() || LeavesRowsOut(*schema.derivation->source);
}

std::string FileSql(const Dataset& dataset, const DatasetSchema& schema, size_t file_index,
                    RowNumbers row_numbers, int64_t max_rows) {
  if (schema.derivation) {
    // The limit is one of rows that are there, not of those that were read for them.
    const bool limits_here = max_rows >= 0 && !schema.derivation->condition.empty();
    const std::string sql = DerivedSql(*schema.derivation,
                                       FileSql(dataset, *schema.derivation->source, file_index,
                                               row_numbers, limits_here ? -1 : max_rows),
                                       row_numbers);
    return limits_here ? fmt::format("({} LIMIT {})", sql, max_rows) : "(" + sql + ")";
  }
  if (schema.table) {
    const auto address =
        row_numbers == RowNumbers::kYes ? AddressColumn::kYes : AddressColumn::kNo;
    return TableSql(dataset, schema, schema.table->RowsSql(address, max_rows), row_numbers);
  }
  const DataFile& file = dataset.files[file_index];
  std::string columns;
  const auto add = [&](const std::string& sql) {
    columns += (columns.empty() ? "" : ", ") + sql;
  };
  for (const StoredColumn& column : schema.columns) {
    if (IsExcluded(dataset, column.name)) continue;
    if (dataset.format == FileFormat::kParquet && HasByteTexts(*schema.encodings, file_index)) {
      add(fmt::format("CAST(assay_text({0}, CAST(NULL AS {1})) AS {1}) AS {0}",
                      QuoteName(column.name), column.native_type));
    } else if (dataset.format == FileFormat::kParquet) {
      // Files may store narrower numbers than the container; the cast is free where they do
      // not.
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
    add(fmt::format("CAST({} AS {}) AS {}", is_null ? "NULL" : QuoteText(value->second),
                    field.native_type, QuoteName(field.name)));
  }
  if (HasLineField(dataset))
    add(fmt::format("row_number() OVER () AS {}",
                    QuoteName(*dataset.options.line_identifier_field)));
  if (row_numbers == RowNumbers::kYes) {
    add(fmt::format(
        "{} AS {}",
        dataset.format == FileFormat::kParquet ? "file_row_number" : "row_number() OVER () - 1",
        QuoteName(kRowNumberColumn)));
  }
  if (columns.empty()) columns = "1 AS nothing";
  std::string sql =
      fmt::format("(SELECT {} FROM {}", columns, ReaderSql(dataset, schema, file_index));
  if (max_rows >= 0) sql += fmt::format(" LIMIT {}", max_rows);
  return sql + ")";
}

std::string ShapeSql(const Dataset& dataset, const DatasetSchema& schema) {
  if (schema.derivation) {
    return "(" +
           DerivedSql(*schema.derivation, ShapeSql(dataset, *schema.derivation->source),
                      RowNumbers::kNo) +
           ")";
  }
  if (!schema.table) return FileSql(dataset, schema, schema.readable.front(), RowNumbers::kNo);
  std::string columns;
  for (const StoredColumn& column : schema.columns) {
    if (IsExcluded(dataset, column.name)) continue;
    columns += fmt::format("{}CAST(NULL AS {}) AS {}", columns.empty() ? "" : ", ",
                           column.native_type, QuoteName(column.name));
  }
  return fmt::format("(SELECT {} WHERE false)", columns.empty() ? "1 AS nothing" : columns);
}

std::string ChosenRowsSql(const Dataset& dataset, const DatasetSchema& schema,
                          size_t file_index, std::span<const int64_t> row_numbers) {
  if (schema.derivation) {
    return "(" +
           DerivedSql(
               *schema.derivation,
               ChosenRowsSql(dataset, *schema.derivation->source, file_index, row_numbers),
               RowNumbers::kYes) +
           ")";
  }
  if (schema.table) {
    return TableSql(dataset, schema, schema.table->ChosenRowsSql(row_numbers),
                    RowNumbers::kYes);
  }
  const std::string number = QuoteName(kRowNumberColumn);
  return fmt::format(
      "(SELECT * FROM {} WHERE {} BETWEEN {} AND {} AND {} IN ({}))",
      FileSql(dataset, schema, file_index, RowNumbers::kYes,
              dataset.format == FileFormat::kParquet ? -1 : row_numbers.back() + 1),
      number, row_numbers.front(), row_numbers.back(), number, fmt::join(row_numbers, ", "));
}

std::string DetectingReaderSql(const Dataset& dataset, const FileEncodings& encodings,
                               size_t file_index, MapInference map_inference) {
  switch (dataset.format) {
    case FileFormat::kParquet: return ParquetSql(dataset, encodings, file_index);
    case FileFormat::kDelimited:
      return fmt::format("read_csv({}, all_varchar = true)",
                         TextFileArguments(dataset, encodings, file_index));
    case FileFormat::kJson:
      return JsonSql(dataset, encodings, nullptr, file_index, map_inference);
    case FileFormat::kTable: break;  // a table says its types
  }
  return {};
}

std::string DialectArguments(const DelimitedDialect& dialect) {
  return fmt::format("delim = {}, quote = {}, escape = {}, skip = {}, {}",
                     QuoteText(dialect.delimiter), QuoteText(dialect.quote),
                     QuoteText(dialect.escape), dialect.skipped_lines, kLineLimits);
}

std::string TextFilePath(const Dataset& dataset, const FileEncodings& encodings,
                         size_t file_index) {
  const std::string& uri = dataset.files[file_index].uri;
  const std::string encoding = encodings.Get(file_index);
  if (!encoding.empty() || IsCompressed(uri)) {
    return fmt::format("{}{}:{}", kDecodedPathPrefix,
                       encoding.empty() ? kPlainEncoding : encoding, uri);
  }
  return dataset.format == FileFormat::kJson ? uri : fmt::format("{}{}", kUtf8PathPrefix, uri);
}

std::string TextFileArguments(const Dataset& dataset, const FileEncodings& encodings,
                              size_t file_index) {
  const std::string& uri = dataset.files[file_index].uri;
  const std::string path = TextFilePath(dataset, encodings, file_index);
  if (path == uri) return fmt::format("{}, {}", PathArgument(uri), kNoPathColumns);
  // What our file systems yield is not compressed, whatever the path ends in.
  return fmt::format("{}, compression = 'uncompressed', {}", QuoteText(path), kNoPathColumns);
}

}  // namespace assay::engine
