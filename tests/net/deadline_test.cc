#include "net/deadline.h"

#include <gtest/gtest.h>

#include <latch>

namespace assay::net {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

TEST(DeadlineTest, AsksForAStopWhenTheTimeHasPassed) {
  Deadline deadline(milliseconds(5), {});
  std::latch stopped(1);
  const std::stop_callback on_stop(deadline.token(), [&] { stopped.count_down(); });
  stopped.wait();
  EXPECT_TRUE(deadline.HasPassed());
}

TEST(DeadlineTest, PassesAStopFromOutsideOn) {
  std::stop_source outer;
  Deadline deadline(hours(1), outer.get_token());
  EXPECT_FALSE(deadline.token().stop_requested());
  outer.request_stop();
  EXPECT_TRUE(deadline.token().stop_requested());
  EXPECT_FALSE(deadline.HasPassed());
}

TEST(DeadlineTest, EndsAtOnceWhenNoLongerNeeded) {
  const auto start = std::chrono::steady_clock::now();
  {
    const Deadline deadline(hours(1), {});
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, hours(1));
}

}  // namespace
}  // namespace assay::net
