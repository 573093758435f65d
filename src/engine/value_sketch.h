// The distinct values of a field with the smallest hashes: enough to tell how much of one field
// is found in another one without reading either again.

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::engine {

/// A bottom-k sketch (Beyer et al., "On Synopses for Distinct-Value Estimation Under Multiset
/// Operations", 2007). Of integers of up to 64 bits, whatever their width, and of texts; two
/// sketches can be compared when their fields are of one of these types.
struct ValueSketch {
  static constexpr size_t kValues = 1024;
  /// Of fields most of whose values are different: others may refer to few of them.
  static constexpr size_t kValuesOfKeys = 4096;

  /// Every value with a hash up to it is held; the greatest number when all values are.
  uint64_t threshold = UINT64_MAX;
  std::vector<uint64_t> hashes;  // ascending
  std::vector<int64_t> counts;   // parallel: in how many rows; empty when not known

  bool is_complete() const { return threshold == UINT64_MAX; }

  friend bool operator==(const ValueSketch&, const ValueSketch&) = default;
};

/// How much of the values of one field another one has, as far as both sketches tell.
struct ValueOverlap {
  int64_t values = 0, rows = 0;                  // that both sketches can tell of
  int64_t missing_values = 0, missing_rows = 0;  // of these not in the other field
  int64_t missing_once = 0;                      // of the missing values those in one row
};

/// `field` needs counts. Linear in both.
ValueOverlap FindOverlap(const ValueSketch& field, const ValueSketch& other);

}  // namespace assay::engine
