#include "report/profile_facts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "report/distribution.h"
#include "report/number_format.h"
#include "report/utf8.h"

namespace assay::report {
namespace {

/// A text field of which most values parse as another type is likely meant to be of that type.
constexpr double kNotableVote = 0.9;

std::string Shorten(const std::string& value) {
  return CutToCodePoints(value, 24);
}

}  // namespace

std::vector<std::string> ContainerFacts(const engine::ContainerProfile& profile) {
  int64_t size_bytes = 0;
  for (const auto& file : profile.files) size_bytes += file.size_bytes;
  std::vector<std::string> facts;
  const bool is_sample =
      profile.total_record_count && *profile.total_record_count > profile.record_count;
  facts.push_back(is_sample ? fmt::format("{} of {}", FormatCount(profile.record_count),
                                          FormatCountOf(*profile.total_record_count, "row"))
                            : FormatCountOf(profile.record_count, "row"));
  facts.push_back(FormatCountOf(static_cast<int64_t>(profile.fields.size()), "field"));
  facts.push_back(FormatCountOf(static_cast<int64_t>(profile.files.size()), "file"));
  if (size_bytes > 0) facts.push_back(FormatBytes(size_bytes));
  return facts;
}

std::vector<std::string> FieldOddities(const engine::FieldProfile& profile) {
  std::vector<std::string> oddities;
  const auto add = [&](int64_t count, std::string_view what) {
    if (count > 0) oddities.push_back(fmt::format("{} {}", FormatCount(count), what));
  };
  add(profile.nan_count, "NaN");
  add(profile.infinite_count, "infinite");
  add(profile.empty_count, "empty");
  add(profile.blank_count, "blank");
  add(profile.invalid_utf8_count, "not UTF-8");
  add(profile.unparsable_count, fmt::format("not {}", plan::FieldTypeName(profile.field.type)));
  if (profile.field.type == plan::FieldType::kString) {
    for (const auto& [type, share] : profile.type_votes) {
      if (type == plan::FieldType::kString || share < kNotableVote) continue;
      oddities.push_back(
          fmt::format("{} parse as {}", FormatShare(share), plan::FieldTypeName(type)));
    }
  }
  return oddities;
}

std::vector<std::string> TagNotes(const std::vector<sensitive::FieldTag>& tags) {
  std::vector<std::string> notes;
  for (const sensitive::FieldTag& tag : tags)
    notes.push_back("looks like " + sensitive::TagText(tag));
  return notes;
}

std::vector<CorrelatedPair> CorrelatedPairs(const engine::ContainerProfile& profile) {
  std::vector<CorrelatedPair> pairs;
  for (const auto& field : profile.fields) {
    for (const auto& [other, correlation] : field.correlations) {
      const bool is_known =
          std::ranges::any_of(pairs, [&, &other = other](const CorrelatedPair& pair) {
            return pair.a == other && pair.b == field.field.name;
          });
      if (!is_known)
        pairs.push_back({.a = field.field.name, .b = other, .correlation = correlation});
    }
  }
  std::ranges::stable_sort(pairs, std::ranges::greater(), [](const CorrelatedPair& pair) {
    return std::abs(pair.correlation);
  });
  return pairs;
}

std::string MostCommon(const engine::FieldProfile& profile, size_t count) {
  const auto is_telling = [](double share) { return share >= 0.005; };
  std::vector<std::string> parts;
  const double values = static_cast<double>(profile.record_count - profile.null_count);
  const auto add = [&](const std::string& text, double share) {
    if (parts.size() < count && is_telling(share)) {
      parts.push_back(
          fmt::format("{} {}", text.empty() ? "(empty)" : text, FormatShare(share)));
    }
  };
  // Beyond a handful of values the commonest of them says less than the shape they share.
  constexpr size_t kFewValues = 30;
  const bool all_occur_once =
      !profile.histogram_buckets.empty() && profile.histogram_buckets.front().count <= 1;
  if (!all_occur_once && !profile.histogram_buckets.empty() &&
      (profile.patterns.empty() || profile.histogram_buckets.size() <= kFewValues)) {
    for (const auto& bucket : profile.histogram_buckets) {
      add(Shorten(FormatValue(bucket.value, profile.field.type)), bucket.ratio);
    }
  } else {
    for (const auto& pattern : profile.patterns) {
      add(Shorten(pattern.pattern),
          values > 0 ? static_cast<double>(pattern.count) / values : 0);
    }
  }
  return fmt::format("{}", fmt::join(parts, " · "));
}

std::string CheckName(const rules::CheckDefinition& check) {
  return fmt::format("{}({})", check.rule, fmt::join(check.fields, ", "));
}

std::string CheckName(const operations::CheckResult& result) {
  const rules::CheckDefinition& check = result.check.definition;
  return fmt::format("{}({})", check.rule,
                     fmt::join(check.fields.empty() ? result.fields : check.fields, ", "));
}

std::string PropertiesText(const Json& properties) {
  if (!properties.is_object()) return "";
  std::vector<std::string> parts;
  for (const auto& [key, value] : properties.items()) {
    if (value.is_null()) continue;
    parts.push_back(fmt::format(
        "{} {}", key, value.is_string() ? value.get<std::string>() : PrintJson(value)));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace assay::report
