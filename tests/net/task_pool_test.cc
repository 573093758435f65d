#include "net/task_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>

namespace assay::net {
namespace {

TEST(TaskPoolTest, RunsEverythingThatWasQueuedBeforeStopReturns) {
  std::atomic<int> done = 0;
  TaskPool pool(3, 1000);
  for (int i = 0; i < 500; ++i) EXPECT_TRUE(pool.TryRun([&] { ++done; }));
  pool.Stop();
  EXPECT_EQ(done, 500);
}

TEST(TaskPoolTest, RefusesWhenFullAndAfterStop) {
  std::latch started(1), release(1);
  TaskPool pool(1, 1);
  ASSERT_TRUE(pool.TryRun([&] {
    started.count_down();
    release.wait();
  }));
  started.wait();
  EXPECT_TRUE(pool.TryRun([] {}));
  EXPECT_FALSE(pool.TryRun([] {}));
  release.count_down();
  pool.Stop();
  EXPECT_FALSE(pool.TryRun([] {}));
}

}  // namespace
}  // namespace assay::net
