// Suggests expectedValues for fields with few values that come again and again.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "infer/category_values.h"
#include "infer/evidence.h"
#include "infer/suggestion.h"
#include "plan/number_text.h"

namespace assay::infer::suggest {
namespace {

constexpr int64_t kMinValues = 100;
constexpr size_t kMostNumbers = 12;
constexpr double kLeastNumberShare = 0.005;
constexpr double kCountingDensity = 0.5;
constexpr size_t kMostNumberedCategories = 12;
constexpr double kMostlyTimes = 0.5;

/// Values such as "2026-01" or "batch 17" are numbered on, so that new ones come.
bool IsNumberedOn(const std::vector<std::string>& values) {
  const auto with_digits = std::ranges::count_if(values, [](const std::string& value) {
    return value.find_first_of("0123456789") != std::string::npos;
  });
  return values.size() > kMostNumberedCategories &&
         static_cast<size_t>(with_digits) * 2 > values.size();
}

/// The most frequent values, or all of them if they are known.
std::vector<engine::HistogramBucket> FrequentValues(const engine::FieldProfile& profile) {
  const auto& frequent =
      profile.frequent_values.empty() ? profile.histogram_buckets : profile.frequent_values;
  if (profile.value_sample.size() <= frequent.size() ||
      profile.approximate_distinct_values > static_cast<int64_t>(profile.value_sample.size())) {
    return frequent;
  }
  std::vector<engine::HistogramBucket> all = profile.value_sample;
  std::ranges::sort(all, [](const auto& a, const auto& b) {
    return std::tuple(-a.count, a.value) < std::tuple(-b.count, b.value);
  });
  return all;
}

Categories CategoriesOf(const engine::FieldProfile& profile) {
  Categories categories = TextCategories(FrequentValues(profile), ValueCount(profile));
  const auto votes = profile.type_votes.find(plan::FieldType::kTimestamp);
  const bool are_times = votes != profile.type_votes.end() && votes->second > kMostlyTimes;
  return are_times || IsNumberedOn(categories.values) ? Categories{} : categories;
}

/// Numbers that are codes rather than counts: few, each common, with gaps between them.
Categories NumberCategories(const engine::FieldProfile& profile) {
  Categories categories;
  if (profile.histogram_buckets.size() < 2 || profile.histogram_buckets.size() > kMostNumbers)
    return {};
  double low = 0, high = 0;
  for (const engine::HistogramBucket& bucket : profile.histogram_buckets) {
    const std::optional<double> number = plan::ReadDouble(bucket.value);
    if (bucket.ratio < kLeastNumberShare || !number || std::isnan(*number)) return {};
    low = categories.values.empty() ? *number : std::min(low, *number);
    high = categories.values.empty() ? *number : std::max(high, *number);
    categories.values.push_back(bucket.value);
  }
  const auto count = static_cast<double>(categories.values.size());
  const bool is_counting = count > kCountingDensity * (high - low + 1);
  return is_counting && profile.field.type == plan::FieldType::kIntegral ? Categories{}
                                                                         : categories;
}

Json ListOf(const Categories& categories, plan::FieldType type) {
  Json list = Json::array();
  for (const std::string& value : categories.values) {
    const bool is_text = type == plan::FieldType::kString;
    list.push_back(is_text ? Json(value) : ParseJson(value).value_or(Json(value)));
  }
  return list;
}

std::vector<Candidate> Propose(const std::vector<engine::FieldProfile>& fields, Timestamp) {
  std::vector<Candidate> candidates;
  for (const engine::FieldProfile& profile : fields) {
    if (ValueCount(profile) < kMinValues || profile.field.is_partition) continue;
    if (profile.field.name.ends_with("[]")) continue;
    const plan::FieldType type = profile.field.type;
    Categories categories;
    if (type == plan::FieldType::kString) categories = CategoriesOf(profile);
    const bool is_number =
        type == plan::FieldType::kIntegral || type == plan::FieldType::kFractional;
    if (is_number && !IsIdentifierName(profile.field.name))
      categories = NumberCategories(profile);
    if (categories.values.empty()) continue;
    candidates.push_back(
        {.definition = {.rule = "expectedValues",
                        .fields = {profile.field.name},
                        .properties = {{"list", ListOf(categories, type)}},
                        .description = fmt::format("{} is one of {} values", profile.field.name,
                                                   categories.values.size())},
         .min_holding_share = HoldingShare(categories.dropped_share)});
  }
  return candidates;
}

}  // namespace

Suggestion expected_values() {
  return {.name = "expectedValues", .level = 1, .propose = Propose};
}

}  // namespace assay::infer::suggest
