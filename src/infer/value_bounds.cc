#include "infer/value_bounds.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "infer/evidence.h"
#include "infer/quantile_fence.h"
#include "infer/time_quantiles.h"
#include "plan/number_text.h"

namespace assay::infer {
namespace {

constexpr double kMostlyDistinct = 0.98;
constexpr double kLargest =
    9e15;  // beyond, doubles are not exact enough for bounds of integers
constexpr double kDay = 86'400;
constexpr double kYear = 365.25 * kDay;
constexpr double kFirstYear = -1969 * kYear;  // since 1970
// Times that end this long ago (dates of birth) are not about to go on; others grow with each
// day.
constexpr double kClosedFor = 5 * kYear;
// Room before the first time, as a share of the time covered: older records may be added.
constexpr double kRoomShare = 0.25;

bool IsQuantity(const engine::FieldProfile& profile) {
  const std::string& name = profile.field.name;
  if (name.ends_with("[]") || profile.field.is_partition || IsIdentifierName(name))
    return false;
  if (name.find("year") != std::string::npos || name.find("Year") != std::string::npos)
    return false;
  if (profile.field.type == plan::FieldType::kFractional) return true;
  if (profile.field.type != plan::FieldType::kIntegral) return false;
  const auto values = static_cast<double>(ValueCount(profile));
  return static_cast<double>(profile.approximate_distinct_values) < kMostlyDistinct * values;
}

enum class Direction { kDown, kUp };

Json Round(double bound, bool is_integral, Direction direction) {
  const bool up = direction == Direction::kUp;
  if (is_integral) return static_cast<int64_t>(up ? std::floor(bound) : std::ceil(bound));
  if (bound == 0) return 0;
  const double step = std::pow(10, std::floor(std::log10(std::abs(bound))) - 2);
  if (step == 0) return bound;  // too small to have three digits
  const double rounded = (up ? std::ceil(bound / step) : std::floor(bound / step)) * step;
  return plan::ReadDouble(fmt::format("{:.6g}", rounded)).value_or(rounded);
}

std::string TimeBound(const engine::FieldProfile& profile, double seconds,
                      Direction direction) {
  if (profile.field.type != plan::FieldType::kDate) return FormatTimestamp(TimeOf(seconds));
  const double days = seconds / kDay;
  const double rounded = direction == Direction::kUp ? std::ceil(days) : std::floor(days);
  return FormatTimestamp(TimeOf(rounded * kDay)).substr(0, 10);
}

}  // namespace

NumberBounds BoundsOfNumbers(const engine::FieldProfile& profile) {
  NumberBounds bounds;
  if (!IsQuantity(profile)) return bounds;
  const bool is_integral = profile.field.type == plan::FieldType::kIntegral;
  const double step = is_integral ? 1 : 0;
  const int64_t values = ValueCount(profile);
  if (values == 0) return bounds;
  bounds.nan_share = static_cast<double>(profile.nan_count) / static_cast<double>(values);
  const auto low = LowerFence(profile.quantiles, values, step);
  const auto high = UpperFence(profile.quantiles, values, step);
  // What is counted or measured often ends at zero; nothing says that it may go below.
  if (low && std::abs(low->bound) <= kLargest) {
    bounds.min = Round(low->bulk_end >= 0 ? std::max(low->bound, 0.0) : low->bound, is_integral,
                       Direction::kDown);
    bounds.below_share = low->outside_share;
  }
  if (high && std::abs(high->bound) <= kLargest) {
    bounds.max = Round(high->bulk_end <= 0 ? std::min(high->bound, 0.0) : high->bound,
                       is_integral, Direction::kUp);
    bounds.above_share = high->outside_share;
  }
  return bounds;
}

TimeBounds BoundsOfTimes(const engine::FieldProfile& profile, Timestamp now) {
  TimeBounds bounds;
  if (!IsTimeField(profile)) return bounds;
  const std::vector<double> quantiles = SecondsQuantiles(profile);
  const double step = SecondsStep(profile);
  const auto low = LowerFence(quantiles, ValueCount(profile), step);
  const auto high = UpperFence(quantiles, ValueCount(profile), step);
  const double room = low && high ? kRoomShare * (high->bulk_end - low->bulk_end) : 0;
  // A bound before the first year would say nothing.
  if (low && low->bound > kFirstYear) {
    bounds.min =
        TimeBound(profile, std::min(low->bound, low->bulk_end - room), Direction::kDown);
    bounds.below_share = low->outside_share;
  }
  bounds.goes_on = high && high->bulk_end >= SecondsSince1970(now) - kClosedFor;
  if (high && !bounds.goes_on) {
    bounds.max =
        TimeBound(profile, std::max(high->bound, high->bulk_end + room), Direction::kUp);
    bounds.above_share = high->outside_share;
  }
  return bounds;
}

}  // namespace assay::infer
