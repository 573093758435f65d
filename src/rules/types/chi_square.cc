// Rule "chiSquare": categories are as frequent as in a baseline.

#include "rules/distribution.h"

namespace assay::rules::types {
namespace {

const Fields<StatisticProperties>& PropertyFields() {
  static const Fields<StatisticProperties> fields = StatisticPropertyFields(
      "The largest statistic that passes; it grows with the number of values.");
  return fields;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const StatisticProperties properties, PropertyFields().Parse(json));
  return CompileDistribution(target, properties, plan::DistributionCheck::Statistic::kChiSquare,
                             properties);
}

}  // namespace

RuleType chi_square() {
  return {
      .name = "chiSquare",
      .summary =
          "Each value is as frequent as in a field of another container, by Pearson's "
          "chi-square "
          "statistic of the homogeneity of two samples, without correction; the p-value is of "
          "the chi-square distribution with one degree of freedom less than there are values, "
          "which holds when each is expected about five times or more. Nulls are left out on "
          "both "
          "sides.",
      .scope = FieldScope::kSingle,
      .accepts = {plan::FieldType::kString, plan::FieldType::kBoolean,
                  plan::FieldType::kIntegral},
      .supports_coverage = false,
      .weight = 2,
      .properties_schema = PropertyFields().Schema(),
      .example = {.properties = {{"ref_container_name", "last_month"},
                                 {"field_name", "channel"},
                                 {"max_statistic", 3}},
                  .fields = {{"channel", plan::FieldType::kString}},
                  .rows = {{"web"}, {"web"}, {"web"}, {"web"}, {nullptr}},
                  .verdict = RuleExample::Verdict::kFails,
                  .reference = {.name = "last_month",
                                .fields = {{"channel", plan::FieldType::kString}},
                                .rows = {{"web"}, {"shop"}, {"shop"}, {"shop"}}}},
      .compile = Compile};
}

}  // namespace assay::rules::types
