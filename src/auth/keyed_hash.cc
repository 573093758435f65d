#include "auth/keyed_hash.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

namespace assay::auth {

std::string KeyedHash(const Secret& key, std::string_view text) {
  const auto bytes = [](std::string_view view) {
    return reinterpret_cast<const unsigned char*>(view.data());
  };
  crypto_auth_hmacsha256_state state;
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> digest;
  crypto_auth_hmacsha256_init(&state, bytes(key.Reveal()), key.Reveal().size());
  crypto_auth_hmacsha256_update(&state, bytes(text), text.size());
  crypto_auth_hmacsha256_final(&state, digest.data());
  std::string digits;
  for (const unsigned char byte : digest) digits += fmt::format("{:02x}", byte);
  return digits;
}

}  // namespace assay::auth
