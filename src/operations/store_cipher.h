// The store's cipher, made of the installation's encryption.

#pragma once

#include "auth/encryption.h"
#include "store/cipher.h"

namespace assay::operations {

/// Thread-safe.
class StoreCipher final : public store::Cipher {
 public:
  explicit StoreCipher(auth::Encryption encryption) : encryption_(std::move(encryption)) {}

  Result<std::string> Encrypt(const Secret& plain, std::string_view place) const override {
    return encryption_.Seal(plain, place);
  }
  Result<Secret> Decrypt(std::string_view encrypted, std::string_view place) const override {
    return encryption_.Open(encrypted, place);
  }

 private:
  auth::Encryption encryption_;
};

}  // namespace assay::operations
