// Encryption at rest: AES-256-GCM under one master key.

#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace assay::auth {

/// 32 random bytes, as they are.
class MasterKey {
 public:
  static constexpr size_t kSizeBytes = 32;

  /// A new one from the system's generator.
  static Result<MasterKey> Generate();
  /// From 64 hexadecimal digits; white space around them is ignored. kInvalidInput otherwise.
  static Result<MasterKey> Parse(const Secret& text);

  /// 64 hexadecimal digits.
  Secret ToText() const;
  const Secret& bytes() const { return bytes_; }

 private:
  explicit MasterKey(Secret bytes) : bytes_(std::move(bytes)) {}
  Secret bytes_;
};

/// Seals and opens texts. Thread-safe.
///
/// A sealed text is "v1:" and the base64 of nonce (12 random bytes), ciphertext and tag (16
/// bytes). Random nonces allow 2^32 texts under one key (NIST SP 800-38D 8.3), far beyond what
/// is stored.
class Encryption {
 public:
  explicit Encryption(MasterKey key) : key_(std::move(key)) {}

  /// `associated` is authenticated, not stored: Open needs the same.
  Result<std::string> Seal(const Secret& plain, std::string_view associated) const;
  /// kDenied when key or associated text differ or the text was changed; kCorruptData when it
  /// is not a sealed text at all.
  Result<Secret> Open(std::string_view sealed, std::string_view associated) const;

 private:
  MasterKey key_;
};

}  // namespace assay::auth
