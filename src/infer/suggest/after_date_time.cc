// Suggests afterDateTime: one end of a field's times whose other end cannot be told.

#include <fmt/format.h>

#include "infer/evidence.h"
#include "infer/suggestion.h"
#include "infer/value_bounds.h"

namespace assay::infer::suggest {
namespace {

std::vector<Candidate> Propose(const std::vector<engine::FieldProfile>& fields, Timestamp now) {
  std::vector<Candidate> candidates;
  for (const engine::FieldProfile& profile : fields) {
    const TimeBounds bounds = BoundsOfTimes(profile, now);
    if (!bounds.min || bounds.max || bounds.goes_on) continue;
    if (bounds.below_share > kMaxErrorShare) continue;
    candidates.push_back(
        {.definition = {.rule = "afterDateTime",
                        .fields = {profile.field.name},
                        .properties = Json::object({{"datetime", *bounds.min}}),
                        .description =
                            fmt::format("{} is after {}", profile.field.name, *bounds.min)},
         .min_holding_share = HoldingShare(bounds.below_share)});
  }
  return candidates;
}

}  // namespace

Suggestion after_date_time() {
  return {.name = "afterDateTime", .level = 3, .propose = Propose};
}

}  // namespace assay::infer::suggest
