#include "infer/length_range.h"

#include <algorithm>

namespace assay::infer {
namespace {

constexpr double kFixedShare = 0.97;
constexpr double kRareShare = 0.05;
constexpr double kFewShare = 0.005;

/// A longer text than this after one of `length` is another kind of text.
int64_t FarAbove(int64_t length) {
  return length + length / 2 + 8;
}

}  // namespace

LengthRange UsualLengths(const LengthWeights& lengths) {
  double total = 0;
  for (const auto& [length, weight] : lengths) total += weight;
  for (const auto& [length, weight] : lengths) {
    if (weight >= kFixedShare * total) return {.low = length, .high = length, .is_fixed = true};
  }
  LengthRange range = {.low = lengths.begin()->first, .high = lengths.rbegin()->first};
  double below = 0;
  for (const auto& [length, weight] : lengths) {
    const bool is_far = below > 0 && length > FarAbove(range.high);
    if (below > 0 && is_far && total - below <= kRareShare * total) return range;
    if (below <= kFewShare * total) range.low = length;
    below += weight;
    range.high = length;
  }
  return range;
}

LengthRange WithRoom(const LengthRange& range) {
  if (range.is_fixed) return range;
  const int64_t low = range.low / 2;
  return {.low = range.low > 0 ? std::max<int64_t>(low, 1) : 0,
          .high = range.high + range.high / 4 + 3};
}

}  // namespace assay::infer
