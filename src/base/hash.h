// Hashes that are stored or compared across processes: XXH3, fixed forever.

#pragma once

#include <cstdint>
#include <string_view>

namespace assay {

struct Hash128 {
  uint64_t high = 0;
  uint64_t low = 0;
  friend auto operator<=>(const Hash128&, const Hash128&) = default;
};

/// XXH3-64 and XXH3-128 of `bytes`. The result is the same on every machine and in every
/// release: fingerprints and serialised sketches depend on it.
uint64_t StableHash64(std::string_view bytes, uint64_t seed = 0);
Hash128 StableHash128(std::string_view bytes);

}  // namespace assay
