#include "tests/infer/field_profiles.h"

#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <numbers>

namespace assay::infer::testing {
namespace {

constexpr size_t kHistogramValues = 100;
constexpr size_t kFrequentValues = 200;
constexpr size_t kSampledValues = 600;

template <class T>
void CountValues(const std::map<T, int64_t>& counts, auto&& format,
                 engine::FieldProfile& profile) {
  int64_t once = 0;
  for (const auto& [value, count] : counts) {
    once += count == 1;
    profile.frequent_values.push_back(
        {.value = format(value),
         .count = count,
         .ratio = static_cast<double>(count) /
                  static_cast<double>(profile.record_count - profile.null_count)});
  }
  std::ranges::stable_sort(profile.frequent_values,
                           [](const auto& a, const auto& b) { return a.count > b.count; });
  profile.approximate_distinct_values = static_cast<int64_t>(counts.size());
  profile.unique_distinct_ratio =
      static_cast<double>(once) / static_cast<double>(counts.size());
  if (counts.size() <= kHistogramValues) profile.histogram_buckets = profile.frequent_values;
  if (profile.frequent_values.size() > kFrequentValues) {
    profile.frequent_values.resize(kFrequentValues);
  }
}

engine::FieldProfile StartProfile(const std::string& name, plan::FieldType type, size_t values,
                                  int64_t null_count) {
  engine::FieldProfile profile;
  profile.field.name = name;
  profile.field.path = {name};
  profile.field.type = type;
  profile.record_count = static_cast<int64_t>(values) + null_count;
  profile.null_count = null_count;
  return profile;
}

}  // namespace

uint64_t Dice::Next() {
  state_ += 0x9E3779B97F4A7C15u;
  uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  return mixed ^ (mixed >> 31);
}

double Dice::Uniform() {
  return static_cast<double>(Next() >> 11) * 0x1p-53;
}

int64_t Dice::Between(int64_t low, int64_t high) {
  return low + static_cast<int64_t>(Uniform() * static_cast<double>(high - low + 1));
}

double Dice::Normal() {
  return std::sqrt(-2 * std::log(1 - Uniform())) * std::cos(2 * std::numbers::pi * Uniform());
}

Timestamp TestNow() {
  return ParseTimestamp("2026-06-15T12:00:00Z").value();
}

engine::FieldProfile NumberProfile(const std::string& name, plan::FieldType type,
                                   const std::vector<double>& values, int64_t null_count) {
  engine::FieldProfile profile = StartProfile(name, type, values.size(), null_count);
  if (values.empty()) return profile;
  std::vector<double> sorted = values;
  std::ranges::sort(sorted);
  const auto format = [](double value) { return fmt::format("{}", value); };
  std::map<double, int64_t> counts;
  for (const double value : values) ++counts[value];
  CountValues(counts, format, profile);
  profile.frequent_values.clear();
  profile.min = format(sorted.front());
  profile.max = format(sorted.back());
  for (const double rank : engine::kQuantileRanks) {
    const double position = std::ceil(rank * static_cast<double>(sorted.size())) - 1;
    profile.quantiles.push_back(sorted[static_cast<size_t>(std::max(0.0, position))]);
  }
  return profile;
}

engine::FieldProfile TextProfile(const std::string& name,
                                 const std::vector<std::string>& values, int64_t null_count) {
  engine::FieldProfile profile =
      StartProfile(name, plan::FieldType::kString, values.size(), null_count);
  if (values.empty()) return profile;
  std::map<std::string, int64_t> counts;
  size_t bytes = 0;
  for (const std::string& value : values) {
    ++counts[value];
    bytes += value.size();
  }
  CountValues(counts, [](const std::string& value) { return value; }, profile);
  profile.mean_length = static_cast<double>(bytes) / static_cast<double>(values.size());
  std::vector<engine::HistogramBucket> sample;
  for (const auto& [value, count] : counts) sample.push_back({.value = value, .count = count});
  Dice dice(42);
  for (size_t i = sample.size(); i > 1; --i) std::swap(sample[i - 1], sample[dice.Next() % i]);
  if (sample.size() > kSampledValues) sample.resize(kSampledValues);
  profile.value_sample = sample;
  return profile;
}

engine::FieldProfile TimeProfile(const std::string& name, const std::vector<double>& seconds) {
  std::vector<double> microseconds = seconds;
  for (double& value : microseconds) value *= 1e6;
  return NumberProfile(name, plan::FieldType::kTimestamp, microseconds);
}

engine::FieldProfile DateProfile(const std::string& name, const std::vector<double>& days) {
  return NumberProfile(name, plan::FieldType::kDate, days);
}

void SampledTable::AddNumbers(const std::string& name, const std::vector<double>& values,
                              plan::FieldType type) {
  std::vector<double> present;
  engine::RowSample::Column& column = sample_.columns.emplace_back();
  column.numbers = values;
  for (const double value : values) {
    column.identities.push_back(std::isnan(value) ? 0 : std::bit_cast<uint64_t>(value) + 1);
    if (!std::isnan(value)) present.push_back(value);
  }
  sample_.row_count = static_cast<int64_t>(values.size());
  fields_.push_back(
      NumberProfile(name, type, present, static_cast<int64_t>(values.size() - present.size())));
}

void SampledTable::AddTimes(const std::string& name, const std::vector<double>& seconds) {
  AddNumbers(name, seconds, plan::FieldType::kTimestamp);
  fields_.back() = TimeProfile(name, seconds);
}

void SampledTable::AddTexts(const std::string& name, const std::vector<std::string>& values) {
  std::vector<std::string> present;
  engine::RowSample::Column& column = sample_.columns.emplace_back();
  for (const std::string& value : values) {
    column.identities.push_back(value.empty() ? 0 : std::hash<std::string>()(value) | 1);
    if (!value.empty()) present.push_back(value);
  }
  sample_.row_count = static_cast<int64_t>(values.size());
  fields_.push_back(
      TextProfile(name, present, static_cast<int64_t>(values.size() - present.size())));
}

std::vector<Candidate> SampledTable::Candidates(const std::string& suggestion) const {
  return FindSuggestion(suggestion)
      .relate({.fields = fields_, .sample = sample_, .record_count = sample_.row_count});
}

std::vector<std::string> SampledTable::Proposals(const std::string& suggestion) const {
  std::vector<std::string> texts;
  for (const Candidate& candidate : Candidates(suggestion)) {
    const rules::CheckDefinition& check = candidate.definition;
    texts.push_back(fmt::format("{}({}) {}", check.rule, fmt::join(check.fields, ", "),
                                PrintJson(check.properties)));
  }
  std::ranges::sort(texts);
  return texts;
}

const Suggestion& FindSuggestion(const std::string& name) {
  const auto found = std::ranges::find(AllSuggestions(), name, &Suggestion::name);
  if (found != AllSuggestions().end()) return *found;
  ADD_FAILURE() << "no such suggestion: " << name;
  return AllSuggestions().front();
}

std::vector<Candidate> Proposals(const std::string& suggestion,
                                 const std::vector<engine::FieldProfile>& fields) {
  return FindSuggestion(suggestion).propose(fields, TestNow());
}

rules::CheckDefinition ProposalFor(const std::string& suggestion,
                                   const engine::FieldProfile& profile) {
  const std::vector<Candidate> candidates = Proposals(suggestion, {profile});
  EXPECT_LE(candidates.size(), 1u);
  return candidates.empty() ? rules::CheckDefinition{} : candidates.front().definition;
}

}  // namespace assay::infer::testing
