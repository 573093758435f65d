// Suggests betweenTimes: not before the bulk of a field's times, and not after it where it is
// closed.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "infer/evidence.h"
#include "infer/quantile_fence.h"
#include "infer/suggestion.h"
#include "infer/time_quantiles.h"

namespace assay::infer::suggest {
namespace {

constexpr double kDay = 86'400;
constexpr double kYear = 365.25 * kDay;
// Times that end this long ago (dates of birth) are not about to go on; others grow with each
// day.
constexpr double kClosedFor = 5 * kYear;
// Room before the first time, as a share of the time covered: older records may be added.
constexpr double kRoomShare = 0.25;
constexpr double kNever = 1e15;

/// Dates are bounded by dates, rounded outwards.
std::string Bound(const engine::FieldProfile& profile, double seconds, bool up) {
  const bool is_date = profile.field.type == plan::FieldType::kDate;
  if (!is_date) return FormatTimestamp(TimeOf(seconds));
  const double days = seconds / kDay;
  return FormatTimestamp(TimeOf((up ? std::ceil(days) : std::floor(days)) * kDay))
      .substr(0, 10);
}

std::vector<Candidate> Propose(const std::vector<engine::FieldProfile>& fields, Timestamp now) {
  std::vector<Candidate> candidates;
  for (const engine::FieldProfile& profile : fields) {
    if (!IsTimeField(profile)) continue;
    const std::vector<double> quantiles = SecondsQuantiles(profile);
    const double step = SecondsStep(profile);
    const auto low = LowerFence(quantiles, ValueCount(profile), step);
    const auto high = UpperFence(quantiles, ValueCount(profile), step);
    if (!low || !high) continue;
    const double room = kRoomShare * (high->bulk_end - low->bulk_end);
    const bool is_closed = high->bulk_end < SecondsSince1970(now) - kClosedFor;
    double error_share = low->outside_share;
    double max_seconds = kNever;
    if (is_closed) {
      error_share += high->outside_share;
      max_seconds = std::max(high->bound, high->bulk_end + room);
    }
    if (error_share > kMaxErrorShare) continue;
    const double min_seconds = std::min(low->bound, low->bulk_end - room);
    const std::string min = Bound(profile, min_seconds, false);
    const std::string max = Bound(profile, max_seconds, true);
    candidates.push_back(
        {.definition = {.rule = "betweenTimes",
                        .fields = {profile.field.name},
                        .properties = {{"min_time", min}, {"max_time", max}},
                        .description = is_closed ? fmt::format("{} is from {} to {}",
                                                               profile.field.name, min, max)
                                                 : fmt::format("{} is not before {}",
                                                               profile.field.name, min)},
         .min_holding_share = HoldingShare(error_share)});
  }
  return candidates;
}

}  // namespace

Suggestion between_times() {
  return {.name = "betweenTimes", .level = 2, .propose = Propose};
}

}  // namespace assay::infer::suggest
