// Suggests notNegative for numbers that are zero or above, but for a few with a wrong sign.

#include <fmt/format.h>

#include <cmath>

#include "infer/evidence.h"
#include "infer/suggestion.h"
#include "plan/literal.h"

namespace assay::infer::suggest {
namespace {

// A tail that reaches below zero by itself stays near it. Values whose sign was lost are as
// large as the others: half of them are beyond this share of the median.
constexpr double kSizeOfErrors = 0.3;
// Of few negative values the smallest is better known than their median.
constexpr double kFewErrors = 0.01;
constexpr double kSizeOfSmallest = 1.5;

constexpr size_t kMedianIndex = 18;
static_assert(engine::kQuantileRanks[kMedianIndex] == 0.5);

/// The share of negative values when they look like errors; 0 when there are none; nullopt when
/// negative values belong to the field.
std::optional<double> ErrorShare(const engine::FieldProfile& profile) {
  const Result<plan::Literal> min = plan::Literal::FromJson(*profile.min, profile.field.type);
  if (!min) return std::nullopt;
  const bool has_negative = plan::Less(*min, plan::Literal::Integer(0));
  if (profile.quantiles.empty()) return has_negative ? std::nullopt : std::optional<double>(0);
  const auto& quantiles = profile.quantiles;
  const double median = quantiles[kMedianIndex];
  if (!has_negative)
    return median > 0 || quantiles.back() > 0 ? std::optional<double>(0) : std::nullopt;
  if (median <= 0) return std::nullopt;
  size_t first = 0;  // not negative
  while (quantiles[first] < 0) ++first;
  const double share = engine::kQuantileRanks[first];
  if (share > kMaxErrorShare) return std::nullopt;
  // The median of the negative values: their share lies between the ranks around zero.
  const double least_share = first == 0 ? 0 : engine::kQuantileRanks[first - 1];
  size_t middle = 0;
  while (engine::kQuantileRanks[middle + 1] <= least_share / 2) ++middle;
  const bool are_large = -quantiles[middle] >= kSizeOfErrors * median;
  const bool is_smallest_large = -quantiles.front() >= kSizeOfSmallest * median;
  if (!are_large && !(share <= kFewErrors && is_smallest_large)) return std::nullopt;
  return share;
}

std::vector<Candidate> Propose(const std::vector<engine::FieldProfile>& fields, Timestamp) {
  std::vector<Candidate> candidates;
  for (const engine::FieldProfile& profile : fields) {
    const plan::FieldType type = profile.field.type;
    if (type != plan::FieldType::kIntegral && type != plan::FieldType::kFractional) continue;
    if (ValueCount(profile) < kMinTrainingRows || !profile.min) continue;
    if (profile.field.name.ends_with("[]") || profile.field.is_partition) continue;
    if (IsSignedName(profile.field.name) || IsIdentifierName(profile.field.name)) continue;
    const std::optional<double> error_share = ErrorShare(profile);
    if (!error_share) continue;
    candidates.push_back(
        {.definition = {.rule = "notNegative",
                        .fields = {profile.field.name},
                        .description = fmt::format("{} is never negative", profile.field.name)},
         .min_holding_share = HoldingShare(*error_share)});
  }
  return candidates;
}

}  // namespace

Suggestion not_negative() {
  return {.name = "notNegative", .level = 1, .propose = Propose};
}

}  // namespace assay::infer::suggest
