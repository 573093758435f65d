// Suggests unique for fields whose values are keys, but for a few that occur again.

#include <fmt/format.h>

#include <charconv>

#include "infer/evidence.h"
#include "infer/suggestion.h"

namespace assay::infer::suggest {
namespace {

constexpr int64_t kMinValues = 100;
constexpr double kOnceShare = 0.94;      // of distinct values, that occur once
constexpr double kDistinctShare = 0.92;  // of values; an estimate may be 3 % off
constexpr double kLongestKey = 64;       // characters on average; longer texts are prose
constexpr double kChanceRepeats = 5;     // expected ones, below which their absence says little
constexpr double kRepeatsBeyondChance = 3;

std::optional<double> Number(const std::optional<std::string>& text) {
  double value = 0;
  if (!text) return std::nullopt;
  const auto read = std::from_chars(text->data(), text->data() + text->size(), value);
  return read.ec == std::errc() ? std::optional<double>(value) : std::nullopt;
}

/// Whether the integers repeat less than numbers drawn by chance from their range would.
bool AvoidsRepeats(const engine::FieldProfile& profile) {
  const auto min = Number(profile.min), max = Number(profile.max);
  if (!min || !max) return false;
  const auto values = static_cast<double>(ValueCount(profile));
  const double by_chance = values * values / (2 * (*max - *min + 1));
  const double repeats = (1 - *profile.unique_distinct_ratio) * values;
  if (IsIdentifierName(profile.field.name)) return true;
  return by_chance >= kChanceRepeats && repeats * kRepeatsBeyondChance <= by_chance;
}

bool IsKey(const engine::FieldProfile& profile) {
  if (profile.field.name.ends_with("[]") || profile.field.is_partition) return false;
  const auto values = static_cast<double>(ValueCount(profile));
  if (values < kMinValues || !profile.unique_distinct_ratio) return false;
  if (*profile.unique_distinct_ratio < kOnceShare) return false;
  if (static_cast<double>(profile.approximate_distinct_values) < kDistinctShare * values)
    return false;
  if (profile.field.type == plan::FieldType::kIntegral) return AvoidsRepeats(profile);
  return profile.field.type == plan::FieldType::kString &&
         profile.mean_length.value_or(0) <= kLongestKey;
}

std::vector<Candidate> Propose(const std::vector<engine::FieldProfile>& fields, Timestamp) {
  std::vector<Candidate> candidates;
  for (const engine::FieldProfile& profile : fields) {
    if (!IsKey(profile)) continue;
    candidates.push_back(
        {.definition = {.rule = "unique",
                        .fields = {profile.field.name},
                        .description = fmt::format("{} occurs once", profile.field.name)},
         .min_holding_share = HoldingShare(1 - *profile.unique_distinct_ratio)});
  }
  return candidates;
}

}  // namespace

Suggestion unique() {
  return {.name = "unique", .level = 2, .propose = Propose};
}

}  // namespace assay::infer::suggest
