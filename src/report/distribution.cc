#include "report/distribution.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/clock.h"
#include "report/number_format.h"

namespace assay::report {
namespace {

constexpr int64_t kMostCategoriesOfNumbers = 12;

bool IsNumber(plan::FieldType type) {
  return type == plan::FieldType::kIntegral || type == plan::FieldType::kFractional;
}

Distribution FromSketch(const engine::KllSketch& sketch, plan::FieldType type) {
  Distribution distribution{.kind = Distribution::Kind::kRange, .bars = {}};
  for (const auto& bucket : sketch.buckets) {
    // The sketch of a time field counts in the engine's own unit, which means nothing to
    // people.
    std::string label = IsNumber(type) ? fmt::format("{} to {}", FormatNumber(bucket.low),
                                                     FormatNumber(bucket.high))
                                       : "";
    distribution.bars.push_back({.label = std::move(label), .count = bucket.count});
  }
  return distribution;
}

Distribution FromHistogram(const engine::FieldProfile& profile) {
  std::vector<engine::HistogramBucket> buckets = profile.histogram_buckets;
  const plan::FieldType type = profile.field.type;
  if (IsMeasured(type)) {
    std::ranges::stable_sort(buckets, {}, [&](const auto& bucket) {
      return PositionOf(bucket.value, type).value_or(INFINITY);
    });
  }
  Distribution distribution{.kind = Distribution::Kind::kCategories, .bars = {}};
  for (const auto& bucket : buckets) {
    distribution.bars.push_back(
        {.label = FormatValue(bucket.value, type) + (bucket.is_cut ? "…" : ""),
         .count = bucket.count});
  }
  return distribution;
}

}  // namespace

bool IsMeasured(plan::FieldType type) {
  return IsNumber(type) || type == plan::FieldType::kDate ||
         type == plan::FieldType::kTimestamp;
}

std::optional<double> PositionOf(const std::string& value, plan::FieldType type) {
  if (IsNumber(type)) {
    double number = 0;
    const char* end = value.data() + value.size();
    const auto parsed = std::from_chars(value.data(), end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end || !std::isfinite(number))
      return std::nullopt;
    return number;
  }
  if (!IsMeasured(type)) return std::nullopt;
  constexpr size_t kDateLength = 10;
  const Result<Timestamp> time =
      ParseTimestamp(value.size() == kDateLength ? value + "T00:00:00Z" : value);
  if (!time) return std::nullopt;
  return std::chrono::duration<double>(time->time_since_epoch()).count();
}

std::string FormatValue(const std::string& value, plan::FieldType type) {
  if (IsNumber(type)) return FormatExactNumber(value);
  constexpr std::string_view kMidnight = " 00:00:00";
  if (type == plan::FieldType::kTimestamp && value.ends_with(kMidnight)) {
    return value.substr(0, value.size() - 3);
  }
  return value;
}

Distribution DistributionOf(const engine::FieldProfile& profile) {
  const bool has_values = !profile.histogram_buckets.empty();
  const bool has_sketch = profile.kll && !profile.kll->buckets.empty();
  const bool is_measured = IsMeasured(profile.field.type);
  if (has_sketch && is_measured &&
      (!has_values || profile.approximate_distinct_values > kMostCategoriesOfNumbers)) {
    return FromSketch(*profile.kll, profile.field.type);
  }
  if (has_values) return FromHistogram(profile);
  return {};
}

Distribution Coarsen(Distribution distribution, size_t bars) {
  if (distribution.bars.size() <= bars) return distribution;
  if (distribution.kind == Distribution::Kind::kCategories) {
    distribution.bars.resize(bars);
    return distribution;
  }
  const size_t group = (distribution.bars.size() + bars - 1) / bars;
  Distribution coarse{.kind = distribution.kind, .bars = {}};
  for (size_t i = 0; i < distribution.bars.size(); ++i) {
    if (i % group == 0) coarse.bars.push_back({});
    coarse.bars.back().count += distribution.bars[i].count;
  }
  return coarse;
}

std::string Sparkline(const Distribution& distribution, size_t max_cells) {
  static constexpr std::array kLevels = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const Distribution coarse = Coarsen(distribution, max_cells);
  int64_t highest = 0;
  for (const auto& bar : coarse.bars) highest = std::max(highest, bar.count);
  std::string line;
  for (const auto& bar : coarse.bars) {
    if (bar.count <= 0) {
      line += " ";
      continue;
    }
    const double share = static_cast<double>(bar.count) / static_cast<double>(highest);
    const double level = std::ceil(share * static_cast<double>(kLevels.size())) - 1;
    line += kLevels[static_cast<size_t>(std::clamp(level, 0.0, 7.0))];
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace assay::report
