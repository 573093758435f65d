// Where the bulk of a field's numbers ends and outliers begin.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace assay::infer {

struct Fence {
  double bulk_end = 0;       // outermost value taken for right
  double bound = 0;          // beyond it, values are taken for wrong
  double outside_share = 0;  // of the values, that lie beyond the bulk
};

/// The upper end of the bulk, from values at engine::kQuantileRanks of `value_count` numbers.
///
/// From the 95 % rank outwards, each value is compared with what an exponential tail through
/// the upper quartile and the last accepted value foretells. Where the next value lies many
/// times further, and half of the values beyond lie far away from the bulk too, the rest is
/// taken for outliers: at most 5 % of the values. Up to 20 % are where the jump is twice as
/// large, and the values beyond it are spread widely: their outer fifth three times as far from
/// the median as the first of them. The bound lies where such a tail leaves one
/// value in ten thousand, or in ten of this size of data when that is rarer. Heavier tails
/// (log-normal, Pareto down to an exponent of 1.5) have no such jump before their last
/// thousandth.
///
/// nullopt with under 100 values, without quantiles, or when most values are one and the same,
/// so that the tail has no scale. `step` is the least distance of two values, 0 when unknown.
std::optional<Fence> UpperFence(const std::vector<double>& quantiles, int64_t value_count,
                                double step);

/// The same for the lower end.
std::optional<Fence> LowerFence(const std::vector<double>& quantiles, int64_t value_count,
                                double step);

}  // namespace assay::infer
