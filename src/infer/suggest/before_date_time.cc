// Suggests beforeDateTime: one end of a field's times whose other end cannot be told.

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
    if (!bounds.max || bounds.min) continue;
    if (bounds.above_share > kMaxErrorShare) continue;
    candidates.push_back(
        {.definition = {.rule = "beforeDateTime",
                        .fields = {profile.field.name},
                        .properties = Json::object({{"datetime", *bounds.max}}),
                        .description =
                            fmt::format("{} is before {}", profile.field.name, *bounds.max)},
         .min_holding_share = HoldingShare(bounds.above_share)});
  }
  return candidates;
}

}  // namespace

Suggestion before_date_time() {
  return {.name = "beforeDateTime", .level = 3, .propose = Propose};
}

}  // namespace assay::infer::suggest
