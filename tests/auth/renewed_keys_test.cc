#include "auth/renewed_keys.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <thread>

namespace assay::auth {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;

/// A clock that the test sets.
class SetClock final : public Clock {
 public:
  Timestamp Now() override { return now; }
  std::atomic<Timestamp> now = Timestamp(seconds(1'000'000));
};

/// Keys "key-1", "key-2", ... that live `life`, or a failure; fetched when the test lets it.
class RenewedKeysTest : public testing::Test {
 protected:
  ~RenewedKeysTest() override { keys_->Stop(); }

  Result<AwsKeys> Fetch(const std::stop_token& stop) {
    const int number = ++fetches_;
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [this] { return !is_held_; });
    if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
    if (!failure_.empty()) return Fail(ErrorKind::kDenied, failure_);
    return AwsKeys{.access_key_id = fmt::format("key-{}", number),
                   .expires = clock_.Now() + life_};
  }
  void Set(bool is_held, std::string failure = "") {
    const std::lock_guard lock(mutex_);
    is_held_ = is_held;
    failure_ = std::move(failure);
    changed_.notify_all();
  }
  std::future<std::string> Ask() {
    auto promise = std::make_shared<std::promise<std::string>>();
    keys_->Get([promise](const Result<AwsKeys>& keys) {
      promise->set_value(keys ? keys->access_key_id : keys.error().message);
    });
    return promise->get_future();
  }
  std::string Get() { return Ask().get(); }
  void WaitForFetches(int count) {
    for (int i = 0; i < 2000 && fetches_ < count; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    EXPECT_EQ(fetches_, count);
  }
  /// Until what was fetched in the background is handed out.
  std::string GetOnceIts(const std::string& wanted) {
    for (int i = 0; i < 2000 && Get() != wanted; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return Get();
  }
  void Wait(seconds time) { clock_.now = clock_.now.load() + time; }

  SetClock clock_;
  std::atomic<int> fetches_ = 0;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool is_held_ = false;
  std::string failure_;
  seconds life_{3600};
  std::shared_ptr<RenewedKeys> keys_ = std::make_shared<RenewedKeys>(
      [this](std::stop_token stop) { return Fetch(stop); }, clock_);
};

TEST_F(RenewedKeysTest, ManyWhoAskAtOnceShareOneFetch) {
  Set(true);
  std::vector<std::future<std::string>> answers;
  for (int i = 0; i < 32; ++i) answers.push_back(Ask());
  Set(false);
  for (auto& answer : answers) EXPECT_EQ(answer.get(), "key-1");
  EXPECT_EQ(Get(), "key-1");
  EXPECT_EQ(fetches_, 1);
}

TEST_F(RenewedKeysTest, RenewsFiveMinutesBeforeTheEndWhileTheOldOnesServe) {
  EXPECT_EQ(Get(), "key-1");
  Wait(seconds(3299));
  EXPECT_EQ(Get(), "key-1");
  EXPECT_EQ(fetches_, 1);
  Wait(seconds(2));
  Set(true);
  EXPECT_EQ(Get(), "key-1");  // and starts the renewal, which is not waited for
  WaitForFetches(2);
  EXPECT_EQ(Get(), "key-1");
  Set(false);
  EXPECT_EQ(GetOnceIts("key-2"), "key-2");
  EXPECT_EQ(fetches_, 2);
}

TEST_F(RenewedKeysTest, ShortLivedKeysAreRenewedInTheirLastThirdAndNotUsedInTheLastTenth) {
  life_ = seconds(15);
  EXPECT_EQ(Get(), "key-1");
  Wait(seconds(9));
  EXPECT_EQ(Get(), "key-1");
  EXPECT_EQ(fetches_, 1);
  Wait(seconds(5));
  EXPECT_EQ(Get(), "key-2");  // waited for: one second was left
}

TEST_F(RenewedKeysTest, AFailedRenewalIsRetriedWhileTheOldKeysServe) {
  EXPECT_EQ(Get(), "key-1");
  Wait(seconds(3301));
  Set(false, "STS is down");
  EXPECT_EQ(Get(), "key-1");
  WaitForFetches(2);
  for (int i = 0; i < 2000 && !keys_->failure(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  ASSERT_TRUE(keys_->failure());
  EXPECT_EQ(keys_->failure()->message, "STS is down");
  EXPECT_EQ(Get(), "key-1");
  EXPECT_EQ(fetches_, 2);  // not at once
  Wait(seconds(31));
  Set(false);
  EXPECT_EQ(Get(), "key-1");
  EXPECT_EQ(GetOnceIts("key-3"), "key-3");
  EXPECT_FALSE(keys_->failure());
}

TEST_F(RenewedKeysTest, AFailureWithoutGoodKeysIsHandedOutForASecondAndThenTriedAgain) {
  Set(false, "denied");
  EXPECT_EQ(Get(), "denied");
  EXPECT_EQ(Get(), "denied");
  EXPECT_EQ(fetches_, 1);
  EXPECT_EQ(keys_->failure()->kind, ErrorKind::kDenied);
  Wait(seconds(1));
  Set(false);
  EXPECT_EQ(Get(), "key-2");
}

TEST_F(RenewedKeysTest, ARenewalThatIsDueStartsWhileTheLastOnesAreStillTold) {
  std::promise<void> told;
  std::promise<std::string> first;
  keys_->Get([&, release = told.get_future().share()](const Result<AwsKeys>& keys) {
    first.set_value(keys->access_key_id);
    release.wait();
  });
  EXPECT_EQ(first.get_future().get(), "key-1");
  Wait(seconds(3301));
  EXPECT_EQ(Get(), "key-1");  // asked once
  WaitForFetches(2);
  told.set_value();
}

TEST_F(RenewedKeysTest, StopCancelsAFetchAndWhoWaitsForIt) {
  Set(true);
  auto answer = Ask();
  WaitForFetches(1);
  keys_->Stop();
  EXPECT_EQ(answer.get(), "stopped");
  EXPECT_EQ(Get(), "cancelled: fetching credentials");
}

TEST_F(RenewedKeysTest, WhoAsksWhileTheOthersAreToldIsAnsweredToo) {
  std::promise<std::string> second;
  keys_->Get([&](const Result<AwsKeys>&) {
    Wait(seconds(4000));  // the keys are old already
    keys_->Get([&](const Result<AwsKeys>& keys) { second.set_value(keys->access_key_id); });
  });
  EXPECT_EQ(second.get_future().get(), "key-2");
}

}  // namespace
}  // namespace assay::auth
