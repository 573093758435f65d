// Slowing down who guesses passwords.

#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/clock.h"

namespace assay::auth {

/// Counts failed logins by user name and by address. The first failures cost nothing; after
/// them each one doubles the time for which further attempts are refused, up to a limit. What
/// nobody tried for a day is forgotten, as is the oldest beyond `kMaxKeys`. Thread-safe.
class LoginThrottle {
 public:
  static constexpr int kFreeFailures = 5;
  static constexpr std::chrono::seconds kFirstDelay{1};
  /// An attacker must not be able to lock a user out for long; an address may wait longer.
  static constexpr std::chrono::seconds kLongestForUser{60};
  static constexpr std::chrono::seconds kLongestForAddress{900};
  static constexpr size_t kMaxKeys = 10'000;  // about 2 MB

  /// How long this user or address must wait; 0 when they may try. O(1).
  std::chrono::seconds Wait(const std::string& user, const std::string& address, Timestamp now);
  void Failed(const std::string& user, const std::string& address, Timestamp now);
  /// Forgets the failures of the user; those of the address stay, since others may share it.
  void Succeeded(const std::string& user);

 private:
  struct Record {
    std::string key;
    int failures = 0;
    Timestamp last{}, free_at{};
  };
  using Records = std::list<Record>;  // the latest failure first

  std::chrono::seconds WaitFor(const std::string& key, Timestamp now);
  void Count(const std::string& key, std::chrono::seconds longest, Timestamp now);
  void Forget(Records::iterator record);

  std::mutex mutex_;
  Records records_;                                            // guarded by mutex_
  std::unordered_map<std::string, Records::iterator> by_key_;  // guarded by mutex_
};

}  // namespace assay::auth
