// What a file's name says about its format, and which names are no data at all.

#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "engine/dataset.h"

namespace assay::connectors {

/// The parts of a data file's name: "part-1.snappy.parquet" is stem "part-1", ending
/// ".snappy.parquet", extension "parquet"; "a.CSV.gz" is stem "a", ending ".CSV.gz", extension
/// "csv".
struct FileEnding {
  std::string_view stem;
  std::string_view ending;     // as written, compression and codec included
  std::string_view extension;  // lower case, without dot and compression; a static text
  engine::FileFormat format = engine::FileFormat::kParquet;
};

/// Reads the ending of a file name (no folders), or says why the file is left out:
/// "format not supported in this version: avro". ASCII case is ignored.
std::expected<FileEnding, std::string> ReadFileEnding(std::string_view file_name);

/// Why a folder or file of this name is never data: "hidden: name starts with '_'",
/// "temporary file (.tmp)". Empty if it may be data. A Hive level such as "_day=1" is not
/// hidden.
std::string ReasonToSkipFolder(std::string_view folder_name);
std::string ReasonToSkipFile(std::string_view file_name);

}  // namespace assay::connectors
