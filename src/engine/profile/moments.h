// Mean and central moments that can be combined.

#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/profile/byte_stream.h"

namespace assay::engine::profile {

/// Count, mean and the sums of the 2nd to 4th powers of deviations from it, combined by the
/// formulas of Pebay, "Formulas for Robust, One-Pass Parallel Computation of Covariances and
/// Arbitrary-Order Statistical Moments" (SAND2008-6212). Relative error about 1e-12 on data
/// whose mean is not many orders of magnitude above its deviation.
class Moments {
 public:
  /// Adds `count` finite values.
  void Add(const double* values, size_t count);
  /// Adds one finite value that occurs `count` times.
  void AddRepeated(double value, int64_t count);
  void Combine(const Moments& other);

  int64_t count() const { return count_; }
  double mean() const { return mean_; }
  /// Sample standard deviation (n - 1); needs two values.
  double StandardDeviation() const;
  /// Population skewness m3 / m2^1.5 and excess kurtosis m4 / m2^2 - 3; need two different
  /// values.
  double Skewness() const;
  double Kurtosis() const;
  bool has_spread() const { return count_ > 1 && m2_ > 0; }

  void Serialize(ByteWriter& out) const;
  void Deserialize(ByteReader& in);

 private:
  int64_t count_ = 0;
  double mean_ = 0;
  double m2_ = 0, m3_ = 0, m4_ = 0;
};

}  // namespace assay::engine::profile
