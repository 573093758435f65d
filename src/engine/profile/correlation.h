// Pearson correlations of all pairs of numeric columns, in the same pass.

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/profile/byte_stream.h"

namespace assay::engine::profile {

/// Co-moments of every pair of columns over the rows where both have a finite value.
///
/// Each batch is centred on its own means before products are summed, and batches are combined
/// by Pebay's formulas (see moments.h), so large offsets cost no precision. Memory: 48 bytes a
/// pair. Cost: one to six multiply-adds a row and pair.
class Correlations {
 public:
  explicit Correlations(size_t columns);

  /// Adds `rows` rows. values[c][r] is the value of column c, 0 where present[c][r] is 0,
  /// else 1. Columns with no absent value may give nullptr for `present[c]`.
  void Add(const std::vector<const double*>& values, const std::vector<const double*>& present,
           size_t rows);
  void Combine(const Correlations& other);

  size_t columns() const { return columns_; }
  /// r of columns a < b; NaN when either has no spread or fewer than two rows have both.
  double Coefficient(size_t a, size_t b) const;

  /// The line of least squares for `of` over `over` (different columns), as Coefficient: NaN in
  /// all members when either has no spread.
  struct Line {
    double slope = 0, intercept = 0;
    double r2 = 0;
    double root_mean_squared_error = 0;  // n in the denominator
  };
  Line LineOf(size_t of, size_t over) const;

  void Serialize(ByteWriter& out) const;
  void Deserialize(ByteReader& in);

 private:
  struct Pair {
    double count = 0;
    double mean_a = 0, mean_b = 0;
    double moment_aa = 0, moment_bb = 0, moment_ab = 0;  // sums of products of deviations
  };
  static void CombinePair(Pair& into, const Pair& other);
  size_t PairIndex(size_t a, size_t b) const {
    return a * columns_ - a * (a + 1) / 2 + (b - a - 1);
  }

  size_t columns_;
  std::vector<Pair> pairs_;
};

}  // namespace assay::engine::profile
