// Against scipy 1.17: stats.ks_2samp(method='exact'), stats.kstwobign.sf, stats.chi2.sf,
// stats.chi2_contingency(correction=False) and spatial.distance.jensenshannon(base=2).

#include "engine/scan/distribution_statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace assay::engine::scan {
namespace {

using Statistic = plan::DistributionCheck::Statistic;

plan::DistributionCheck CheckOf(Statistic statistic, int64_t bins = 0) {
  return {.statistic = statistic,
          .value = plan::Expression::Column("x"),
          .reference = {},
          .reference_value = plan::Expression::Column("x"),
          .bins = bins};
}

/// Of two lists of values.
DistributionMeasure Measure(const plan::DistributionCheck& check,
                            const std::vector<double>& here,
                            const std::vector<double>& baseline) {
  std::map<double, SampleSizes> counts;
  for (const double value : here) ++counts[value].here;
  for (const double value : baseline) ++counts[value].baseline;
  DistributionStatistic statistic(check, {std::ssize(here), std::ssize(baseline)});
  for (const auto& [value, count] : counts) statistic.Add(count.here, count.baseline);
  return statistic.Finish();
}

std::vector<double> Range(int from, int to) {
  std::vector<double> values;
  for (int i = from; i < to; ++i) values.push_back(i);
  return values;
}

TEST(DistributionStatisticsTest, KolmogorovSmirnovIsExactForSmallSamples) {
  const auto check = CheckOf(Statistic::kKolmogorovSmirnov);
  const auto some = Measure(check, {0.1, 0.4, 0.7, 1.2, 1.5, 1.9, 2.2},
                            {0.5, 1.3, 1.8, 2.1, 2.6, 2.9, 3.3, 3.8, 4.0});
  EXPECT_DOUBLE_EQ(some.statistic, 0.5555555555555556);
  EXPECT_NEAR(some.p_value.value(), 0.12674825174825174, 1e-13);
  const auto apart = Measure(check, {1, 2, 3}, {4, 5, 6});
  EXPECT_DOUBLE_EQ(apart.statistic, 1);
  EXPECT_NEAR(apart.p_value.value(), 0.1, 1e-13);
  const auto shifted = Measure(check, Range(0, 50), Range(10, 75));
  EXPECT_DOUBLE_EQ(shifted.statistic, 0.38461538461538464);
  EXPECT_NEAR(shifted.p_value.value(), 0.0002970308221388219, 1e-13);
  const auto same = Measure(check, {1, 1, 2}, {2, 1, 1});
  EXPECT_EQ(same.statistic, 0);
  EXPECT_EQ(same.p_value, 1);
}

TEST(DistributionStatisticsTest, KolmogorovSmirnovTakesTheLimitForLargeSamples) {
  const auto check = CheckOf(Statistic::kKolmogorovSmirnov);
  const auto exact = Measure(check, Range(0, 10000), Range(200, 10200));
  EXPECT_DOUBLE_EQ(exact.statistic, 0.02);
  EXPECT_NEAR(exact.p_value.value(), 0.03662861114079258, 1e-11);
  const auto limit = Measure(check, Range(0, 10001), Range(200, 10200));
  EXPECT_NEAR(limit.p_value.value(), exact.p_value.value(), 1e-3);
}

TEST(DistributionStatisticsTest, KolmogorovsDistributionIsThatOfScipy) {
  const std::map<double, double> expected = {
      {0.2, 0.999999999999495},    {0.5, 0.9639452436648751},   {1.0, 0.26999967167735456},
      {1.17, 0.12939004218561884}, {1.19, 0.11774229287977166}, {1.5, 0.022217962616525127},
      {2.5, 7.453306344157342e-06}};
  for (const auto& [x, p] : expected) EXPECT_NEAR(KolmogorovP(x), p, 1e-13) << x;
  EXPECT_EQ(KolmogorovP(0), 1);
  EXPECT_EQ(KolmogorovP(1e-9), 1);
  EXPECT_EQ(KolmogorovP(100), 0);
}

TEST(DistributionStatisticsTest, TheChiSquareDistributionIsThatOfScipy) {
  struct Case {
    double x;
    int64_t degrees;
    double p;
  };
  for (const auto& [x, degrees, p] : std::vector<Case>{{0.5, 1, 0.47950012218695337},
                                                       {3.84, 1, 0.05004352124870519},
                                                       {2, 2, 0.36787944117144245},
                                                       {10, 3, 0.01856613546304325},
                                                       {120, 100, 0.08440668109369177},
                                                       {80, 100, 0.9296649333406051},
                                                       {1100, 1000, 0.014614408126295192},
                                                       {30, 2, 3.0590232050182594e-07}}) {
    EXPECT_NEAR(ChiSquareP(x, degrees) / p, 1, 1e-10) << x << " " << degrees;
  }
  EXPECT_EQ(ChiSquareP(5, 0), 1);
  EXPECT_EQ(ChiSquareP(0, 3), 1);
  EXPECT_EQ(ChiSquareP(1e6, 3), 0);
}

/// As {30, 14, 6} and {20, 25, 15} of three values.
DistributionMeasure OfTable(Statistic statistic) {
  DistributionStatistic measure(CheckOf(statistic), {50, 60});
  measure.Add(30, 20);
  measure.Add(14, 25);
  measure.Add(6, 15);
  return measure.Finish();
}

TEST(DistributionStatisticsTest, ChiSquareIsOfTwoSamples) {
  const auto measure = OfTable(Statistic::kChiSquare);
  EXPECT_NEAR(measure.statistic, 8.117704517704517, 1e-12);
  EXPECT_NEAR(measure.p_value.value(), 0.017268827889841395, 1e-13);
  DistributionStatistic one_value(CheckOf(Statistic::kChiSquare), {3, 5});
  one_value.Add(3, 5);
  EXPECT_EQ(one_value.Finish().p_value, 1);
}

TEST(DistributionStatisticsTest, JensenShannonIsADistanceOfShares) {
  EXPECT_NEAR(OfTable(Statistic::kJensenShannon).statistic, 0.23330278158703285, 1e-13);
  EXPECT_EQ(OfTable(Statistic::kJensenShannon).p_value, std::nullopt);
}

TEST(DistributionStatisticsTest, BinsHoldEqualSharesOfTheBaseline) {
  // 0 to 9 in five bins of two; 100 belongs to the last and -1 to the first.
  const auto check = CheckOf(Statistic::kJensenShannon, 5);
  EXPECT_EQ(Measure(check, {-1, 2.5, 5, 6.5, 100}, Range(0, 10)).statistic, 0);
  EXPECT_EQ(Measure(check, {0, 1, 2, 3}, {4, 4, 4, 4, 4}).statistic, 0);  // all in the first
}

}  // namespace
}  // namespace assay::engine::scan
