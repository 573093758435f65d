// Suggests notFuture for times that have happened, but for a few that lie apart.

#include <fmt/format.h>

#include "infer/evidence.h"
#include "infer/quantile_fence.h"
#include "infer/suggestion.h"
#include "infer/time_quantiles.h"

namespace assay::infer::suggest {
namespace {

/// The share of values in the future when they look like errors: the bulk ends before now, and
/// a gap follows. Due dates reach beyond now without one.
std::optional<double> ErrorShare(const engine::FieldProfile& profile, Timestamp now) {
  const std::vector<double> quantiles = SecondsQuantiles(profile);
  if (quantiles.empty()) return std::nullopt;
  const double now_seconds = SecondsSince1970(now);
  if (quantiles.back() <= now_seconds) return 0;
  const auto fence = UpperFence(quantiles, ValueCount(profile), SecondsStep(profile));
  if (!fence || fence->outside_share == 0 || fence->bulk_end > now_seconds) return std::nullopt;
  if (fence->outside_share > kMaxErrorShare) return std::nullopt;
  return fence->outside_share;
}

std::vector<Candidate> Propose(const std::vector<engine::FieldProfile>& fields, Timestamp now) {
  std::vector<Candidate> candidates;
  for (const engine::FieldProfile& profile : fields) {
    if (!IsTimeField(profile) || ValueCount(profile) < kMinTrainingRows) continue;
    const std::optional<double> error_share = ErrorShare(profile, now);
    if (!error_share) continue;
    candidates.push_back({.definition = {.rule = "notFuture",
                                         .fields = {profile.field.name},
                                         .description = fmt::format("{} is never in the future",
                                                                    profile.field.name)},
                          .min_holding_share = HoldingShare(*error_share)});
  }
  return candidates;
}

}  // namespace

Suggestion not_future() {
  return {.name = "notFuture", .level = 1, .propose = Propose};
}

}  // namespace assay::infer::suggest
