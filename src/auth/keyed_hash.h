// Numbers for texts that only the holder of a key can compute.

#pragma once

#include <string>
#include <string_view>

#include "base/secret.h"

namespace assay::auth {

/// HMAC-SHA-256 (RFC 2104) of `text` in 64 hexadecimal digits.
std::string KeyedHash(const Secret& key, std::string_view text);

}  // namespace assay::auth
