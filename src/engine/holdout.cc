#include "engine/holdout.h"

#include "base/hash.h"

namespace assay::engine {

Holdout::Holdout(std::string_view relative_path, double share)
    : seed_(StableHash64(relative_path)), share_(share) {}

bool Holdout::ContainsBlock(int64_t block) const {
  if (share_ <= 0) return false;
  const uint64_t hash =
      StableHash64({reinterpret_cast<const char*>(&block), sizeof(block)}, seed_);
  return static_cast<double>(hash >> 11) * 0x1p-53 < share_;
}

}  // namespace assay::engine
