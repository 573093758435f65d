// How delimited files are written, and the types of their columns, from samples.

#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/duckdb/file_shapes.h"
#include "engine/profile/profile_state.h"
#include "engine/session.h"

namespace assay::engine {

struct DetectedDialect {
  DelimitedDialect dialect;
  int64_t column_count = 0;
};

/// Detects delimiter, quote and header of one file; options given by the user win. Lines with
/// another number of cells than nine of ten do not make it a file of one column.
Result<DetectedDialect> DetectDialect(Session& session, const Dataset& dataset,
                                      const FileEncodings& encodings, size_t file_index,
                                      std::stop_token stop);

/// The names of a file's columns under the schema's dialect, all as texts.
Result<FileShape> DelimitedShape(Session& session, const Dataset& dataset,
                                 const DatasetSchema& schema, size_t file_index);

/// How the texts of a column are best read.
struct TextType {
  plan::FieldType type = plan::FieldType::kString;
  /// VARCHAR, or of numbers that need more than BIGINT or DOUBLE: HUGEINT, DECIMAL(38,s).
  std::string native_type = "VARCHAR";
};

/// Chooses a type for each of some text columns by the votes of their values: the narrowest
/// that at least 95 % of the values that are neither null nor empty parse as, else String. A
/// column without values is String. Numbers with leading zeros are texts, and so are those of
/// which some need more than 38 digits to be exact.
class TypeVote {
 public:
  explicit TypeVote(std::vector<std::string> column_names);

  /// Counts the rows of a subquery with these columns. One that fails counts for nothing.
  Status Add(Session& session, const std::string& sample_sql, std::stop_token stop);

  /// In the order of the columns. Call it last.
  std::vector<TextType> Finish();

 private:
  const std::vector<std::string> column_names_;
  const std::shared_ptr<const profile::ProfilePlan> plan_;
  profile::ProfileState state_;
};

}  // namespace assay::engine
