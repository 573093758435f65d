// Approximate quantiles of any number of weighted values.

#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/profile/byte_stream.h"

namespace assay::engine::profile {

/// KLL sketches (Karnin, Lang, Liberty, "Optimal Quantile Approximation in Streams", 2016;
/// Apache DataSketches), one for each power-of-two weight.
///
/// A value that occurs w times goes once into the sketch of each bit of w. A stream is thinned
/// as it grows: from every 2^j consecutive values one, chosen uniformly, goes in with weight
/// 2^j, with 2^j about n / 65,536. Rank error: sampling at most 0.6 %, sketches 0.5 %, at three
/// sigma, which together stay within 1 % of all values. Memory: at most about 20 KiB for each
/// of the weights in use (in practice under 10 of them).
class QuantileSketch {
 public:
  static constexpr uint16_t kSketchSize = 512;  // the "k" of KLL

  QuantileSketch();
  ~QuantileSketch();
  QuantileSketch(QuantileSketch&&) noexcept;
  QuantileSketch& operator=(QuantileSketch&&) noexcept;

  /// Adds finite values of a stream.
  void Add(const double* values, size_t count);
  /// Adds one value that occurs `count` > 0 times.
  void AddRepeated(double value, int64_t count);
  void Combine(const QuantileSketch& other);

  /// Values in ascending order with their weights; the weights sum to about the number of
  /// values.
  std::vector<std::pair<double, double>> WeightedValues() const;

  void Serialize(ByteWriter& out) const;
  void Deserialize(ByteReader& in);

 private:
  struct Levels;
  void FinishBlock();

  std::unique_ptr<Levels> levels_;
  int64_t stream_count_ = 0;  // values given to Add()
  int stream_level_ = 0;      // j
  int64_t block_seen_ = 0;    // values of the current block of 2^j that have passed
  int64_t block_choice_ = 0;  // which of the block is taken
  double block_value_ = 0;    // the last value seen that may stand for an unfinished block
  uint64_t random_state_;
};

/// The value at `rank` in [0, 1] of ascending weighted values (the smallest value whose
/// cumulative weight reaches it); `values` is not empty.
double WeightedQuantile(const std::vector<std::pair<double, double>>& values, double rank);

}  // namespace assay::engine::profile
