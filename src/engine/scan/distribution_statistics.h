// How different two samples are: statistics from the counts of their values, and their
// p-values.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "plan/check.h"

namespace assay::engine::scan {

/// How many values two samples have.
struct SampleSizes {
  int64_t here = 0;
  int64_t baseline = 0;
};

/// What plan::DistributionCheck measures of two samples.
struct DistributionMeasure {
  double statistic = 0;
  std::optional<double> p_value;  // none of Jensen-Shannon
};

/// Takes, for each value that is in either sample, how often it is in both, in ascending order
/// of the values. Memory: of Jensen-Shannon over bins one pair of counts a bin; else constant.
/// Not thread-safe.
class DistributionStatistic {
 public:
  /// `sizes`, both above 0, are the sums of all counts to come.
  DistributionStatistic(const plan::DistributionCheck& check, SampleSizes sizes);

  void Add(int64_t here, int64_t baseline);

  /// After all values. O(n * m) for an exact p-value of Kolmogorov and Smirnov, which is at
  /// most 10^8 steps.
  DistributionMeasure Finish() const;

 private:
  void CompareFunctions();

  const plan::DistributionCheck::Statistic statistic_;
  const SampleSizes sizes_;
  SampleSizes below_;              // counts of all values so far
  std::vector<SampleSizes> bins_;  // when there are bins
  double largest_difference_ = 0;  // of the distribution functions
  int64_t largest_steps_ = 0;      // the same times n * m, where that is small
  double sum_ = 0;                 // of divergence, or of chi-square
  int64_t categories_ = 0;
};

/// P(D >= steps / (n m)) of two samples of sizes n, m >= 1 of one continuous distribution: the
/// share of all orders of n + m values in which the distribution functions come at least that
/// far apart. By the recursion over the last value of an order (Kim and Jennrich, Tables of the
/// exact sampling distribution of the two-sample Kolmogorov-Smirnov criterion, 1973). O(n m).
double ExactKolmogorovSmirnovP(int64_t steps, int64_t n, int64_t m);

/// P(K >= x) of Kolmogorov's distribution: 2 sum (-1)^(k-1) exp(-2 k^2 x^2), and for small x
/// the equal 1 - sqrt(2 pi) / x sum exp(-(2k-1)^2 pi^2 / (8 x^2)) (Feller, On the
/// Kolmogorov-Smirnov limit theorems, 1948). 1 for x <= 0.
double KolmogorovP(double x);

/// P(X >= x) of the chi-square distribution: the upper incomplete gamma function Q(k/2, x/2),
/// by its series or its continued fraction (NIST DLMF 8.7.1 and 8.9.2). 1 for x <= 0 or no
/// degrees of freedom.
double ChiSquareP(double x, int64_t degrees_of_freedom);

}  // namespace assay::engine::scan
