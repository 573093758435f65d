// Cutting a batch into runs of rows that are, or are not, held out.

#pragma once

#include <algorithm>

#include "engine/duckdb/duckdb_library.h"
#include "engine/holdout.h"

namespace assay::engine {

/// Calls visit(first row, count, is held out) for maximal runs of the batch; `row_numbers` is
/// the BIGINT vector of the rows' numbers in their file.
template <class Visit>
void ForEachHoldoutRun(const Holdout& holdout, duckdb::Vector& row_numbers, size_t rows,
                       Visit&& visit) {
  if (holdout.is_empty()) {
    visit(size_t{0}, rows, false);
    return;
  }
  duckdb::UnifiedVectorFormat format;
  row_numbers.ToUnifiedFormat(rows, format);
  const auto* numbers = duckdb::UnifiedVectorFormat::GetData<int64_t>(format);
  const auto block_of = [&](size_t row) {
    return numbers[format.sel->get_index(row)] / kHoldoutBlockRows;
  };
  size_t first = 0;
  while (first < rows) {
    const int64_t block = block_of(first);
    size_t end = first + 1;
    while (end < rows && block_of(end) == block) ++end;
    visit(first, end - first, holdout.ContainsBlock(block));
    first = end;
  }
}

}  // namespace assay::engine
