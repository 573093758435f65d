// How delimited files are written, and the types of their columns, from samples.

#pragma once

#include <stop_token>

#include "engine/duckdb/file_shapes.h"
#include "engine/session.h"

namespace assay::engine {

/// Detects delimiter, quote and header of one file; options given by the user win.
Result<DelimitedDialect> DetectDialect(Session& session, const Dataset& dataset,
                                       const FileEncodings& encodings, size_t file_index,
                                       std::stop_token stop);

/// The names of a file's columns under the schema's dialect, all as texts.
Result<FileShape> DelimitedShape(Session& session, const Dataset& dataset,
                                 const DatasetSchema& schema, size_t file_index);

/// How the texts of a column are best read.
struct TextType {
  plan::FieldType type = plan::FieldType::kString;
  std::string native_type =
      "VARCHAR";  // of numbers that need more than BIGINT or DOUBLE: HUGEINT, DECIMAL(38,s)
};

/// A type for each text column, by the votes of the values in samples of up to 10 files: the
/// narrowest that at least 95 % of the values that are neither null nor empty parse as, else
/// String. A column without values is String. Numbers with leading zeros are texts.
Result<std::vector<TextType>> VoteTypes(Session& session,
                                        const std::vector<std::string>& sample_sql,
                                        const std::vector<std::string>& column_names,
                                        std::stop_token stop);

}  // namespace assay::engine
