#include "engine/profile/correlation.h"

#include <gtest/gtest.h>

#include <cmath>

namespace assay::engine::profile {
namespace {

TEST(CorrelationsTest, LinesAreOfLeastSquares) {
  // y = 2 x + 1 but for residuals of 1, -2 and 1; the third column has no spread.
  const std::vector<double> x = {1, 2, 3}, y = {4, 3, 8}, one = {5, 5, 5};
  Correlations correlations(3);
  correlations.Add({x.data(), y.data(), one.data()}, {nullptr, nullptr, nullptr}, 3);
  const Correlations::Line line = correlations.LineOf(1, 0);
  EXPECT_DOUBLE_EQ(line.slope, 2);
  EXPECT_DOUBLE_EQ(line.intercept, 1);
  EXPECT_NEAR(line.root_mean_squared_error, std::sqrt(2), 1e-12);
  EXPECT_NEAR(line.r2, 4.0 / 7, 1e-12);
  const Correlations::Line back = correlations.LineOf(0, 1);
  EXPECT_NEAR(back.slope, 2.0 / 7, 1e-12);
  EXPECT_NEAR(back.intercept, 2 - 10.0 / 7, 1e-12);
  EXPECT_NEAR(back.r2, line.r2, 1e-12);
  EXPECT_TRUE(std::isnan(correlations.LineOf(2, 0).slope));
}

TEST(CorrelationsTest, LinesDoNotDependOnTheSplit) {
  const std::vector<double> x = {1, 2, 3, 7, 9}, y = {4, 3, 8, 1, 0};
  Correlations whole(2), first(2), second(2);
  whole.Add({x.data(), y.data()}, {nullptr, nullptr}, 5);
  first.Add({x.data(), y.data()}, {nullptr, nullptr}, 2);
  second.Add({x.data() + 2, y.data() + 2}, {nullptr, nullptr}, 3);
  first.Combine(second);
  EXPECT_NEAR(first.LineOf(1, 0).slope, whole.LineOf(1, 0).slope, 1e-12);
  EXPECT_NEAR(first.LineOf(1, 0).intercept, whole.LineOf(1, 0).intercept, 1e-12);
}

}  // namespace
}  // namespace assay::engine::profile
