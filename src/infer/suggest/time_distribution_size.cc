// Suggests timeDistributionSize: no interval of time has far more rows than the others, as when
// a day is loaded twice.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "infer/evidence.h"
#include "infer/suggestion.h"
#include "infer/time_quantiles.h"

namespace assay::infer::suggest {
namespace {

struct Interval {
  const char* name;
  double seconds;
};
// The finest first.
constexpr std::array<Interval, 4> kIntervals = {
    {{"Hourly", 3'600}, {"Daily", 86'400}, {"Weekly", 604'800}, {"Monthly", 2'629'800}}};

constexpr int64_t kMinRows = 1'000;
constexpr double kLeastIntervals = 20;  // in the middle nine tenths of the rows
constexpr double kLeastRows = 20;       // in one of them, on average
constexpr double kLowRank = 0.05, kHighRank = 0.95;
constexpr double kSpannedIntervals = 3;  // over which an average is taken at least
constexpr double kMostUneven = 3;        // the largest of these averages by the smallest
constexpr double kRoom = 2;              // times the largest
constexpr double kSigmas = 6;            // of chance beyond that

struct Averages {
  double least = 0, most = 0;  // rows in an interval
};

/// Rows in an interval, on average between ranks; nullopt when they are too uneven to tell what
/// is usual.
std::optional<Averages> AveragesOf(const std::vector<double>& quantiles, double rows,
                                   const Interval& interval) {
  std::optional<Averages> averages;
  double from_rank = kLowRank, from = 0;
  for (size_t i = 0; i < quantiles.size(); ++i) {
    const double rank = engine::kQuantileRanks[i];
    if (rank < kLowRank || rank > kHighRank) continue;
    if (rank == kLowRank) from = quantiles[i];
    const double intervals = (quantiles[i] - from) / interval.seconds;
    if (intervals < kSpannedIntervals) continue;
    const double average = (rank - from_rank) * rows / intervals;
    if (!averages) averages = Averages{average, average};
    averages->least = std::min(averages->least, average);
    averages->most = std::max(averages->most, average);
    from_rank = rank;
    from = quantiles[i];
  }
  if (!averages || averages->most > kMostUneven * averages->least) return std::nullopt;
  return averages;
}

std::optional<Candidate> CandidateFor(const engine::FieldProfile& profile, double rows) {
  const std::vector<double> quantiles = SecondsQuantiles(profile);
  if (quantiles.size() != engine::kQuantileRanks.size()) return std::nullopt;
  const auto at = [&](double rank) {
    const auto found = std::ranges::find(engine::kQuantileRanks, rank);
    return quantiles[static_cast<size_t>(found - engine::kQuantileRanks.begin())];
  };
  const double span = at(kHighRank) - at(kLowRank);
  for (const Interval& interval : kIntervals) {
    if (interval.seconds < SecondsStep(profile)) continue;
    const double intervals = span / interval.seconds;
    if (intervals < kLeastIntervals) return std::nullopt;
    if ((kHighRank - kLowRank) * rows / intervals < kLeastRows) continue;
    const auto averages = AveragesOf(quantiles, rows, interval);
    if (!averages) continue;
    const auto most = static_cast<int64_t>(
        std::ceil(kRoom * averages->most + kSigmas * std::sqrt(averages->most)));
    return Candidate{
        .definition = {.rule = "timeDistributionSize",
                       .fields = {profile.field.name},
                       .properties =
                           Json::object({{"interval_name", interval.name}, {"max_size", most}}),
                       .description = fmt::format("{} has at most {} rows in an interval",
                                                  profile.field.name, most)},
        .min_holding_share = 1};
  }
  return std::nullopt;
}

std::vector<Candidate> Relate(const TrainingRows& rows) {
  std::vector<Candidate> candidates;
  for (const engine::FieldProfile& profile : rows.fields) {
    if (!IsTimeField(profile) || rows.record_count < kMinRows || profile.record_count == 0)
      continue;
    const double present =
        static_cast<double>(ValueCount(profile)) / static_cast<double>(profile.record_count);
    const auto candidate =
        CandidateFor(profile, present * static_cast<double>(rows.record_count));
    if (candidate) candidates.push_back(*candidate);
  }
  return candidates;
}

}  // namespace

Suggestion time_distribution_size() {
  return {.name = "timeDistributionSize", .level = 3, .relate = Relate};
}

}  // namespace assay::infer::suggest
