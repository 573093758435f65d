// The key under which all secrets of a store are encrypted.

#pragma once

#include <cstdint>

#include "store/access.h"
#include "store/cipher.h"

namespace assay::store {

/// Makes sure that `cipher` has the key with which this store's secrets were encrypted; the
/// first call on a new store remembers it. kDenied when it has another.
Status VerifyKey(Access& access, const Cipher& cipher);

/// Encrypts every secret anew, all of them or none, and returns how many there are. Whoever has
/// the store open must use `to` from then on. kDenied when `from` is not the key.
Result<int64_t> ChangeKey(Access& access, const Cipher& from, const Cipher& to);

}  // namespace assay::store
