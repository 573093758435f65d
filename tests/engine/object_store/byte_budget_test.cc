#include "engine/object_store/byte_budget.h"

#include <gtest/gtest.h>

#include <thread>

namespace assay::engine {
namespace {

TEST(ByteBudgetTest, SharesComeBackWhenTheyAreDestroyed) {
  ByteBudget budget(100);
  auto first = budget.TryAcquire(60);
  EXPECT_TRUE(first.has_value());
  EXPECT_FALSE(budget.TryAcquire(41).has_value());
  EXPECT_TRUE(budget.TryAcquire(40).has_value());
  first.reset();
  EXPECT_TRUE(budget.TryAcquire(100).has_value());
}

TEST(ByteBudgetTest, MoreThanTheBudgetIsGivenOnlyAlone) {
  ByteBudget budget(10);
  const auto large = budget.TryAcquire(1000);
  EXPECT_TRUE(large.has_value());
  EXPECT_FALSE(budget.TryAcquire(1).has_value());
}

TEST(ByteBudgetTest, WaitsForReleasedBytes) {
  ByteBudget budget(10);
  auto held = budget.TryAcquire(10);
  std::thread releaser([&] { held.reset(); });
  EXPECT_TRUE(budget.Acquire(5, {}).has_value());
  releaser.join();
}

TEST(ByteBudgetTest, AStopRequestEndsTheWait) {
  ByteBudget budget(10);
  const auto held = budget.TryAcquire(10);
  std::stop_source stop;
  std::thread stopper([&] { stop.request_stop(); });
  EXPECT_FALSE(budget.Acquire(5, stop.get_token()).has_value());
  stopper.join();
}

}  // namespace
}  // namespace assay::engine
