// Suggests unique for fields whose values are keys, but for a few that occur again.

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "infer/evidence.h"
#include "infer/suggestion.h"
#include "plan/number_text.h"

namespace assay::infer::suggest {
namespace {

constexpr int64_t kMinValues = 100;
constexpr double kOnceShare = 0.94;      // of distinct values, that occur once
constexpr double kDistinctShare = 0.92;  // of values; an estimate may be 3 % off
constexpr double kLongestKey = 64;       // characters on average; longer texts are prose
constexpr double kChanceRepeats = 5;     // expected ones, below which their absence says little
constexpr double kRepeatsBeyondChance = 3;
constexpr double kRepeatsBelowChance = 1.5;

/// How many different texts there could be: for the most common length, the number of
/// characters seen at each position, multiplied.
double PossibleTexts(const std::vector<engine::HistogramBucket>& sample) {
  std::map<size_t, int> lengths;
  for (const engine::HistogramBucket& value : sample) ++lengths[value.value.size()];
  if (lengths.empty()) return std::numeric_limits<double>::infinity();
  const size_t length = std::ranges::max_element(lengths, {}, [](const auto& entry) {
                          return entry.second;
                        })->first;
  double possible = 1;
  for (size_t i = 0; i < length; ++i) {
    std::set<char> characters;
    for (const engine::HistogramBucket& value : sample) {
      if (value.value.size() == length) characters.insert(value.value[i]);
    }
    possible *= static_cast<double>(characters.size());
  }
  return possible;
}

/// Values beyond the first of each kind.
double Repeats(const engine::FieldProfile& profile) {
  return (1 - *profile.unique_distinct_ratio) *
         static_cast<double>(profile.approximate_distinct_values);
}

/// The repeats to expect if as many values were drawn at random from so many possible ones.
double RepeatsByChance(const engine::FieldProfile& profile, double possible) {
  const auto values = static_cast<double>(ValueCount(profile));
  return values * values / (2 * possible);
}

/// Whether the integers repeat less than numbers drawn at random from their range would.
bool AvoidsRepeats(const engine::FieldProfile& profile) {
  if (IsIdentifierName(profile.field.name)) return true;
  const auto min = profile.min.and_then(plan::ReadDouble);
  const auto max = profile.max.and_then(plan::ReadDouble);
  if (!min || !max) return false;
  const double by_chance = RepeatsByChance(profile, *max - *min + 1);
  return by_chance >= kChanceRepeats && Repeats(profile) * kRepeatsBeyondChance <= by_chance;
}

/// Whether the texts repeat just as often as random ones would: nothing keeps them apart.
bool RepeatsAsByChance(const engine::FieldProfile& profile) {
  const double by_chance = RepeatsByChance(profile, PossibleTexts(profile.value_sample));
  const double repeats = Repeats(profile);
  return repeats > 0 && repeats * kRepeatsBelowChance + 3 >= by_chance &&
         repeats <= kRepeatsBeyondChance * by_chance + 1;
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
         profile.mean_length.value_or(0) <= kLongestKey && !RepeatsAsByChance(profile);
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
