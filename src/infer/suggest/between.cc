// Suggests between: the bulk of a quantity, with room at both ends.

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
    if (!bounds.min || !bounds.max) continue;
    const double error_share = bounds.below_share + bounds.above_share + bounds.nan_share;
    if (error_share > kMaxExplainedShare) continue;
    candidates.push_back(
        {.definition = {.rule = "between",
                        .fields = {profile.field.name},
                        .properties = {{"min", *bounds.min}, {"max", *bounds.max}},
                        .description = fmt::format("{} is from {} to {}", profile.field.name,
                                                   bounds.min->dump(), bounds.max->dump())},
         .min_holding_share = HoldingShare(error_share)});
  }
  return candidates;
}

}  // namespace

Suggestion between() {
  return {.name = "between", .level = 2, .propose = Propose};
}

}  // namespace assay::infer::suggest
