// Statistics of how often values occur, from a DistinctSample.

#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "engine/profile.h"
#include "engine/profile/distinct_sample.h"

namespace assay::engine::profile {

/// Fills distinct count, unique ratio and entropy. `sample` must be settled.
///
/// Entropy is -sum(p log2 p) = log2 n - sum(c log2 c) / n over the counts c of n values; with a
/// sample, the sum over all values is estimated by the sampled values' share of rows.
template <class Payload>
void FinishFrequencies(const DistinctSample<Payload>& sample, FieldProfile& profile) {
  profile.distinct_is_exact = sample.is_complete();
  profile.approximate_distinct_values = std::llround(sample.DistinctCount());
  if (sample.size() == 0) return;
  double rows = 0, weighted_logs = 0;
  int64_t once = 0;
  sample.ForEach([&](const auto& entry, const Payload&) {
    const auto count = static_cast<double>(entry.count);
    rows += count;
    weighted_logs += count * std::log2(count);
    once += entry.count == 1;
  });
  const auto values = static_cast<double>(profile.record_count - profile.null_count);
  profile.unique_distinct_ratio =
      static_cast<double>(once) / static_cast<double>(sample.size());
  profile.entropy = std::max(0.0, std::log2(values) - weighted_logs / rows);
}

/// All values of `sample` by falling count, then value.
template <class Payload, class Format>
std::vector<HistogramBucket> BucketsByCount(const DistinctSample<Payload>& sample,
                                            double values, Format&& format) {
  std::vector<HistogramBucket> buckets;
  sample.ForEach([&](const auto& entry, const Payload& payload) {
    HistogramBucket bucket = format(payload);
    bucket.count = entry.count;
    bucket.ratio = static_cast<double>(entry.count) / values;
    buckets.push_back(std::move(bucket));
  });
  std::sort(buckets.begin(), buckets.end(),
            [](const HistogramBucket& a, const HistogramBucket& b) {
              return a.count != b.count ? a.count > b.count : a.value < b.value;
            });
  return buckets;
}

/// The histogram, when all distinct values are known and not too many; `format` prints a
/// payload.
template <class Payload, class Format>
void FinishHistogram(const DistinctSample<Payload>& sample, const ProfileOptions& options,
                     Format&& format, FieldProfile& profile) {
  if (!sample.is_complete() ||
      sample.size() > static_cast<size_t>(options.histogram_max_distinct_values))
    return;
  const auto values = static_cast<double>(profile.record_count - profile.null_count);
  profile.histogram_buckets = BucketsByCount(sample, values, format);
}

/// What tells of this field whether another one has its values; after FinishFrequencies.
template <class Payload>
void FinishValueSketch(const DistinctSample<Payload>& sample, FieldProfile& profile) {
  constexpr double kOfKeys = 0.8;  // share of the values that occur once
  const bool may_be_key = profile.unique_distinct_ratio.value_or(0) >= kOfKeys;
  const size_t most = may_be_key ? ValueSketch::kValuesOfKeys : ValueSketch::kValues;
  std::vector<std::pair<uint64_t, int64_t>> held;
  held.reserve(sample.size());
  sample.ForEach(
      [&](const auto& entry, const Payload&) { held.emplace_back(entry.hash, entry.count); });
  ValueSketch& sketch = profile.value_sketch.emplace();
  sketch.threshold = sample.threshold();
  if (held.size() > most) {
    std::nth_element(held.begin(), held.begin() + static_cast<std::ptrdiff_t>(most - 1),
                     held.end());
    held.resize(most);
    sketch.threshold = held.back().first;
  }
  std::sort(held.begin(), held.end());
  for (const auto& [hash, count] : held) {
    sketch.hashes.push_back(hash);
    sketch.counts.push_back(count);
  }
}

/// Values for inference to look at: the most frequent ones when all are known, and a choice
/// that does not depend on how frequent they are (the smallest hashes).
template <class Payload, class Format>
void FinishValueSample(const DistinctSample<Payload>& sample, Format&& format,
                       FieldProfile& profile) {
  constexpr size_t kFrequentValues = 200;
  constexpr size_t kSampledValues = 600;
  const auto values = static_cast<double>(profile.record_count - profile.null_count);
  if (sample.is_complete()) {
    profile.frequent_values = BucketsByCount(sample, values, format);
    if (profile.frequent_values.size() > kFrequentValues)
      profile.frequent_values.resize(kFrequentValues);
  }
  std::vector<uint64_t> hashes;
  sample.ForEach([&](const auto& entry, const Payload&) { hashes.push_back(entry.hash); });
  uint64_t limit = UINT64_MAX;
  if (hashes.size() > kSampledValues) {
    std::nth_element(hashes.begin(), hashes.begin() + (kSampledValues - 1), hashes.end());
    limit = hashes[kSampledValues - 1];
  }
  sample.ForEach([&](const auto& entry, const Payload& payload) {
    if (entry.hash > limit) return;
    HistogramBucket bucket = format(payload);
    bucket.count = entry.count;
    bucket.ratio = static_cast<double>(entry.count) / values;
    profile.value_sample.push_back(std::move(bucket));
  });
  std::sort(
      profile.value_sample.begin(), profile.value_sample.end(),
      [](const HistogramBucket& a, const HistogramBucket& b) { return a.value < b.value; });
}

}  // namespace assay::engine::profile
