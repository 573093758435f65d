// The columns of single files, and which of them make up the container's schema.

#pragma once

#include <string>
#include <vector>

#include "engine/duckdb/duckdb_library.h"
#include "engine/profile.h"

namespace assay::engine {

/// The columns of one file.
struct FileShape {
  size_t file_index = 0;
  std::vector<std::string> names;
  std::vector<duckdb::LogicalType> types;
};

/// The shape that most files share: same names (in any order) and types of the same family, the
/// first of those that tie. Types are widened over its files, columns in the order of its
/// first. The others become failures that name the first differences.
struct CommonShape {
  FileShape shape;
  std::vector<size_t> readable;
  std::vector<FileFailure> failures;
};
CommonShape FindCommonShape(const std::vector<FileShape>& shapes, const Dataset& dataset);

}  // namespace assay::engine
