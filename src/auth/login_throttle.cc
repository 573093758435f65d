#include "auth/login_throttle.h"

#include <algorithm>

namespace assay::auth {
namespace {

constexpr std::chrono::hours kForgetAfter{24};
// Names come from anybody; longer ones share their beginning.
constexpr size_t kMaxKeyBytes = 100;

std::string UserKey(const std::string& user) {
  return "u" + user.substr(0, kMaxKeyBytes);
}
std::string AddressKey(const std::string& address) {
  return "a" + address.substr(0, kMaxKeyBytes);
}

}  // namespace

std::chrono::seconds LoginThrottle::Wait(const std::string& user, const std::string& address,
                                         Timestamp now) {
  const std::lock_guard lock(mutex_);
  return std::max(WaitFor(UserKey(user), now), WaitFor(AddressKey(address), now));
}

void LoginThrottle::Failed(const std::string& user, const std::string& address, Timestamp now) {
  const std::lock_guard lock(mutex_);
  Count(UserKey(user), kLongestForUser, now);
  Count(AddressKey(address), kLongestForAddress, now);
}

void LoginThrottle::Succeeded(const std::string& user) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(UserKey(user));
  if (found != by_key_.end()) Forget(found->second);
}

std::chrono::seconds LoginThrottle::WaitFor(const std::string& key, Timestamp now) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end() || found->second->free_at <= now) return std::chrono::seconds(0);
  return std::chrono::ceil<std::chrono::seconds>(found->second->free_at - now);
}

void LoginThrottle::Count(const std::string& key, std::chrono::seconds longest, Timestamp now) {
  while (!records_.empty() && (records_.back().last + kForgetAfter <= now ||
                               (records_.size() >= kMaxKeys && !by_key_.contains(key)))) {
    Forget(std::prev(records_.end()));
  }
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) {
    records_.push_front({.key = key});
    by_key_[key] = records_.begin();
  } else {
    records_.splice(records_.begin(), records_, found->second);
  }
  Record& record = records_.front();
  record.last = now;
  ++record.failures;
  if (record.failures < kFreeFailures) return;
  const int doublings = std::min(record.failures - kFreeFailures, 20);
  record.free_at = now + std::min(longest, kFirstDelay * (1 << doublings));
}

void LoginThrottle::Forget(Records::iterator record) {
  by_key_.erase(record->key);
  records_.erase(record);
}

}  // namespace assay::auth
