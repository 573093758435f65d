// Suggests lessThan: one end of a quantity whose other end cannot be told.

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
    if (!bounds.max || bounds.min) continue;
    const double error_share = bounds.above_share + bounds.nan_share;
    if (error_share > kMaxErrorShare) continue;
    candidates.push_back(
        {.definition = {.rule = "lessThan",
                        .fields = {profile.field.name},
                        .properties =
                            Json::object({{"value", *bounds.max}, {"inclusive", true}}),
                        .description = fmt::format("{} is at most {}", profile.field.name,
                                                   bounds.max->dump())},
         .min_holding_share = HoldingShare(error_share)});
  }
  return candidates;
}

}  // namespace

Suggestion less_than() {
  return {.name = "lessThan", .level = 3, .propose = Propose};
}

}  // namespace assay::infer::suggest
