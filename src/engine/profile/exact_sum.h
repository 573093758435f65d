// Sums without rounding (integers) or with next to none (reals).

#pragma once

#include <cmath>
#include <concepts>
#include <optional>
#include <string>

#include "engine/profile/byte_stream.h"
#include "engine/profile/column_view.h"

namespace assay::engine::profile {

/// Exact sum of integers of up to 128 bits: their low and high 64-bit halves are summed apart,
/// so up to 2^63 values cannot overflow.
class IntegerSum {
 public:
  void Add(Int128 value, int64_t times = 1) {
    low_ += static_cast<Uint128>(static_cast<uint64_t>(value)) * static_cast<Uint128>(times);
    high_ += static_cast<Int128>(static_cast<int64_t>(value >> 64)) * times;
  }
  /// Adds the sum of a batch whose values all fit in 64 bits.
  void AddBatch(Int128 sum) { Add(sum); }
  void Combine(const IntegerSum& other) {
    low_ += other.low_;
    high_ += other.high_;
  }
  /// Absent when the sum itself does not fit in 128 bits.
  std::optional<Int128> Value() const {
    const Int128 carried = high_ + static_cast<Int128>(low_ >> 64);
    if (carried > INT64_MAX || carried < INT64_MIN) return std::nullopt;
    return static_cast<Int128>(static_cast<Uint128>(carried) << 64 |
                               static_cast<uint64_t>(low_));
  }
  /// The sum as a floating-point number.
  double Approximate() const {
    return static_cast<double>(high_) * 0x1p64 + static_cast<double>(low_);
  }
  void Serialize(ByteWriter& out) const {
    out.Put(low_);
    out.Put(high_);
  }
  void Deserialize(ByteReader& in) {
    low_ = in.Get<Uint128>();
    high_ = in.Get<Int128>();
  }

 private:
  Uint128 low_ = 0;
  Int128 high_ = 0;
};

/// Compensated sum (Neumaier 1974): the error is that of a few roundings, whatever the order.
class RealSum {
 public:
  void Add(double value) {
    const double sum = sum_ + value;
    correction_ +=
        std::abs(sum_) >= std::abs(value) ? (sum_ - sum) + value : (value - sum) + sum_;
    sum_ = sum;
  }
  void Combine(const RealSum& other) {
    Add(other.sum_);
    correction_ += other.correction_;
  }
  double Value() const { return std::isfinite(sum_) ? sum_ + correction_ : sum_; }
  void Serialize(ByteWriter& out) const {
    out.Put(sum_);
    out.Put(correction_);
  }
  void Deserialize(ByteReader& in) {
    sum_ = in.Get<double>();
    correction_ = in.Get<double>();
  }

 private:
  double sum_ = 0;
  double correction_ = 0;
};

}  // namespace assay::engine::profile
