#include "rules/distribution.h"

#include <fmt/format.h>

#include <cmath>

#include "plan/bind_now.h"
#include "rules/field_lookup.h"

namespace assay::rules {
namespace {

using Measured = plan::DistributionCheck::Measured;
using Statistic = plan::DistributionCheck::Statistic;

const char* NameOf(Statistic statistic) {
  switch (statistic) {
    case Statistic::kKolmogorovSmirnov: return "Kolmogorov-Smirnov statistic";
    case Statistic::kJensenShannon: return "Jensen-Shannon distance";
    case Statistic::kChiSquare: return "chi-square statistic";
  }
  return "";
}

Status CheckLimit(const StatisticLimit& limit) {
  if (limit.max_statistic.has_value() == limit.min_p_value.has_value())
    return Fail(ErrorKind::kInvalidInput, "max_statistic: give it or min_p_value, one of them");
  if (limit.max_statistic &&
      !(*limit.max_statistic >= 0 && std::isfinite(*limit.max_statistic)))
    return Fail(ErrorKind::kInvalidInput, "max_statistic: must be a number from 0");
  if (limit.min_p_value && !(*limit.min_p_value > 0 && *limit.min_p_value < 1))
    return Fail(ErrorKind::kInvalidInput, "min_p_value: must be between 0 and 1");
  return {};
}

Result<const plan::Field*> FindBaseline(const Target& target, const Baseline& baseline,
                                        const ReferencedContainer& reference) {
  const auto find = [&]() -> Result<const plan::Field*> {
    ASSAY_TRY(const plan::Field* field, FindField(baseline.field_name, reference.schema));
    ASSAY_RETURN_IF_ERROR(CheckComparable(target.OnlyField(), *field));
    return field;
  };
  auto field = find();
  if (!field)
    return FailWithin(fmt::format("field_name: of {}", reference.name), field.error());
  return field;
}

}  // namespace

Fields<StatisticProperties> StatisticPropertyFields(const std::string& max_statistic_doc) {
  using P = StatisticProperties;
  return {
      RefDatastoreId<P>(),
      RefDatastoreName<P>(),
      RefContainerId<P>(),
      RefContainerName<P>(),
      BaselineFieldName<P>(),
      BaselineFilter<P>(),
      Optional<P, std::optional<double>>("max_statistic", &P::max_statistic, max_statistic_doc),
      Optional<P, std::optional<double>>("min_p_value", &P::min_p_value,
                                         "In place of max_statistic: the smallest p-value that "
                                         "passes, such as 0.05. With many "
                                         "values a small difference has a small p-value too."),
  };
}

Result<CompiledRule> CompileDistribution(const Target& target, const Baseline& baseline,
                                         Statistic statistic, const StatisticLimit& limit,
                                         int64_t bins) {
  ASSAY_RETURN_IF_ERROR(CheckLimit(limit));
  ASSAY_TRY(const ReferencedContainer* reference, FindReference(baseline, target.references));
  ASSAY_TRY(const plan::Field* field, FindBaseline(target, baseline, *reference));
  const bool is_p_value = limit.min_p_value.has_value();
  plan::DistributionCheck check{
      .statistic = statistic,
      .measured = is_p_value ? Measured::kPValue : Measured::kStatistic,
      .value = target.OnlyColumn(),
      .reference = baseline.Key(),
      .reference_value = plan::Expression::Column(field->name),
      .bins = bins};
  if (baseline.ref_filter) {
    auto filter =
        plan::ParsePredicate(*baseline.ref_filter, reference->schema, target.variables);
    if (!filter) return FailWithin("ref_filter", filter.error());
    check.reference_filter = plan::BindNow(*filter, target.now);
  }
  auto& bound = is_p_value ? check.min : check.max;
  const double value = is_p_value ? *limit.min_p_value : *limit.max_statistic;
  bound = plan::Bound{.value = plan::Literal::Double(value)};
  return CompiledRule{
      .form = std::move(check),
      .violation = fmt::format("is {} {:.6g}", is_p_value ? "below" : "above", value),
      .wording = {.subject =
                      fmt::format("the {}{} of {} against {} of {}",
                                  is_p_value ? "p-value of the " : "", NameOf(statistic),
                                  target.OnlyField().name, field->name, reference->name)},
      .reference_name = reference->name};
}

}  // namespace assay::rules
