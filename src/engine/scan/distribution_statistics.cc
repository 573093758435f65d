#include "engine/scan/distribution_statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace assay::engine::scan {
namespace {

using Statistic = plan::DistributionCheck::Statistic;

/// Largest samples of which the p-value of Kolmogorov and Smirnov is exact.
constexpr int64_t kMostForExact = 10'000;
constexpr double kEnough = 1e-16;  // terms below it do not count beside 1

bool IsExact(const SampleSizes& sizes) {
  return sizes.here <= kMostForExact && sizes.baseline <= kMostForExact;
}

/// x log2(x / mean), 0 of nothing.
double Information(double x, double mean) {
  return x > 0 ? x * std::log2(x / mean) : 0;
}

/// What a value or bin adds to the divergence.
double JensenShannonTerm(const SampleSizes& counts, const SampleSizes& sizes) {
  const double p = static_cast<double>(counts.here) / static_cast<double>(sizes.here);
  const double q = static_cast<double>(counts.baseline) / static_cast<double>(sizes.baseline);
  const double mean = (p + q) / 2;
  return (Information(p, mean) + Information(q, mean)) / 2;
}

/// What a value adds to the statistic: of both samples the squared distance from the expected
/// count, by that.
double ChiSquareTerm(const SampleSizes& counts, const SampleSizes& sizes) {
  const auto n = static_cast<double>(sizes.here), m = static_cast<double>(sizes.baseline);
  const auto a = static_cast<double>(counts.here), b = static_cast<double>(counts.baseline);
  const double share = (a + b) / (n + m);  // of the value in both together
  const double off_here = a - n * share, off_baseline = b - m * share;
  return off_here * off_here / (n * share) + off_baseline * off_baseline / (m * share);
}

/// x^a e^-x / Gamma(a)
double GammaFactor(double a, double x) {
  return std::exp(a * std::log(x) - x - std::lgamma(a));
}

/// The lower P(a, x) by its power series, which converges soon for x < a + 1.
double LowerGammaSeries(double a, double x) {
  double term = 1 / a, sum = term;
  for (double n = a + 1; term > sum * kEnough; ++n) {
    term *= x / n;
    sum += term;
  }
  return sum * GammaFactor(a, x);
}

/// The upper Q(a, x) by its continued fraction, evaluated as Lentz does, for x >= a + 1.
double UpperGammaFraction(double a, double x) {
  constexpr double kTiny = std::numeric_limits<double>::min();
  constexpr int kMostSteps = 1'000'000;
  double b = x + 1 - a;
  double c = 1 / kTiny, d = 1 / b, fraction = d;
  for (int i = 1; i < kMostSteps; ++i) {
    const double step = -i * (i - a);
    b += 2;
    d = step * d + b;
    if (std::abs(d) < kTiny) d = kTiny;
    d = 1 / d;
    c = b + step / c;
    if (std::abs(c) < kTiny) c = kTiny;
    fraction *= c * d;
    if (std::abs(c * d - 1) < kEnough) break;
  }
  return fraction * GammaFactor(a, x);
}

}  // namespace

double ExactKolmogorovSmirnovP(int64_t steps, int64_t n, int64_t m) {
  std::vector<double> parts;  // parts[c] = 1 / c
  for (int64_t count = 0; count <= n + m; ++count)
    parts.push_back(count == 0 ? 0 : 1 / static_cast<double>(count));
  // inside[j]: the share of the orders of i and j values in which all differences before are
  // smaller.
  std::vector<double> inside(static_cast<size_t>(m) + 1);
  for (int64_t i = 0; i <= n; ++i) {
    double before = 0;  // inside[j - 1]
    for (int64_t j = 0; j <= m; ++j) {
      double& share = inside[static_cast<size_t>(j)];
      if (std::abs(i * m - j * n) >= steps) {
        share = 0;
      } else if (i + j == 0) {
        share = 1;
      } else {
        share = (share * static_cast<double>(i) + before * static_cast<double>(j)) *
                parts[static_cast<size_t>(i + j)];
      }
      before = share;
    }
  }
  return std::clamp(1 - inside.back(), 0.0, 1.0);
}

