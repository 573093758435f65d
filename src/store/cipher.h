// How the store keeps secrets unreadable at rest; injected, so that this module knows no
// cryptography.

#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace assay::store {

/// Thread-safe. `place` names the record and column the secret belongs to ("connections/12"):
/// what was encrypted for one place does not decrypt at another.
class Cipher {
 public:
  virtual ~Cipher() = default;

  /// Printable text. Two calls with the same input give different texts.
  virtual Result<std::string> Encrypt(const Secret& plain, std::string_view place) const = 0;
  /// kDenied when key or place are not those of Encrypt, or the text was changed.
  virtual Result<Secret> Decrypt(std::string_view encrypted, std::string_view place) const = 0;
};

}  // namespace assay::store
