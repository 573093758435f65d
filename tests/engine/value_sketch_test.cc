#include "engine/value_sketch.h"

#include <gtest/gtest.h>

namespace assay::engine {
namespace {

TEST(ValueSketch, OverlapCountsValuesAndRows) {
  const ValueSketch field{.hashes = {1, 3, 5, 9}, .counts = {10, 1, 2, 1}};
  const ValueSketch other{.hashes = {1, 5, 7}, .counts = {}};
  const ValueOverlap overlap = FindOverlap(field, other);
  EXPECT_EQ(overlap.values, 4);
  EXPECT_EQ(overlap.rows, 14);
  EXPECT_EQ(overlap.missing_values, 2);
  EXPECT_EQ(overlap.missing_rows, 2);
  EXPECT_EQ(overlap.missing_once, 2);
}

TEST(ValueSketch, OverlapLooksAtWhatBothTellOf) {
  const ValueSketch field{.threshold = 8, .hashes = {1, 3, 5, 8}, .counts = {1, 1, 2, 4}};
  const ValueSketch other{.threshold = 5, .hashes = {1, 5}, .counts = {}};
  const ValueOverlap overlap = FindOverlap(field, other);
  EXPECT_EQ(overlap.values, 3);
  EXPECT_EQ(overlap.missing_values, 1);
  EXPECT_EQ(FindOverlap(field, {}).missing_rows, 8);
  EXPECT_EQ(FindOverlap({}, field).values, 0);
}

}  // namespace
}  // namespace assay::engine
