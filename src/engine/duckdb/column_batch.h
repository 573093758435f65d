// DuckDB vectors as the column views of the kernels, without copying values.

#pragma once

#include <memory>
#include <vector>

#include "engine/duckdb/duckdb_library.h"
#include "engine/profile/column_view.h"

namespace assay::engine {

/// Views one vector after another. Holds what the last views point to; one per column and
/// thread.
class ColumnViewer {
 public:
  /// Rows [first, first + count) of `vector`, which holds `vector_rows`. Valid until the next
  /// call with another vector; views of dictionaries stay valid until ReleaseDictionary().
  profile::ColumnView View(duckdb::Vector& vector, size_t vector_rows, size_t first,
                           size_t count);

  /// The elements of the lists in those rows; null lists have none.
  profile::ColumnView ViewElements(duckdb::Vector& vector, size_t vector_rows, size_t first,
                                   size_t count);

  /// Whether viewing `vector` would begin another dictionary (or none) than the one last
  /// viewed.
  bool BeginsDictionary(const duckdb::Vector& vector) const;
  void ReleaseDictionary();

 private:
  duckdb::UnifiedVectorFormat format_;
  duckdb::UnifiedVectorFormat element_format_;
  std::vector<uint32_t> elements_;
  std::string dictionary_name_;
  uint64_t dictionary_id_ = 0;
  duckdb::unique_ptr<duckdb::Vector> dictionary_;  // keeps its memory alive
};

}  // namespace assay::engine