double KolmogorovP(double x) {
  constexpr double kSmall = 1.18;  // where both series take few terms
  if (x <= 0) return 1;
  double sum = 0;
  if (x < kSmall) {
    const double exponent = std::numbers::pi * std::numbers::pi / (8 * x * x);
    for (int k = 1; k < 100; k += 2) {
      const double term = std::exp(-k * k * exponent);
      sum += term;
      if (term <= sum * kEnough) break;
    }
    return std::clamp(1 - std::sqrt(2 * std::numbers::pi) / x * sum, 0.0, 1.0);
  }
  for (int k = 1; k < 100; ++k) {
    const double term = std::exp(-2 * k * k * x * x);
    sum += k % 2 == 1 ? term : -term;
    if (term <= std::abs(sum) * kEnough) break;
  }
  return std::clamp(2 * sum, 0.0, 1.0);
}

double ChiSquareP(double x, int64_t degrees_of_freedom) {
  if (degrees_of_freedom <= 0 || x <= 0) return 1;
  const double a = static_cast<double>(degrees_of_freedom) / 2, half = x / 2;
  const double p = half < a + 1 ? 1 - LowerGammaSeries(a, half) : UpperGammaFraction(a, half);
  return std::clamp(p, 0.0, 1.0);
}

DistributionStatistic::DistributionStatistic(const plan::DistributionCheck& check,
                                             SampleSizes sizes)
    : statistic_(check.statistic),
      sizes_(sizes),
      bins_(check.statistic == Statistic::kJensenShannon ? static_cast<size_t>(check.bins)
                                                         : 0) {}

void DistributionStatistic::Add(int64_t here, int64_t baseline) {
  const SampleSizes counts{here, baseline};
  if (!bins_.empty()) {
    const auto count = static_cast<int64_t>(bins_.size());
    const int64_t bin = std::min(below_.baseline * count / sizes_.baseline, count - 1);
    bins_[static_cast<size_t>(bin)].here += here;
    bins_[static_cast<size_t>(bin)].baseline += baseline;
  } else if (statistic_ == Statistic::kJensenShannon) {
    sum_ += JensenShannonTerm(counts, sizes_);
  } else if (statistic_ == Statistic::kChiSquare) {
    sum_ += ChiSquareTerm(counts, sizes_);
  }
  below_.here += here;
  below_.baseline += baseline;
  ++categories_;
  if (statistic_ == Statistic::kKolmogorovSmirnov) CompareFunctions();
}

void DistributionStatistic::CompareFunctions() {
  const double difference =
      std::abs(static_cast<double>(below_.here) / static_cast<double>(sizes_.here) -
               static_cast<double>(below_.baseline) / static_cast<double>(sizes_.baseline));
  largest_difference_ = std::max(largest_difference_, difference);
  if (IsExact(sizes_)) {
    largest_steps_ = std::max(largest_steps_, std::abs(below_.here * sizes_.baseline -
                                                       below_.baseline * sizes_.here));
  }
}

DistributionMeasure DistributionStatistic::Finish() const {
  switch (statistic_) {
    case Statistic::kKolmogorovSmirnov: {
      const auto n = static_cast<double>(sizes_.here), m = static_cast<double>(sizes_.baseline);
      if (IsExact(sizes_)) {
        return {
            .statistic = static_cast<double>(largest_steps_) / (n * m),
            .p_value = ExactKolmogorovSmirnovP(largest_steps_, sizes_.here, sizes_.baseline)};
      }
      return {.statistic = largest_difference_,
              .p_value = KolmogorovP(std::sqrt(n / (n + m) * m) * largest_difference_)};
    }
    case Statistic::kJensenShannon: {
      double divergence = sum_;
      for (const SampleSizes& bin : bins_) divergence += JensenShannonTerm(bin, sizes_);
      return {.statistic = std::sqrt(std::clamp(divergence, 0.0, 1.0)), .p_value = {}};
    }
    case Statistic::kChiSquare:
      return {.statistic = sum_, .p_value = ChiSquareP(sum_, categories_ - 1)};
  }
  return {};
}

}  // namespace assay::engine::scan
