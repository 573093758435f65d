// Rule "aggregationComparison": a value of all rows compares with one of another container.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "plan/bind_now.h"
#include "rules/comparator.h"
#include "rules/property_type.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct ComparisonName {
  std::string_view name;
  plan::ComparisonCheck::Comparison comparison;
  std::string_view violation;
};
constexpr std::array<ComparisonName, 5> kComparisons = {{
    {"eq", plan::ComparisonCheck::Comparison::kEqual, "is not equal to"},
    {"lt", plan::ComparisonCheck::Comparison::kLess, "is not less than"},
    {"lte", plan::ComparisonCheck::Comparison::kLessOrEqual, "is greater than"},
    {"gt", plan::ComparisonCheck::Comparison::kGreater, "is not greater than"},
    {"gte", plan::ComparisonCheck::Comparison::kGreaterOrEqual, "is less than"},
}};

struct Properties : ContainerReference {
  std::string expression;
  std::string comparison;
  std::string ref_expression;
  std::optional<std::string> ref_filter;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      As(PropertyType::kSparkSql,
         Required(
             "expression", &Properties::expression,
             "Spark SQL over aggregates of this container, such as sum(amount) or count(*).")),
      OneOf({"eq", "lt", "lte", "gt", "gte"},
            Required("comparison", &Properties::comparison,
                     "How it compares with the other: eq, lt, lte, gt or gte.")),
      RefDatastoreId<Properties>(),
      RefDatastoreName<Properties>(),
      RefContainerId<Properties>(),
      RefContainerName<Properties>(),
      As(PropertyType::kSparkSql, Required("ref_expression", &Properties::ref_expression,
                                           "The same over the other container.")),
      As(PropertyType::kSparkSql,
         Optional(
             "ref_filter", &Properties::ref_filter,
             "Spark SQL condition; records of the other container for which it is not true are "
             "left out. The filter of the check leaves out none there.")),
  };
  return fields;
}

Result<plan::Expression> ParseMeasure(const char* property, const std::string& text,
                                      const plan::Schema& schema, const Target& target) {
  Result<plan::Expression> measure = plan::ParseAggregate(text, schema, target.variables);
  if (!measure) return FailWithin(property, measure.error());
  return plan::BindNow(*measure, target.now);
}

Result<std::optional<plan::Expression>> ParseFilter(const std::optional<std::string>& text,
                                                    const plan::Schema& schema,
                                                    const Target& target) {
  if (!text || text->find_first_not_of(" \t\r\n") == std::string::npos)
    return std::optional<plan::Expression>();
  Result<plan::Expression> filter = plan::ParsePredicate(*text, schema, target.variables);
  if (!filter) return FailWithin("ref_filter", filter.error());
  return std::optional(plan::BindNow(*filter, target.now));
}

Status CheckTypes(const plan::Expression& measure, const plan::Schema& schema,
                  const plan::Expression& reference, const plan::Schema& reference_schema) {
  ASSAY_TRY(const plan::FieldType type, plan::TypeOf(measure, schema));
  ASSAY_TRY(const plan::FieldType reference_type, plan::TypeOf(reference, reference_schema));
  if (type != plan::FieldType::kUnknown && AreComparable(type, reference_type)) return {};
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("ref_expression: {} cannot be compared with {}",
                          plan::FieldTypeName(reference_type), plan::FieldTypeName(type)));
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  const auto comparison =
      std::ranges::find(kComparisons, properties.comparison, &ComparisonName::name);
  if (comparison == kComparisons.end()) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("comparison: must be eq, lt, lte, gt or gte, not '{}'",
                            properties.comparison));
  }
  ASSAY_TRY(const ReferencedContainer* reference, FindReference(properties, target.references));
  ASSAY_TRY(plan::Expression measure,
            ParseMeasure("expression", properties.expression, target.schema, target));
  ASSAY_TRY(
      plan::Expression reference_measure,
      ParseMeasure("ref_expression", properties.ref_expression, reference->schema, target));
  ASSAY_RETURN_IF_ERROR(
      CheckTypes(measure, target.schema, reference_measure, reference->schema));
  ASSAY_TRY(auto reference_filter,
            ParseFilter(properties.ref_filter, reference->schema, target));
  return CompiledRule{
      .form = plan::ComparisonCheck{.measure = std::move(measure),
                                    .comparison = comparison->comparison,
                                    .reference = properties.Key(),
                                    .reference_measure = std::move(reference_measure),
                                    .reference_filter = std::move(reference_filter)},
      .violation = fmt::format("{} {} of {}", comparison->violation, properties.ref_expression,
                               reference->name),
      .wording = {.subject = properties.expression},
      .reference_name = reference->name};
}

}  // namespace

RuleType aggregation_comparison() {
  return {.name = "aggregationComparison",
          .summary =
              "A value of all rows together, such as a sum, compares with one of another "
              "container, also in another datastore. Numbers compare exactly, whatever their "
              "types; NaN compares with nothing. Not asserted when either is null, as of no "
              "row, or when not all of both containers was read.",
          .scope = FieldScope::kCalculated,
          .supports_coverage = false,
          .weight = 3,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"expression", "sum(amount)"},
                                     {"comparison", "eq"},
                                     {"ref_container_name", "payments"},
                                     {"ref_expression", "sum(paid)"},
                                     {"ref_filter", "state = 'settled'"}},
                      .fields = {{"amount", plan::FieldType::kIntegral}},
                      .rows = {{4}, {6}, {nullptr}},
                      .verdict = RuleExample::Verdict::kFails,
                      .reference = {.name = "payments",
                                    .fields = {{"paid", plan::FieldType::kFractional},
                                               {"state", plan::FieldType::kString}},
                                    .rows = {{7.5, "settled"}, {1.5, "settled"}, {1, "open"}}}},
          .compile = Compile};
}

}  // namespace assay::rules::types
