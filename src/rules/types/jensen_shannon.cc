// Rule "jensenShannon": values are spread as those of a baseline, by the shares of each value
// or bin.

#include "rules/distribution.h"

namespace assay::rules::types {
namespace {

constexpr int64_t kUsualBins = 10;
constexpr int64_t kMostBins = 1000;

struct Properties : Baseline {
  double max_distance = 0;
  std::optional<int64_t> bins;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      RefDatastoreId<Properties>(),
      RefDatastoreName<Properties>(),
      RefContainerId<Properties>(),
      RefContainerName<Properties>(),
      BaselineFieldName<Properties>(),
      BaselineFilter<Properties>(),
      Required("max_distance", &Properties::max_distance,
               "The largest distance that passes, from 0 (spread alike) to 1 (no value in "
               "common)."),
      Optional(
          "bins", &Properties::bins,
          "Of numbers and times: into how many bins they are put, each with an equal share "
          "of the baseline as far as equal values let it; 10 when absent, 0: every value by "
          "itself."),
  };
  return fields;
}

bool IsCategory(plan::FieldType type) {
  return type == plan::FieldType::kString || type == plan::FieldType::kBoolean;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  if (!(properties.max_distance >= 0 && properties.max_distance <= 1))
    return Fail(ErrorKind::kInvalidInput, "max_distance: must be from 0 to 1");
  const bool is_category = IsCategory(target.OnlyField().type);
  if (is_category && properties.bins.value_or(0) != 0)
    return Fail(ErrorKind::kInvalidInput, "bins: only numbers and times are put into bins");
  const int64_t bins = properties.bins.value_or(is_category ? 0 : kUsualBins);
  if (bins < 0 || bins == 1 || bins > kMostBins) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("bins: must be 0, or from 2 to {}", kMostBins));
  }
  return CompileDistribution(
      target, properties, plan::DistributionCheck::Statistic::kJensenShannon,
      {.max_statistic = properties.max_distance, .min_p_value = {}}, bins);
}

}  // namespace

RuleType jensen_shannon() {
  return {
      .name = "jensenShannon",
      .summary =
          "The values are spread as those of a field of another container, by the distance of "
          "Jensen and Shannon (the root of their divergence, to base 2) of the shares of each "
          "value. Numbers and times are put into bins first. Nulls are left out on both sides.",
      .scope = FieldScope::kSingle,
      .accepts = {plan::FieldType::kIntegral, plan::FieldType::kFractional,
                  plan::FieldType::kBoolean, plan::FieldType::kString, plan::FieldType::kDate,
                  plan::FieldType::kTimestamp},
      .supports_coverage = false,
      .weight = 2,
      .properties_schema = PropertyFields().Schema(),
      .example = {.properties = {{"ref_container_name", "last_month"},
                                 {"field_name", "channel"},
                                 {"max_distance", 0.3}},
                  .fields = {{"channel", plan::FieldType::kString}},
                  .rows = {{"web"}, {"web"}, {"web"}, {"web"}, {nullptr}},
                  .verdict = RuleExample::Verdict::kFails,
                  .reference = {.name = "last_month",
                                .fields = {{"channel", plan::FieldType::kString}},
                                .rows = {{"web"}, {"shop"}, {"shop"}, {"shop"}}}},
      .compile = Compile};
}

}  // namespace assay::rules::types
