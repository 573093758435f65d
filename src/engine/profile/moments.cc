#include "engine/profile/moments.h"

#include <cmath>

namespace assay::engine::profile {
namespace {

struct PowerSums {
  double m2, m3, m4;
};

// Four independent accumulators let the compiler use vector registers without reordering any
// one sum.
__attribute__((target_clones("avx2", "default"))) double Sum(const double* values,
                                                             size_t count) {
  double lanes[8] = {};
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    for (size_t lane = 0; lane < 8; ++lane) lanes[lane] += values[i + lane];
  }
  double sum = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) +
               ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
  for (; i < count; ++i) sum += values[i];
  return sum;
}

__attribute__((target_clones("avx2", "default"))) PowerSums Deviations(const double* values,
                                                                       size_t count,
                                                                       double mean) {
  double m2[8] = {}, m3[8] = {}, m4[8] = {};
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    for (size_t lane = 0; lane < 8; ++lane) {
      const double d = values[i + lane] - mean;
      const double d2 = d * d;
      m2[lane] += d2;
      m3[lane] += d2 * d;
      m4[lane] += d2 * d2;
    }
  }
  PowerSums sums{};
  for (size_t lane = 0; lane < 8; ++lane) {
    sums.m2 += m2[lane];
    sums.m3 += m3[lane];
    sums.m4 += m4[lane];
  }
  for (; i < count; ++i) {
    const double d = values[i] - mean;
    const double d2 = d * d;
    sums.m2 += d2;
    sums.m3 += d2 * d;
    sums.m4 += d2 * d2;
  }
  return sums;
}

}  // namespace

void Moments::Add(const double* values, size_t count) {
  if (count == 0) return;
  Moments batch;
  batch.count_ = static_cast<int64_t>(count);
  batch.mean_ = Sum(values, count) / static_cast<double>(count);
  const PowerSums sums = Deviations(values, count, batch.mean_);
  batch.m2_ = sums.m2;
  batch.m3_ = sums.m3;
  batch.m4_ = sums.m4;
  Combine(batch);
}

void Moments::AddRepeated(double value, int64_t count) {
  Moments batch;
  batch.count_ = count;
  batch.mean_ = value;
  Combine(batch);
}

void Moments::Combine(const Moments& other) {
  if (other.count_ == 0) return;
  if (count_ == 0) {
    *this = other;
    return;
  }
  const auto na = static_cast<double>(count_);
  const auto nb = static_cast<double>(other.count_);
  const double n = na + nb;
  const double d = other.mean_ - mean_;
  const double d_n = d / n;
  m4_ += other.m4_ + d * d_n * d_n * d_n * na * nb * (na * na - na * nb + nb * nb) +
         6 * d_n * d_n * (na * na * other.m2_ + nb * nb * m2_) +
         4 * d_n * (na * other.m3_ - nb * m3_);
  m3_ +=
      other.m3_ + d * d_n * d_n * na * nb * (na - nb) + 3 * d_n * (na * other.m2_ - nb * m2_);
  m2_ += other.m2_ + d * d_n * na * nb;
  mean_ += nb * d_n;
  count_ += other.count_;
}

double Moments::StandardDeviation() const {
  return std::sqrt(m2_ / static_cast<double>(count_ - 1));
}

double Moments::Skewness() const {
  const auto n = static_cast<double>(count_);
  return std::sqrt(n) * m3_ / std::pow(m2_, 1.5);
}

double Moments::Kurtosis() const {
  const auto n = static_cast<double>(count_);
  return n * m4_ / (m2_ * m2_) - 3;
}

void Moments::Serialize(ByteWriter& out) const {
  out.Put(count_);
  out.Put(mean_);
  out.Put(m2_);
  out.Put(m3_);
  out.Put(m4_);
}

void Moments::Deserialize(ByteReader& in) {
  count_ = in.Get<int64_t>();
  mean_ = in.Get<double>();
  m2_ = in.Get<double>();
  m3_ = in.Get<double>();
  m4_ = in.Get<double>();
}

}  // namespace assay::engine::profile
