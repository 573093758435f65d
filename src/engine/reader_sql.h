// The SQL with which DuckDB reads one file of a dataset.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/dataset.h"
#include "engine/profile.h"

namespace assay::engine {

enum class RowNumbers { kNo, kYes };

/// The name of the row-number column that RowNumbers::kYes adds (BIGINT, from 0).
inline constexpr const char* kRowNumberColumn = "assay row number";

/// "name" and 'text' as DuckDB reads them.
std::string QuoteName(std::string_view name);
std::string QuoteText(std::string_view text);

/// Whether rows get a field with their number in their file, from 1: text formats on request.
bool HasLineField(const Dataset& dataset);

/// Whether some rows that are read are none of the dataset's.
bool LeavesRowsOut(const DatasetSchema& schema);

/// A subquery "(SELECT ... FROM read_...(...))" with the schema's columns and the file's
/// partition values. `max_rows` < 0: all. Row numbers of text formats make the read sequential;
/// those of tables are addresses, of which TableReading::MakeAddressable has to be told before.
std::string FileSql(const Dataset& dataset, const DatasetSchema& schema, size_t file_index,
                    RowNumbers row_numbers, int64_t max_rows = -1);

/// A subquery with the same columns, but for row numbers, to see the types of expressions over
/// them. Of a table: without asking the server.
std::string ShapeSql(const Dataset& dataset, const DatasetSchema& schema);

/// The same as FileSql for the rows with the given numbers, ascending, only.
std::string ChosenRowsSql(const Dataset& dataset, const DatasetSchema& schema,
                          size_t file_index, std::span<const int64_t> row_numbers);

/// Whether objects of 200 and more keys whose values are alike are seen as maps.
enum class MapInference { kNo, kYes };

/// Whether all records of a JSON file are looked at for its keys, or only the first
/// kSampledRecords, as the file is large.
enum class KeyDetection { kAllRecords, kFirstRecords };
KeyDetection KeyDetectionOf(const DataFile& file);
inline constexpr int64_t kSampledRecords = 20'480;

/// The call read_parquet(...) or so alone, with every type left to detection.
std::string DetectingReaderSql(const Dataset& dataset, const FileEncodings& encodings,
                               size_t file_index,
                               MapInference map_inference = MapInference::kYes);

/// The path under which the session's file systems show the text of a delimited or JSON file.
std::string TextFilePath(const Dataset& dataset, const FileEncodings& encodings,
                         size_t file_index);

/// The first arguments of a read_csv, sniff_csv or read_json call: the quoted path, which leads
/// through DecodingFileSystem when the file is compressed or not plain, and through
/// Utf8FileSystem when it is a plain delimited one.
std::string TextFileArguments(const Dataset& dataset, const FileEncodings& encodings,
                              size_t file_index);

/// Arguments of read_csv for what separates and encloses cells.
std::string DialectArguments(const DelimitedDialect& dialect);

/// Arguments that let a line be as long as DuckDB's usual buffer of 32 MB.
inline constexpr const char* kLineLimits = "max_line_size = 32000000, buffer_size = 32000000";

inline constexpr std::string_view kDecodedPathPrefix = "assay-decode:";
inline constexpr std::string_view kUtf8PathPrefix = "assay-utf8:";       // Utf8FileSystem
inline constexpr std::string_view kByteTextPathPrefix = "assay-bytes:";  // ByteTextFileSystem
inline constexpr std::string_view kPlainEncoding = "plain";  // in such a path: no decoder

}  // namespace assay::engine
