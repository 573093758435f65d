// How well some values determine others.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/row_sample.h"
#include "engine/scan.h"
#include "infer/suggestion.h"

namespace assay::infer {

/// The values of a column as numbers from 1 in the order in which they occur first; 0: none.
struct CodedColumn {
  std::vector<uint32_t> codes;
  uint32_t distinct = 0;

  static CodedColumn Of(const engine::RowSample::Column& column);
};

/// The rows of a table in groups of equal keys. Kept apart from the counts, since many columns
/// are looked at for each key.
class KeyGroups {
 public:
  explicit KeyGroups(const CodedColumn& keys);

  struct Outcome {
    engine::CheckCounts counts;  // as plan::DependencyCheck::Failing::kMinority counts them
    /// Times how much more unevenly than by chance the failing rows are spread over the groups
    /// (of at least 10 rows): 1 when errors strike anywhere alike, far more when the values of
    /// some keys are not determined at all. nullopt with fewer than 5 such groups, or
    /// 10 failing rows in them.
    std::optional<double> dispersion;
  };

  /// How `values` (as many rows) go with the keys. O(rows).
  Outcome Count(const CodedColumn& values) const;

 private:
  std::vector<uint32_t> rows_;    // those with a key, grouped
  std::vector<uint32_t> starts_;  // of each group in rows_, and their end
};

}  // namespace assay::infer
