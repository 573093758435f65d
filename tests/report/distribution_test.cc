#include "report/distribution.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::report {
namespace {

using ::testing::ElementsAre;

engine::FieldProfile Profile(plan::FieldType type) {
  engine::FieldProfile profile;
  profile.field.type = type;
  return profile;
}

std::vector<int64_t> Counts(const Distribution& distribution) {
  std::vector<int64_t> counts;
  for (const auto& bar : distribution.bars) counts.push_back(bar.count);
  return counts;
}

Distribution Range(std::vector<int64_t> counts) {
  Distribution distribution{.kind = Distribution::Kind::kRange, .bars = {}};
  for (const int64_t count : counts) distribution.bars.push_back({.label = "", .count = count});
  return distribution;
}

TEST(DistributionTest, NumbersOfManyValuesUseTheSketch) {
  engine::FieldProfile profile = Profile(plan::FieldType::kIntegral);
  profile.approximate_distinct_values = 50;
  profile.histogram_buckets = {{"7", 3, 1.0}};
  profile.kll =
      engine::KllSketch{.k = 200, .c = 0.5, .buckets = {{0, 1000, 4}, {1000, 2000, 6}}};
  const Distribution distribution = DistributionOf(profile);
  EXPECT_EQ(distribution.kind, Distribution::Kind::kRange);
  EXPECT_THAT(Counts(distribution), ElementsAre(4, 6));
  EXPECT_EQ(distribution.bars[1].label, "1,000 to 2,000");
}

TEST(DistributionTest, FewNumbersAreShownInTheirOwnOrder) {
  engine::FieldProfile profile = Profile(plan::FieldType::kIntegral);
  profile.approximate_distinct_values = 3;
  profile.histogram_buckets = {{"10", 5, 0.5}, {"-2", 4, 0.4}, {"3", 1, 0.1}};
  profile.kll = engine::KllSketch{.k = 200, .c = 0.5, .buckets = {{-2, 10, 10}}};
  EXPECT_THAT(Counts(DistributionOf(profile)), ElementsAre(4, 1, 5));
}

TEST(DistributionTest, TextsAreShownByFallingCount) {
  engine::FieldProfile profile = Profile(plan::FieldType::kString);
  profile.histogram_buckets = {{"b", 5, 0.8}, {"a", 1, 0.2}};
  const Distribution distribution = DistributionOf(profile);
  EXPECT_EQ(distribution.kind, Distribution::Kind::kCategories);
  EXPECT_THAT(Counts(distribution), ElementsAre(5, 1));
}

TEST(DistributionTest, NothingIsKnownOfManyTexts) {
  EXPECT_EQ(DistributionOf(Profile(plan::FieldType::kString)).kind, Distribution::Kind::kNone);
}

TEST(DistributionTest, CoarseRangesKeepEveryRow) {
  EXPECT_THAT(Counts(Coarsen(Range({1, 2, 3, 4, 5}), 2)), ElementsAre(6, 9));
  EXPECT_THAT(Counts(Coarsen(Range({1, 2}), 2)), ElementsAre(1, 2));
}

TEST(SparklineTest, ReachesFromJustVisibleToFull) {
  EXPECT_EQ(Sparkline(Range({1, 1'000'000, 500'000, 0, 250'000}), 12), "▁█▄ ▂");
  EXPECT_EQ(Sparkline(Range({}), 12), "");
  EXPECT_EQ(Sparkline(Range({0, 5, 0, 0}), 12), " █");
}

TEST(PositionTest, ReadsNumbersDatesAndTimes) {
  EXPECT_EQ(PositionOf("-12.5", plan::FieldType::kFractional), -12.5);
  EXPECT_EQ(PositionOf("1970-01-02", plan::FieldType::kDate), 86'400.0);
  EXPECT_EQ(PositionOf("1970-01-01 00:00:01.5", plan::FieldType::kTimestamp), 1.5);
  EXPECT_EQ(PositionOf("NaN", plan::FieldType::kFractional), std::nullopt);
  EXPECT_EQ(PositionOf("inf", plan::FieldType::kFractional), std::nullopt);
  EXPECT_EQ(PositionOf("soon", plan::FieldType::kDate), std::nullopt);
  EXPECT_EQ(PositionOf("5", plan::FieldType::kString), std::nullopt);
}

}  // namespace
}  // namespace assay::report
