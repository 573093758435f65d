// Passwords: hashed with argon2id, never stored.

#pragma once

#include <cstddef>
#include <semaphore>

#include "base/result.h"
#include "base/secret.h"

namespace assay::auth {

/// What one hash costs whoever computes it.
struct PasswordCost {
  unsigned long long passes = 2;           // libsodium's figures for logins: about 0.1 s
  size_t memory_bytes = size_t{64} << 20;  // and this much memory
};

/// Hashes and compares at most two at a time, so that logins cannot take all memory.
/// Thread-safe.
class Passwords {
 public:
  static constexpr size_t kMinLength = 12;   // characters of one that people choose
  static constexpr size_t kMaxLength = 256;  // bytes

  explicit Passwords(PasswordCost cost = {}) : cost_(cost) {}

  /// Of a password that somebody chose: kInvalidInput when it is too short or too long.
  Status Check(const Secret& password) const;
  /// Text that holds salt and cost ("$argon2id$..."). kResourceLimit when memory is short.
  Result<Secret> Hash(const Secret& password) const;
  /// Whether `hash` is of this password; false for an empty hash, after as much work.
  Result<bool> Matches(const Secret& hash, const Secret& password) const;

  /// A random one of 20 letters and digits that cannot be mistaken for each other.
  static Secret Generate();

 private:
  PasswordCost cost_;
  mutable std::counting_semaphore<2> free_{2};
};

}  // namespace assay::auth
