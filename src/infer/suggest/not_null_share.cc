// Suggests notNull for a share of the rows, of fields that are set in some of them.

#include <fmt/format.h>

#include "infer/evidence.h"
#include "infer/suggestion.h"

namespace assay::infer::suggest {
namespace {

constexpr int64_t kMinRows = 200;
constexpr double kLeastShare = 0.3;  // of rows with a value; fewer are an exception
constexpr double kMostShare = 0.98;  // more are hoped to be all

std::vector<Candidate> Propose(const std::vector<engine::FieldProfile>& fields, Timestamp) {
  std::vector<Candidate> candidates;
  for (const engine::FieldProfile& profile : fields) {
    if (profile.record_count < kMinRows) continue;
    if (profile.field.name.ends_with("[]") || profile.field.is_partition) continue;
    const double share =
        static_cast<double>(ValueCount(profile)) / static_cast<double>(profile.record_count);
    const double coverage = CoverageBelow(share, profile.record_count);
    if (share < kLeastShare || share > kMostShare || coverage == 0) continue;
    candidates.push_back(
        {.definition = {.rule = "notNull",
                        .fields = {profile.field.name},
                        .coverage = coverage,
                        .description = fmt::format("{} is set in {:.0f} % of the rows",
                                                   profile.field.name, 100 * coverage)},
         .min_holding_share = coverage});
  }
  return candidates;
}

}  // namespace

Suggestion not_null_share() {
  return {.name = "notNullShare", .level = 5, .propose = Propose};
}

}  // namespace assay::infer::suggest
