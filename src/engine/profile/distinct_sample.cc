#include "engine/profile/distinct_sample.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace assay::engine::profile {

uint64_t HashText(std::string_view text) {
  const uint64_t hash = XXH3_64bits(text.data(), text.size());
  return hash + (hash == 0);
}

}  // namespace assay::engine::profile
