// Values of the installation itself: the key that signs tokens, for instance.

#pragma once

#include <optional>
#include <string>

#include "base/secret.h"
#include "store/access.h"
#include "store/cipher.h"

namespace assay::store {

/// Named texts; secret ones are encrypted.
class Settings {
 public:
  explicit Settings(Access& access) : access_(access) {}

  Result<std::optional<std::string>> Get(const std::string& name);
  Status Set(const std::string& name, const std::string& value);

  Result<std::optional<Secret>> GetSecret(const std::string& name, const Cipher& cipher);
  Status SetSecret(const std::string& name, const Secret& value, const Cipher& cipher);

 private:
  Access& access_;
};

}  // namespace assay::store
