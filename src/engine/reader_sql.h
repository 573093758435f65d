// The SQL with which DuckDB reads one file of a dataset.

#pragma once

#include <string>

#include "engine/dataset.h"
#include "engine/profile.h"

namespace assay::engine {

enum class RowNumbers { kNo, kYes };

/// The name of the row-number column that RowNumbers::kYes adds (BIGINT, from 0).
inline constexpr const char* kRowNumberColumn = "assay row number";

/// "name" and 'text' as DuckDB reads them.
std::string QuoteName(std::string_view name);
std::string QuoteText(std::string_view text);

/// A subquery "(SELECT ... FROM read_...(...))" with the schema's columns and the file's partition
/// values. `max_rows` < 0: all. Row numbers of text formats make the read sequential.
std::string FileSql(const Dataset& dataset, const DatasetSchema& schema, size_t file_index, RowNumbers row_numbers, int64_t max_rows = -1);

/// The call read_parquet(...) or so alone, with every type left to detection.
std::string DetectingReaderSql(const Dataset& dataset, size_t file_index);

/// The call that reads a delimited file as text in every column, at most `max_rows` rows.
std::string TextReaderSql(const Dataset& dataset, const DelimitedDialect& dialect, const std::vector<StoredColumn>& columns,
                          size_t file_index);

}  // namespace assay::engine
