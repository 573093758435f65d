// What the rules have in common that compare how values are spread with a baseline.

#pragma once

#include <optional>
#include <string>

#include "plan/check.h"
#include "rules/property_type.h"
#include "rules/rule_type.h"

namespace assay::rules {

/// The field with which the check's own is compared. A rule's Properties derives from it and
/// lists the fields below after those of ContainerReference.
struct Baseline : ContainerReference {
  std::string field_name;
  std::optional<std::string> ref_filter;
};

template <class P>
FieldDeclaration<P> BaselineFieldName() {
  return Required<P, std::string>(
      "field_name", &P::field_name,
      "The field of the other container whose values are the baseline.");
}
template <class P>
FieldDeclaration<P> BaselineFilter() {
  return As(PropertyType::kSparkSql,
            Optional<P, std::optional<std::string>>(
                "ref_filter", &P::ref_filter,
                "A condition on the records of the other container, in Spark SQL; absent: all "
                "are taken."));
}

/// The limit of a rule on a statistic or its p-value, of which one is given.
struct StatisticLimit {
  std::optional<double> max_statistic;
  std::optional<double> min_p_value;
};

/// The properties of a rule on a statistic that has a p-value.
struct StatisticProperties : Baseline, StatisticLimit {};

/// `max_statistic_doc`: what the rule says of its property max_statistic.
Fields<StatisticProperties> StatisticPropertyFields(const std::string& max_statistic_doc);

/// The check that what `statistic` measures of the target's only field and the baseline is
/// within the limit. kInvalidInput naming the property; the reference's error when it could not
/// be opened.
Result<CompiledRule> CompileDistribution(const Target& target, const Baseline& baseline,
                                         plan::DistributionCheck::Statistic statistic,
                                         const StatisticLimit& limit, int64_t bins = 0);

}  // namespace assay::rules
