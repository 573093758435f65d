// Suggests notNull for fields that are (nearly) always set.

#include <fmt/format.h>

#include "infer/evidence.h"
#include "infer/suggestion.h"

namespace assay::infer::suggest {
namespace {

// More missing values than these look like a field that may be left empty. Keys are meant to be
// set.
constexpr double kMostNulls = 0.03;
constexpr double kMostNullsOfKeys = kMaxErrorShare;
constexpr double kLikelyNulls = 0.12;

std::vector<Candidate> Propose(const std::vector<engine::FieldProfile>& fields, Timestamp) {
  std::vector<Candidate> candidates;
  for (const engine::FieldProfile& profile : fields) {
    if (profile.record_count < kMinTrainingRows || ValueCount(profile) == 0) continue;
    if (profile.field.name.ends_with("[]") || profile.field.is_partition) continue;
    const double null_share =
        static_cast<double>(profile.null_count) / static_cast<double>(profile.record_count);
    const double most = IsIdentifierName(profile.field.name) ? kMostNullsOfKeys : kMostNulls;
    if (null_share > most) continue;
    if (UpperShare(profile.null_count, profile.record_count) > kLikelyNulls) continue;
    candidates.push_back(
        {.definition = {.rule = "notNull",
                        .fields = {profile.field.name},
                        .description = fmt::format("{} is always set", profile.field.name)},
         .min_holding_share = HoldingShare(null_share)});
  }
  return candidates;
}

}  // namespace

Suggestion not_null() {
  return {.name = "notNull", .level = 1, .propose = Propose};
}

}  // namespace assay::infer::suggest
