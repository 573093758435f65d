// Rule "kolmogorovSmirnov": numbers or times are spread as those of a baseline.

#include "rules/distribution.h"
#include "rules/field_types.h"

namespace assay::rules::types {
namespace {

const Fields<StatisticProperties>& PropertyFields() {
  static const Fields<StatisticProperties> fields =
      StatisticPropertyFields("The largest statistic that passes, from 0 (spread alike) to 1.");
  return fields;
}

std::vector<plan::FieldType> NumbersAndTimes() {
  std::vector<plan::FieldType> types = NumericTypes();
  for (const plan::FieldType type : TimeTypes()) types.push_back(type);
  return types;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const StatisticProperties properties, PropertyFields().Parse(json));
  return CompileDistribution(
      target, properties, plan::DistributionCheck::Statistic::kKolmogorovSmirnov, properties);
}

}  // namespace

RuleType kolmogorov_smirnov() {
  return {
      .name = "kolmogorovSmirnov",
      .summary =
          "The values are spread as those of a field of another container, by the statistic of "
          "Kolmogorov and Smirnov: the largest difference between the shares of values up to "
          "any "
          "one. Its p-value is exact for at most 10,000 values on each side, else that of "
          "Kolmogorov's limit distribution. Nulls are left out on both sides.",
      .scope = FieldScope::kSingle,
      .accepts = NumbersAndTimes(),
      .supports_coverage = false,
      .weight = 2,
      .properties_schema = PropertyFields().Schema(),
      .example = {.properties = {{"ref_container_name", "last_month"},
                                 {"field_name", "amount"},
                                 {"max_statistic", 0.4}},
                  .fields = {{"amount", plan::FieldType::kIntegral}},
                  .rows = {{10}, {20}, {90}, {nullptr}, {95}},
                  .verdict = RuleExample::Verdict::kFails,
                  .reference = {.name = "last_month",
                                .fields = {{"amount", plan::FieldType::kIntegral}},
                                .rows = {{10}, {15}, {20}, {25}, {30}}}},
      .compile = Compile};
}

}  // namespace assay::rules::types
