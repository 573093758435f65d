// What the engine reads: the files of one container and how they are written, or a table.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/fields.h"

namespace assay::engine {

/// How the rows of a container are held: in files of one of these, or by a database.
enum class FileFormat { kParquet, kDelimited, kJson, kTable };

const char* FileFormatName(FileFormat format);

/// How the bytes of delimited and JSON files are to be read. Absent: detected from each
/// container's first files.
struct ReadOptions {
  std::optional<bool> has_header;  // "First row as field names"
  std::optional<std::string> delimiter;
  std::optional<std::string> escape_character;       // one byte
  std::optional<bool> infer_datatypes;               // default: true for formats without types
  bool treat_empty_as_null = true;                   // an empty cell is null, not empty text
  std::optional<std::string> line_identifier_field;  // names a field that holds the number of
                                                     // the row in its file, from 1
  std::optional<std::string> json_format;            // "array", "newline_delimited", "auto"
  std::optional<std::string> encoding;               // one of those of TextDecoder
  std::vector<std::string> exclude_fields;

  static const Fields<ReadOptions>& JsonFields();
};

/// One file, which is also one partition of its container.
struct DataFile {
  std::string uri;            // "s3://bucket/key" or an absolute path
  std::string relative_path;  // below the datastore's root, for messages and results
  int64_t size_bytes = 0;
  Timestamp last_modified{};
  std::string etag;  // pins the version that is read; empty when the store has none
  std::vector<std::pair<std::string, std::string>>
      partition_values;  // from "k=v" folders, decoded
};

/// A table or view of a database that the session has attached (Session::AttachPostgres), or
/// the rows of a statement that the database runs.
struct TableName {
  std::string database;  // under which the session knows it
  std::string schema;
  std::string table;
  /// In place of `table`: one SELECT. Names in it without a schema mean those of `schema`
  /// first.
  std::string query = {};
};

/// The files of one container, in reading order; or a table, which is read as one part:
/// `format` is then kTable and `files` has one entry that stands for all of it, named like the
/// table and without a URI.
struct Dataset {
  std::string name;
  FileFormat format = FileFormat::kParquet;
  ReadOptions options;
  std::vector<DataFile> files;
  std::optional<TableName> table = {};  // kTable
};

/// A file that could not be (wholly) used, and why. Reported, counted, and never fatal to the
/// others.
struct FileFailure {
  std::string relative_path;
  Error error;
};

/// What users should know of a file that was used all the same.
struct FileRemark {
  std::string relative_path;
  std::string text;
};

}  // namespace assay::engine
