#include "infer/quantile_fence.h"

#include <algorithm>
#include <cmath>

#include "engine/profile.h"

namespace assay::infer {
namespace {

constexpr int64_t kMinValues = 100;
constexpr double kQuartileTail = 0.25;
constexpr double kFirstTail = 0.05;    // the bulk holds at least all but this share
constexpr double kJump = 4;            // times the foretold distance
constexpr double kFarOutliers = 2;     // times the distance from the median to the bulk's end
constexpr double kMostAtBound = 1e-4;  // share of such a tail beyond the bound
constexpr double kLeastAtBound = 1e-5;
constexpr double kLeastRoom = 1;  // in scales of the tail
// Of many values that lie apart, more is asked.
constexpr double kEarliestTail = 0.2;  // at most this share of values
constexpr double kEarlyJump = 8;       // times the foretold distance
constexpr double kEarlyFar = 3;        // times the distance from the median to the bulk's end
constexpr double kEarlySpread = 3;     // how much further the outer fifth of them lies
constexpr double kOuterShare = 0.2;
constexpr double kTailOfBulk = 0.02;  // what may be cut off from the bulk
constexpr double kLeastDistance =
    0.05;  // of the middle half, for fields with few distinct values

struct Tail {
  double share;  // of values at or beyond
  double value;
};

/// The upper half: median, upper quartile, and from the 95 % rank on every value.
struct UpperHalf {
  double median = 0, quartile = 0, lower_quartile = 0;
  std::vector<Tail> early;  // from the 80 % rank up to the 95 % rank
  std::vector<Tail> tails;
};

double ShareBeyond(double rank, int64_t value_count) {
  return std::max(1 - rank, 0.5 / static_cast<double>(value_count));
}

double ValueAtTail(const UpperHalf& half, double share) {
  for (const Tail& tail : half.tails) {
    if (tail.share <= share) return tail.value;
  }
  return half.tails.back().value;
}

std::optional<UpperHalf> UpperHalfOf(const std::vector<double>& quantiles,
                                     int64_t value_count) {
  const auto& ranks = engine::kQuantileRanks;
  if (quantiles.size() != ranks.size() || value_count < kMinValues) return std::nullopt;
  UpperHalf half;
  for (size_t i = 0; i < ranks.size(); ++i) {
    if (!std::isfinite(quantiles[i])) return std::nullopt;
    if (ranks[i] == 0.25) half.lower_quartile = quantiles[i];
    if (ranks[i] == 0.5) half.median = quantiles[i];
    if (ranks[i] == 0.75) half.quartile = quantiles[i];
    if (ranks[i] >= 1 - kEarliestTail && ranks[i] <= 1 - kFirstTail) {
      half.early.push_back({ShareBeyond(ranks[i], value_count), quantiles[i]});
    }
    if (ranks[i] >= 1 - kFirstTail) {
      half.tails.push_back({ShareBeyond(ranks[i], value_count), quantiles[i]});
    }
  }
  return half;
}

double LeastDistance(const UpperHalf& half, double step) {
  return std::max(step, kLeastDistance * (half.quartile - half.lower_quartile));
}

/// The bulk's end where 5 to 20 % of the values lie apart: far away, and at many distances from
/// it. Another kind of right values lies together.
std::optional<Fence> EarlyFence(const UpperHalf& half, double step) {
  if (half.quartile <= half.lower_quartile) return std::nullopt;  // most are one value
  const double least = LeastDistance(half, step);
  for (size_t i = 0; i + 1 < half.early.size(); ++i) {
    const Tail &last = half.early[i], &next = half.early[i + 1];
    const double reach = last.value - half.median;
    const double scale = reach / std::log(0.5 / last.share);
    const double foretold = std::max(least, scale * std::log(last.share / next.share));
    if (next.value - last.value <= kEarlyJump * foretold) continue;
    if (next.value - half.median < kEarlyFar * std::max(reach, least)) continue;
    const double outer = ValueAtTail(half, kOuterShare * next.share);
    if (outer - half.median < kEarlySpread * (next.value - half.median)) continue;
    // Without the others the bulk ends about here.
    const double bulk_scale =
        std::max(step, std::max(reach, least) / std::log(0.5 / kTailOfBulk));
    return Fence{.bulk_end = last.value,
                 .bound = last.value + bulk_scale * std::log(kTailOfBulk / kMostAtBound),
                 .outside_share = last.share};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Fence> UpperFence(const std::vector<double>& quantiles, int64_t value_count,
                                double step) {
  const std::optional<UpperHalf> half = UpperHalfOf(quantiles, value_count);
  if (!half) return std::nullopt;
  if (const auto early = EarlyFence(*half, step)) return early;
  const double least = LeastDistance(*half, step);
  Fence fence;
  double scale =
      0;  // how much further the tail reaches each time its share falls by a factor e
  for (size_t i = 0; i < half->tails.size(); ++i) {
    const Tail& last = half->tails[i];
    scale = (last.value - half->quartile) / std::log(kQuartileTail / last.share);
    fence.bulk_end = last.value;
    if (i + 1 == half->tails.size()) break;
    const Tail& next = half->tails[i + 1];
    const double foretold = std::max(least, scale * std::log(last.share / next.share));
    if (next.value - last.value <= kJump * foretold) continue;
    const double far = std::max(kFarOutliers * (last.value - half->median), kJump * least);
    if (ValueAtTail(*half, next.share / 2) - last.value < far) continue;
    // Of a field that has one value nearly everywhere nothing can be said.
    if (half->tails.front().value <= half->lower_quartile) return std::nullopt;
    fence.outside_share = last.share;
    break;
  }
  if (half->tails.front().value <= half->lower_quartile) return std::nullopt;
  const double from = fence.outside_share > 0 ? fence.outside_share : half->tails.back().share;
  const double to =
      std::clamp(0.1 / static_cast<double>(value_count), kLeastAtBound, kMostAtBound);
  fence.bound =
      fence.bulk_end + std::max(step, scale) * std::max(kLeastRoom, std::log(from / to));
  return fence;
}

std::optional<Fence> LowerFence(const std::vector<double>& quantiles, int64_t value_count,
                                double step) {
  std::vector<double> mirrored(quantiles.rbegin(), quantiles.rend());
  for (double& value : mirrored) value = -value;
  std::optional<Fence> fence = UpperFence(mirrored, value_count, step);
  if (!fence) return std::nullopt;
  fence->bulk_end = -fence->bulk_end;
  fence->bound = -fence->bound;
  return fence;
}

}  // namespace assay::infer
