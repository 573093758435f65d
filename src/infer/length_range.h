// The usual range of some lengths.

#pragma once

#include <cstdint>
#include <map>

namespace assay::infer {

/// Lengths with the weight of the texts that have them.
using LengthWeights = std::map<int64_t, double>;

struct LengthRange {
  int64_t low = 0, high = 0;
  bool is_fixed = false;  // nearly all have this very length
};

/// The lengths of all but up to 5 % of the weight: a length that nearly all share, or the range
/// without rare lengths far above the others. `lengths` is not empty.
LengthRange UsualLengths(const LengthWeights& lengths);

/// The range widened so that somewhat shorter and longer texts than those seen have room.
LengthRange WithRoom(const LengthRange& range);

}  // namespace assay::infer
