// Lists in pages, as every listing of this module takes and returns them.

#pragma once

#include <cstdint>
#include <vector>

namespace assay::store {

enum class SortOrder { kAscending, kDescending };

/// `page` counts from 1; both are at least 1 (smaller values are read as 1). A page beyond the
/// last is empty.
struct PageRequest {
  int64_t page = 1;
  int64_t size = 50;
};

/// One page and how many items there are on all of them.
template <class T>
struct Page {
  std::vector<T> items;
  int64_t total = 0;
};

/// Whether a list shows what was archived (or deleted but kept).
enum class Archived { kExclude, kOnly, kInclude };

}  // namespace assay::store
