#include "infer/one_sided_bound.h"

#include <fmt/format.h>

#include "infer/evidence.h"
#include "infer/value_bounds.h"

namespace assay::infer {
namespace {

/// The bound at this end, if there is none at the other one.
template <class T>
const std::optional<T>& OnlyBound(End end, const std::optional<T>& min,
                                  const std::optional<T>& max) {
  static const std::optional<T> none;
  if (min && max) return none;
  return end == End::kLower ? min : max;
}

}  // namespace

std::vector<Candidate> ProposeNumberEnd(const std::vector<engine::FieldProfile>& fields,
                                        End end) {
  const bool is_lower = end == End::kLower;
  std::vector<Candidate> candidates;
  for (const engine::FieldProfile& profile : fields) {
    const NumberBounds bounds = BoundsOfNumbers(profile);
    const std::optional<Json>& bound = OnlyBound(end, bounds.min, bounds.max);
    const double error_share =
        bounds.nan_share + (is_lower ? bounds.below_share : bounds.above_share);
    if (!bound || error_share > kMaxErrorShare) continue;
    candidates.push_back(
        {.definition = {.rule = is_lower ? "greaterThan" : "lessThan",
                        .fields = {profile.field.name},
                        .properties = Json::object({{"value", *bound}, {"inclusive", true}}),
                        .description = fmt::format("{} is at {} {}", profile.field.name,
                                                   is_lower ? "least" : "most", bound->dump())},
         .min_holding_share = HoldingShare(error_share)});
  }
  return candidates;
}

std::vector<Candidate> ProposeTimeEnd(const std::vector<engine::FieldProfile>& fields, End end,
                                      Timestamp now) {
  const bool is_lower = end == End::kLower;
  std::vector<Candidate> candidates;
  for (const engine::FieldProfile& profile : fields) {
    const TimeBounds bounds = BoundsOfTimes(profile, now);
    // Times that go on have a last one, which tomorrow is another.
    if (is_lower && bounds.goes_on) continue;
    const std::optional<std::string>& bound = OnlyBound(end, bounds.min, bounds.max);
    const double error_share = is_lower ? bounds.below_share : bounds.above_share;
    if (!bound || error_share > kMaxErrorShare) continue;
    candidates.push_back(
        {.definition = {.rule = is_lower ? "afterDateTime" : "beforeDateTime",
                        .fields = {profile.field.name},
                        .properties = Json::object({{"datetime", *bound}}),
                        .description = fmt::format("{} is {} {}", profile.field.name,
                                                   is_lower ? "after" : "before", *bound)},
         .min_holding_share = HoldingShare(error_share)});
  }
  return candidates;
}

}  // namespace assay::infer
