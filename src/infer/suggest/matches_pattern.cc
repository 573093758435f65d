// Suggests matchesPattern: what nearly all texts of a field look like.

#include <fmt/format.h>

#include "infer/evidence.h"
#include "infer/suggestion.h"
#include "infer/text_pattern.h"

namespace assay::infer::suggest {
namespace {

constexpr int64_t kMinValues = 100;

std::vector<Candidate> Propose(const std::vector<engine::FieldProfile>& fields, Timestamp) {
  std::vector<Candidate> candidates;
  for (const engine::FieldProfile& profile : fields) {
    if (profile.field.type != plan::FieldType::kString || ValueCount(profile) < kMinValues)
      continue;
    if (profile.field.name.ends_with("[]") || profile.field.is_partition) continue;
    const std::optional<TextPattern> pattern = LearnTextPattern(TextsOf(profile));
    if (!pattern) continue;
    candidates.push_back({.definition = {.rule = "matchesPattern",
                                         .fields = {profile.field.name},
                                         .properties = {{"pattern", pattern->regex}},
                                         .description = fmt::format("{} has its usual form",
                                                                    profile.field.name)},
                          .min_holding_share = HoldingShare(1 - pattern->covered_share)});
  }
  return candidates;
}

}  // namespace

Suggestion matches_pattern() {
  return {.name = "matchesPattern", .level = 2, .propose = Propose};
}

}  // namespace assay::infer::suggest
