// Suggests betweenTimes: not before the bulk of a field's times, and not after it where it is
// closed.

#include <fmt/format.h>

#include "infer/evidence.h"
#include "infer/suggestion.h"
#include "infer/time_quantiles.h"
#include "infer/value_bounds.h"

namespace assay::infer::suggest {
namespace {

constexpr double kNever = 1e15;

std::string Never(const engine::FieldProfile& profile) {
  const std::string never = FormatTimestamp(TimeOf(kNever));
  return profile.field.type == plan::FieldType::kDate ? never.substr(0, 10) : never;
}

std::vector<Candidate> Propose(const std::vector<engine::FieldProfile>& fields, Timestamp now) {
  std::vector<Candidate> candidates;
  for (const engine::FieldProfile& profile : fields) {
    const TimeBounds bounds = BoundsOfTimes(profile, now);
    if (!bounds.min || (!bounds.max && !bounds.goes_on)) continue;
    const double error_share = bounds.below_share + bounds.above_share;
    if (error_share > kMaxErrorShare) continue;
    const std::string max = bounds.max.value_or(Never(profile));
    candidates.push_back(
        {.definition = {.rule = "betweenTimes",
                        .fields = {profile.field.name},
                        .properties = {{"min_time", *bounds.min}, {"max_time", max}},
                        .description = bounds.max
                                           ? fmt::format("{} is from {} to {}",
                                                         profile.field.name, *bounds.min, max)
                                           : fmt::format("{} is not before {}",
                                                         profile.field.name, *bounds.min)},
         .min_holding_share = HoldingShare(error_share)});
  }
  return candidates;
}

}  // namespace

Suggestion between_times() {
  return {.name = "betweenTimes", .level = 2, .propose = Propose};
}

}  // namespace assay::infer::suggest
