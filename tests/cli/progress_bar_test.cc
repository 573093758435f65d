#include "cli/progress_bar.h"

#include <gtest/gtest.h>

namespace assay::cli {
namespace {

TEST(ProgressLineTest, ShowsShareRowsAndBytes) {
  EXPECT_EQ(ProgressLine({.stage = "profiling orders_*.csv",
                          .bytes_done = 50'000'000,
                          .bytes_total = 100'000'000,
                          .rows_done = 1'200'000},
                         120),
            "profiling orders_*.csv  ━━━━━━━━━━━━────────────  50%  1,200,000 rows · 50 MB of "
            "100 MB");
}

TEST(ProgressLineTest, WithoutATotalThereIsNoBar) {
  EXPECT_EQ(ProgressLine({.stage = "listing", .files_done = 12}, 80), "listing  12 files");
  EXPECT_EQ(ProgressLine({.stage = "listing"}, 80), "listing");
}

TEST(ProgressLineTest, FitsItsWidthAndShowsNoControlCharacters) {
  EXPECT_EQ(ProgressLine({.stage = "a\x1b[2Jbcdefgh"}, 8), "a\\x1b[2…");
}

}  // namespace
}  // namespace assay::cli
