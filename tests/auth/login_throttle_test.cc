#include "auth/login_throttle.h"

#include <gtest/gtest.h>

#include <vector>

namespace assay::auth {
namespace {

using std::chrono::seconds;

constexpr Timestamp kStart{std::chrono::hours(24 * 365 * 50)};

TEST(LoginThrottleTest, DelaysDoubleAfterTheFreeFailuresUpToALimit) {
  LoginThrottle throttle;
  Timestamp now = kStart;
  std::vector<int64_t> waits;
  for (int i = 0; i < 14; ++i) {
    throttle.Failed("ana", "10.0.0." + std::to_string(i), now);
    const seconds wait = throttle.Wait("ana", "elsewhere", now);
    waits.push_back(wait.count());
    now += wait;
    EXPECT_EQ(throttle.Wait("ana", "elsewhere", now), seconds(0));
  }
  EXPECT_EQ(waits, (std::vector<int64_t>{0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60}));
}

TEST(LoginThrottleTest, AnAddressThatTriesManyUsersWaitsLonger) {
  LoginThrottle throttle;
  Timestamp now = kStart;
  for (int i = 0; i < 30; ++i) {
    throttle.Failed("user" + std::to_string(i), "10.0.0.1", now);
    now += throttle.Wait("another", "10.0.0.1", now);
  }
  throttle.Failed("last", "10.0.0.1", now);
  EXPECT_EQ(throttle.Wait("another", "10.0.0.1", now), seconds(900));
  EXPECT_EQ(throttle.Wait("another", "10.0.0.2", now), seconds(0));
}

TEST(LoginThrottleTest, ASuccessClearsTheUserButNotTheAddress) {
  LoginThrottle throttle;
  for (int i = 0; i < 8; ++i) throttle.Failed("ana", "10.0.0.1", kStart);
  throttle.Succeeded("ana");
  EXPECT_EQ(throttle.Wait("ana", "10.0.0.2", kStart), seconds(0));
  EXPECT_EQ(throttle.Wait("ana", "10.0.0.1", kStart), seconds(8));
}

TEST(LoginThrottleTest, ForgetsAfterADay) {
  LoginThrottle throttle;
  for (int i = 0; i < 8; ++i) throttle.Failed("ana", "10.0.0.1", kStart);
  const Timestamp later = kStart + std::chrono::hours(24);
  throttle.Failed("ana", "10.0.0.1", later);
  EXPECT_EQ(throttle.Wait("ana", "10.0.0.1", later), seconds(0));
}

TEST(LoginThrottleTest, KeepsTheLatestOfTooManyNames) {
  LoginThrottle throttle;
  for (int i = 0; i < 5; ++i) throttle.Failed("early", "10.0.0.1", kStart);
  ASSERT_EQ(throttle.Wait("early", "", kStart), seconds(1));
  for (size_t i = 0; i < LoginThrottle::kMaxKeys; ++i) {
    throttle.Failed("user" + std::to_string(i), "10.0.0.2", kStart);
  }
  EXPECT_EQ(throttle.Wait("early", "", kStart), seconds(0));
  EXPECT_EQ(throttle.Wait("", "10.0.0.2", kStart), seconds(900));
}

}  // namespace
}  // namespace assay::auth
