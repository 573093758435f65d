#include "operations/profile_json.h"

#include <charconv>
#include <cmath>
#include <string_view>

#include "operations/completeness.h"
#include "plan/literal.h"

namespace assay::operations {
namespace {

template <class T>
Json OrNull(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

/// The number that `text` spells when a double (or 64-bit integer below 2^53) is exactly it,
/// else the text.
Json ExactNumber(const std::string& text) {
  const char* end = text.data() + text.size();
  int64_t integer = 0;
  if (const auto parsed = std::from_chars(text.data(), end, integer);
      parsed.ec == std::errc() && parsed.ptr == end) {
    constexpr int64_t kExactIntegers = int64_t{1} << 53;
    if (integer >= -kExactIntegers && integer <= kExactIntegers) return integer;
    return text;
  }
  double number = 0;
  const auto parsed = std::from_chars(text.data(), end, number);
  if (parsed.ec != std::errc() || parsed.ptr != end || !std::isfinite(number)) return text;
  // A double carries 15 decimal digits of any decimal; one written with an exponent was a
  // double.
  size_t digits = 0;
  for (const char c : text) digits += c >= '0' && c <= '9' ? 1 : 0;
  const bool is_double = text.find_first_of("eE") != std::string::npos;
  if (is_double || digits <= 15) return number;
  // Printing a double as briefly as it reads back gives 16 or 17 digits: those are exact, too.
  char shortest[64];
  const auto printed =
      std::to_chars(shortest, shortest + sizeof(shortest), number, std::chars_format::fixed);
  if (printed.ec == std::errc() && std::string_view(shortest, printed.ptr) == text)
    return number;
  return text;
}

Json InFieldType(const std::optional<std::string>& text, plan::FieldType type) {
  if (!text) return nullptr;
  switch (type) {
    case plan::FieldType::kIntegral:
    case plan::FieldType::kFractional: return ExactNumber(*text);
    case plan::FieldType::kUnknown:
    case plan::FieldType::kBoolean:
    case plan::FieldType::kString:
    case plan::FieldType::kDate:
    case plan::FieldType::kTimestamp: return *text;
  }
  return *text;
}

Json KllToJson(const engine::KllSketch& sketch) {
  Json buckets = Json::array();
  for (const auto& bucket : sketch.buckets) {
    buckets.push_back({{"low", bucket.low}, {"high", bucket.high}, {"count", bucket.count}});
  }
  return {{"k", sketch.k}, {"c", sketch.c}, {"buckets", std::move(buckets)}};
}

Json HistogramToJson(const std::vector<engine::HistogramBucket>& buckets) {
  Json list = Json::array();
  for (const auto& bucket : buckets) {
    Json item = {{"value", bucket.value}, {"count", bucket.count}, {"ratio", bucket.ratio}};
    if (bucket.is_cut) item["is_cut"] = true;
    list.push_back(std::move(item));
  }
  return list;
}

Json PatternsToJson(const std::vector<engine::CharacterPattern>& patterns) {
  Json list = Json::array();
  for (const auto& pattern : patterns) {
    list.push_back(
        {{"pattern", pattern.pattern}, {"count", pattern.count}, {"example", pattern.example}});
  }
  return list;
}

}  // namespace

Json FieldProfileToJson(const engine::FieldProfile& profile) {
  const plan::FieldType type = profile.field.type;
  Json correlations = Json::array();
  for (const auto& [field, correlation] : profile.correlations) {
    correlations.push_back({{"field", field}, {"correlation", correlation}});
  }
  Json models = Json::array();
  for (const engine::RegressionModel& model : profile.regression_models) {
    models.push_back(Json::object(
        {{"intercept", model.intercept},
         {"r2", model.r2},
         {"root_mean_squared_error", model.root_mean_squared_error},
         {"features", Json::array({Json::object(
                          {{"field", model.feature}, {"coefficient", model.coefficient}})})}}));
  }
  Json votes = Json::object();
  for (const auto& [voted, share] : profile.type_votes)
    votes[plan::FieldTypeName(voted)] = share;

  Json json = Json::object();
  json["name"] = profile.field.name;
  json["field_type"] = plan::FieldTypeName(type);
  json["type_declared"] = profile.field.origin == plan::TypeOrigin::kDeclared;
  json["native_type"] = profile.field.native_type;
  json["is_partition"] = profile.field.is_partition;
  json["completeness"] = profile.completeness;
  json["approximate_distinct_values"] = profile.approximate_distinct_values;
  json["distinct_is_exact"] = profile.distinct_is_exact;
  json["unique_distinct_ratio"] = OrNull(profile.unique_distinct_ratio);
  json["entropy"] = OrNull(profile.entropy);
  json["min_length"] = OrNull(profile.min_length);
  json["max_length"] = OrNull(profile.max_length);
  json["mean_length"] = OrNull(profile.mean_length);
  json["min"] = InFieldType(profile.min, type);
  json["max"] = InFieldType(profile.max, type);
  json["mean"] = OrNull(profile.mean);
  json["median"] = InFieldType(profile.median, type);
  json["q1"] = InFieldType(profile.q1, type);
  json["q3"] = InFieldType(profile.q3, type);
  json["sum"] = InFieldType(profile.sum, type);
  json["std_dev"] = OrNull(profile.std_dev);
  json["kurtosis"] = OrNull(profile.kurtosis);
  json["skewness"] = OrNull(profile.skewness);
  json["is_not_normal"] = OrNull(profile.is_not_normal);
  json["kll"] = profile.kll ? KllToJson(*profile.kll) : Json(nullptr);
  json["histogram_buckets"] = HistogramToJson(profile.histogram_buckets);
  json["field_correlations"] = std::move(correlations);
  json["regression_models"] = std::move(models);
  json["record_count"] = profile.record_count;
  json["null_count"] = profile.null_count;
  json["nan_count"] = profile.nan_count;
  json["infinite_count"] = profile.infinite_count;
  json["empty_count"] = profile.empty_count;
  json["blank_count"] = profile.blank_count;
  json["invalid_utf8_count"] = profile.invalid_utf8_count;
  json["unparsable_count"] = profile.unparsable_count;
  json["patterns"] = PatternsToJson(profile.patterns);
  json["pattern_coverage"] = profile.pattern_coverage;
  json["type_votes"] = std::move(votes);
  return json;
}

Json FileFailuresToJson(const std::vector<engine::FileFailure>& failures) {
  Json list = Json::array();
  for (const auto& failure : failures) {
    list.push_back({{"file", failure.relative_path},
                    {"kind", ErrorKindName(failure.error.kind)},
                    {"message", failure.error.message}});
  }
  return list;
}

Json FileSummariesToJson(const std::vector<engine::FileSummary>& files) {
  Json list = Json::array();
  for (const auto& file : files) {
    list.push_back({{"file", file.relative_path},
                    {"row_count", file.row_count},
                    {"size_bytes", file.size_bytes}});
  }
  return list;
}

Json ContainerProfileToJson(const engine::ContainerProfile& profile,
                            const sensitive::FieldTags& tags) {
  Json fields = Json::array();
  for (const auto& field : profile.fields) {
    Json printed = FieldProfileToJson(field);
    const auto of_field = tags.find(field.field.name);
    printed["field_tags"] =
        of_field == tags.end() ? Json::array() : sensitive::FieldTagsToJson(of_field->second);
    fields.push_back(std::move(printed));
  }
  Json sampling = nullptr;
  if (const auto total = profile.total_record_count) {
    sampling = *total == 0
                   ? 1
                   : static_cast<double>(profile.record_count) / static_cast<double>(*total);
  }
  Json json = Json::object();
  json["name"] = profile.name;
  json["record_count"] = profile.record_count;
  json["total_record_count"] = OrNull(profile.total_record_count);
  json["sampling"] = std::move(sampling);
  json["completeness"] = Completeness({&profile, 1});
  json["fields"] = std::move(fields);
  json["files"] = FileSummariesToJson(profile.files);
  json["failures"] = FileFailuresToJson(profile.failures);
  return json;
}

}  // namespace assay::operations
