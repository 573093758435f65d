// Suggests greaterThan: one end of a quantity whose other end cannot be told.

#include <fmt/format.h>

#include "infer/evidence.h"
#include "infer/suggestion.h"
#include "infer/value_bounds.h"

namespace assay::infer::suggest {
namespace {

std::vector<Candidate> Propose(const std::vector<engine::FieldProfile>& fields, Timestamp) {
  std::vector<Candidate> candidates;
  for (const engine::FieldProfile& profile : fields) {
    const NumberBounds bounds = BoundsOfNumbers(profile);
    if (!bounds.min || bounds.max) continue;
    const double error_share = bounds.below_share + bounds.nan_share;
    if (error_share > kMaxErrorShare) continue;
    candidates.push_back(
        {.definition = {.rule = "greaterThan",
                        .fields = {profile.field.name},
                        .properties =
                            Json::object({{"value", *bounds.min}, {"inclusive", true}}),
                        .description = fmt::format("{} is at least {}", profile.field.name,
                                                   bounds.min->dump())},
         .min_holding_share = HoldingShare(error_share)});
  }
  return candidates;
}

}  // namespace

Suggestion greater_than() {
  return {.name = "greaterThan", .level = 3, .propose = Propose};
}

}  // namespace assay::infer::suggest
