// How many slips of the keyboard two texts are apart.

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace assay::plan::names {

/// The optimal string alignment distance, or restricted Damerau-Levenshtein distance: the
/// fewest insertions, deletions and replacements of one character and exchanges of two that
/// stand side by side, where nothing is changed twice (Damerau 1964; Boytsov 2011, section
/// 2.2). Keeps its rows between calls: one object a thread.
class EditDistance {
 public:
  /// At most `limit` + 1, which says that it is more than `limit`. O(|a| * min(limit, |b|)).
  size_t operator()(std::u32string_view a, std::u32string_view b, size_t limit);

 private:
  std::vector<size_t> row_, previous_, before_previous_;
};

}  // namespace assay::plan::names
