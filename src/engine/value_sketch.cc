#include "engine/value_sketch.h"

#include <algorithm>

namespace assay::engine {

ValueOverlap FindOverlap(const ValueSketch& field, const ValueSketch& other) {
  const uint64_t limit = std::min(field.threshold, other.threshold);
  ValueOverlap overlap;
  size_t at = 0;
  for (size_t i = 0; i < field.hashes.size() && field.hashes[i] <= limit; ++i) {
    while (at < other.hashes.size() && other.hashes[at] < field.hashes[i]) ++at;
    const bool is_found = at < other.hashes.size() && other.hashes[at] == field.hashes[i];
    ++overlap.values;
    overlap.rows += field.counts[i];
    if (is_found) continue;
    ++overlap.missing_values;
    overlap.missing_rows += field.counts[i];
    overlap.missing_once += field.counts[i] == 1;
  }
  return overlap;
}

}  // namespace assay::engine
