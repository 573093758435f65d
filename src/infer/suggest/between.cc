// Suggests between: the bulk of a quantity, with room at both ends.

#include <fmt/format.h>

#include <cmath>

#include "infer/evidence.h"
#include "infer/quantile_fence.h"
#include "infer/suggestion.h"
#include "plan/number_text.h"

namespace assay::infer::suggest {
namespace {

constexpr double kMostlyDistinct = 0.98;
constexpr double kLargest =
    9e15;  // beyond, doubles are not exact enough for bounds of integers

/// Identifiers, sequence numbers and years grow: their largest value so far is no limit.
bool IsQuantity(const engine::FieldProfile& profile) {
  const std::string& name = profile.field.name;
  if (name.ends_with("[]") || profile.field.is_partition || IsIdentifierName(name))
    return false;
  if (name.find("year") != std::string::npos || name.find("Year") != std::string::npos)
    return false;
  if (profile.field.type == plan::FieldType::kFractional) return true;
  if (profile.field.type != plan::FieldType::kIntegral) return false;
  const auto values = static_cast<double>(ValueCount(profile));
  return static_cast<double>(profile.approximate_distinct_values) < kMostlyDistinct * values;
}

/// The bound rounded outwards to three digits, or to a whole number.
Json Round(double bound, bool is_integral, bool up) {
  if (is_integral) return static_cast<int64_t>(up ? std::floor(bound) : std::ceil(bound));
  if (bound == 0) return 0;
  const double step = std::pow(10, std::floor(std::log10(std::abs(bound))) - 2);
  if (step == 0) return bound;  // too small to have three digits
  const double rounded = (up ? std::ceil(bound / step) : std::floor(bound / step)) * step;
  return plan::ReadDouble(fmt::format("{:.6g}", rounded)).value_or(rounded);
}

std::vector<Candidate> Propose(const std::vector<engine::FieldProfile>& fields, Timestamp) {
  std::vector<Candidate> candidates;
  for (const engine::FieldProfile& profile : fields) {
    if (!IsQuantity(profile)) continue;
    const bool is_integral = profile.field.type == plan::FieldType::kIntegral;
    const double step = is_integral ? 1 : 0;
    const auto low = LowerFence(profile.quantiles, ValueCount(profile), step);
    const auto high = UpperFence(profile.quantiles, ValueCount(profile), step);
    if (!low || !high || std::abs(low->bound) > kLargest || std::abs(high->bound) > kLargest)
      continue;
    // What is counted or measured often ends at zero; nothing says that it may go below.
    const double low_bound = low->bulk_end >= 0 ? std::max(low->bound, 0.0) : low->bound;
    const double high_bound = high->bulk_end <= 0 ? std::min(high->bound, 0.0) : high->bound;
    const Json min = Round(low_bound, is_integral, false);
    const Json max = Round(high_bound, is_integral, true);
    const auto values = static_cast<double>(ValueCount(profile));
    const double error_share = low->outside_share + high->outside_share +
                               static_cast<double>(profile.nan_count) / values;
    if (error_share > kMaxErrorShare) continue;
    candidates.push_back(
        {.definition = {.rule = "between",
                        .fields = {profile.field.name},
                        .properties = {{"min", min}, {"max", max}},
                        .description = fmt::format("{} is from {} to {}", profile.field.name,
                                                   min.dump(), max.dump())},
         .min_holding_share = HoldingShare(error_share)});
  }
  return candidates;
}

}  // namespace

Suggestion between() {
  return {.name = "between", .level = 2, .propose = Propose};
}

}  // namespace assay::infer::suggest
