#include "engine/profile/correlation.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::engine::profile {
namespace {

constexpr size_t kLanes = 8;

__attribute__((target_clones("avx2", "default"))) double Dot(const double* a, const double* b,
                                                             size_t count) {
  double lanes[kLanes] = {};
  size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (size_t lane = 0; lane < kLanes; ++lane) lanes[lane] += a[i + lane] * b[i + lane];
  }
  double sum = 0;
  for (const double lane : lanes) sum += lane;
  for (; i < count; ++i) sum += a[i] * b[i];
  return sum;
}

double Sum(const double* values, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; ++i) sum += values[i];
  return sum;
}

/// One column of a batch, centred on its own mean; absent values are 0.
struct Centred {
  double count = 0, mean = 0, sum = 0,
         squares = 0;  // sum: what rounding left of the deviations
  std::vector<double> values;
  std::vector<double> squared;      // only when something is absent
  const double* present = nullptr;  // nullptr: all
};

Centred Centre(const double* values, const double* present, size_t rows) {
  Centred column;
  column.count = present ? Sum(present, rows) : static_cast<double>(rows);
  column.present = column.count < static_cast<double>(rows) ? present : nullptr;
  column.mean = column.count > 0 ? Sum(values, rows) / column.count : 0;
  column.values.resize(rows);
  for (size_t i = 0; i < rows; ++i) column.values[i] = values[i] - column.mean;
  if (column.present) {
    for (size_t i = 0; i < rows; ++i) column.values[i] *= present[i];
    column.squared.resize(rows);
    for (size_t i = 0; i < rows; ++i) column.squared[i] = column.values[i] * column.values[i];
  }
  column.sum = Sum(column.values.data(), rows);
  column.squares = Dot(column.values.data(), column.values.data(), rows);
  return column;
}

}  // namespace

Correlations::Correlations(size_t columns)
    : columns_(columns), pairs_(columns < 2 ? 0 : columns * (columns - 1) / 2) {}

void Correlations::Add(const std::vector<const double*>& values,
                       const std::vector<const double*>& present, size_t rows) {
  if (rows == 0 || pairs_.empty()) return;
  std::vector<Centred> centred;
  centred.reserve(columns_);
  for (size_t c = 0; c < columns_; ++c) centred.push_back(Centre(values[c], present[c], rows));
  for (size_t a = 0; a + 1 < columns_; ++a) {
    for (size_t b = a + 1; b < columns_; ++b) {
      const Centred& x = centred[a];
      const Centred& y = centred[b];
      // Sums over the rows where both are present, of deviations from the batch's own means.
      const double n = !x.present   ? y.count
                       : !y.present ? x.count
                                    : Dot(x.present, y.present, rows);
      if (n == 0) continue;
      const double sum_x = y.present ? Dot(x.values.data(), y.present, rows) : x.sum;
      const double sum_y = x.present ? Dot(y.values.data(), x.present, rows) : y.sum;
      double squares_x = x.squares, squares_y = y.squares;
      if (y.present) squares_x = x.present ? Dot(x.squared.data(), y.present, rows) : 0;
      if (x.present) squares_y = y.present ? Dot(y.squared.data(), x.present, rows) : 0;
      if (y.present && !x.present) {
        for (size_t i = 0; i < rows; ++i) squares_x += x.values[i] * x.values[i] * y.present[i];
      }
      if (x.present && !y.present) {
        for (size_t i = 0; i < rows; ++i) squares_y += y.values[i] * y.values[i] * x.present[i];
      }
      const double products = Dot(x.values.data(), y.values.data(), rows);
      CombinePair(pairs_[PairIndex(a, b)], {.count = n,
                                            .mean_a = x.mean + sum_x / n,
                                            .mean_b = y.mean + sum_y / n,
                                            .moment_aa = squares_x - sum_x * sum_x / n,
                                            .moment_bb = squares_y - sum_y * sum_y / n,
                                            .moment_ab = products - sum_x * sum_y / n});
    }
  }
}

void Correlations::CombinePair(Pair& into, const Pair& other) {
  if (other.count == 0) return;
  if (into.count == 0) {
    into = other;
    return;
  }
  const double n = into.count + other.count;
  const double da = other.mean_a - into.mean_a;
  const double db = other.mean_b - into.mean_b;
  const double weight = into.count * other.count / n;
  into.moment_aa += other.moment_aa + da * da * weight;
  into.moment_bb += other.moment_bb + db * db * weight;
  into.moment_ab += other.moment_ab + da * db * weight;
  into.mean_a += da * other.count / n;
  into.mean_b += db * other.count / n;
  into.count = n;
}

void Correlations::Combine(const Correlations& other) {
  for (size_t i = 0; i < pairs_.size(); ++i) CombinePair(pairs_[i], other.pairs_[i]);
}

double Correlations::Coefficient(size_t a, size_t b) const {
  const Pair& pair = pairs_[PairIndex(std::min(a, b), std::max(a, b))];
  if (pair.count < 2 || pair.moment_aa <= 0 || pair.moment_bb <= 0)
    return std::numeric_limits<double>::quiet_NaN();
  return std::clamp(pair.moment_ab / std::sqrt(pair.moment_aa) / std::sqrt(pair.moment_bb),
                    -1.0, 1.0);
}

Correlations::Line Correlations::LineOf(size_t of, size_t over) const {
  const double coefficient = Coefficient(of, over);
  if (std::isnan(coefficient)) return {coefficient, coefficient, coefficient, coefficient};
  const Pair& pair = pairs_[PairIndex(std::min(of, over), std::max(of, over))];
  const bool is_first = of < over;
  const double moment_of = is_first ? pair.moment_aa : pair.moment_bb;
  const double moment_over = is_first ? pair.moment_bb : pair.moment_aa;
  const double mean_of = is_first ? pair.mean_a : pair.mean_b;
  const double mean_over = is_first ? pair.mean_b : pair.mean_a;
  const double slope = pair.moment_ab / moment_over;
  const double residual = std::max(0.0, moment_of - slope * pair.moment_ab);
  return {.slope = slope,
          .intercept = mean_of - slope * mean_over,
          .r2 = coefficient * coefficient,
          .root_mean_squared_error = std::sqrt(residual / pair.count)};
}

void Correlations::Serialize(ByteWriter& out) const {
  out.Put(static_cast<uint64_t>(columns_));
  for (const Pair& pair : pairs_) out.Put(pair);
}

void Correlations::Deserialize(ByteReader& in) {
  if (in.Get<uint64_t>() != columns_) return;
  for (Pair& pair : pairs_) pair = in.Get<Pair>();
}

}  // namespace assay::engine::profile
