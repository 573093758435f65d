#include "auth/renewed_keys.h"

#include <algorithm>
#include <system_error>
#include <thread>

namespace assay::auth {
namespace {

using std::chrono::seconds;
using Duration = Timestamp::duration;

constexpr Duration kLongestLeadTime = std::chrono::minutes(5);
constexpr Duration kLongestLastMoments = seconds(10);
constexpr Duration kShortestPause = seconds(1);

}  // namespace

void RenewedKeys::Get(Receive receive) {
  std::unique_lock lock(mutex_);
  if (stop_.stop_requested()) {
    lock.unlock();
    receive(Fail(ErrorKind::kCancelled, "cancelled: fetching credentials"));
    return;
  }
  const Timestamp now = clock_.Now();
  if (keys_ && now < good_until_) {
    // Without a thread for it the keys are as good as before.
    if (now >= renew_at_ && now >= no_fetch_before_) static_cast<void>(StartFetch());
    const Result<AwsKeys> keys = *keys_;
    lock.unlock();
    receive(keys);
    return;
  }
  if (failure_ && now < no_fetch_before_) {
    const Error failure = *failure_;
    lock.unlock();
    receive(std::unexpected(failure));
    return;
  }
  if (const Status started = StartFetch(); !started) {
    lock.unlock();
    receive(std::unexpected(started.error()));
    return;
  }
  waiting_.push_back(std::move(receive));
}

Status RenewedKeys::StartFetch() {
  if (is_fetching_) return {};
  try {
    std::thread([self = shared_from_this()] { self->RunFetch(); }).detach();
  } catch (const std::system_error& error) {
    return Fail(ErrorKind::kResourceLimit,
                std::string("cannot start a thread to fetch credentials: ") + error.what());
  }
  is_fetching_ = true;
  ++threads_;
  return {};
}

void RenewedKeys::RunFetch() {
  const Timestamp started = clock_.Now();
  const Result<AwsKeys> fetched = fetch_(stop_.get_token());
  std::vector<Receive> waiting;
  {
    const std::lock_guard lock(mutex_);
    Keep(fetched, started);
    waiting.swap(waiting_);
    is_fetching_ = false;  // who is told below may ask for another
  }
  for (const Receive& receive : waiting) receive(fetched);
  const std::lock_guard lock(mutex_);
  --threads_;
  changed_.notify_all();
}

void RenewedKeys::Keep(const Result<AwsKeys>& fetched, Timestamp started) {
  if (!fetched) {
    failure_ = fetched.error();
    const Timestamp now = clock_.Now();
    const Duration left = keys_ ? good_until_ - now : Duration(0);
    no_fetch_before_ = now + std::max(kShortestPause, left / 10);
    return;
  }
  keys_ = *fetched;
  failure_.reset();
  const Timestamp expires = fetched->expires.value_or(Timestamp::max());
  const Duration life = std::max(expires - started, Duration(0));
  renew_at_ = expires - std::min(kLongestLeadTime, life / 3);
  good_until_ = expires - std::min(kLongestLastMoments, life / 10);
}

std::optional<Error> RenewedKeys::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void RenewedKeys::Stop() {
  stop_.request_stop();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return threads_ == 0; });
}

}  // namespace assay::auth
