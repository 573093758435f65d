// Counting rows per dictionary entry, so that a value is looked at once per dictionary instead
// of once per row.

#pragma once

#include <cstdint>
#include <vector>

#include "engine/profile/column_view.h"

namespace assay::engine::profile {

class DictionaryCounts {
 public:
  /// Whether `column` continues the dictionary that is being counted.
  bool Continues(const ColumnView& column) const {
    return dictionary_.dictionary_id == column.dictionary_id && !counts_.empty();
  }

  /// Counts the rows of a batch; with another dictionary than before, Visit() must have been
  /// called.
  void Count(const ColumnView& column) {
    if (!Continues(column)) {
      dictionary_ = column;
      counts_.assign(column.dictionary_size, 0);
    }
    for (size_t row = 0; row < column.row_count; ++row) ++counts_[column.selection[row]];
  }

  /// Calls visit(value index, occurrences, is_valid) for every entry that occurs, then forgets
  /// them.
  template <class VisitEntry>
  void Visit(VisitEntry&& visit) {
    for (size_t index = 0; index < counts_.size(); ++index) {
      if (counts_[index] != 0) visit(index, counts_[index], dictionary_.IsValidIndex(index));
    }
    counts_.clear();
    dictionary_ = {};
  }

  /// The batch that began the dictionary; its values are those of all its batches.
  const ColumnView& dictionary() const { return dictionary_; }
  bool empty() const { return counts_.empty(); }

 private:
  ColumnView dictionary_;
  std::vector<int64_t> counts_;
};

}  // namespace assay::engine::profile
