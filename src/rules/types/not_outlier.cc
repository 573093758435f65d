// Rule "notOutlier": no number lies far from where most are.

#include <cmath>
#include <limits>

#include "rules/field_types.h"
#include "rules/property_type.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

using plan::Expression;
using plan::Literal;

struct Properties {
  std::string method = "IQR";
  std::optional<double> factor;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      OneOf({"IQR", "MAD"}, Optional("method", &Properties::method,
                                     "IQR: outside of the quartiles by more than factor times "
                                     "their distance. MAD: from "
                                     "the median by more than factor times 1.4826 times the "
                                     "median of such distances.")),
      Optional("factor", &Properties::factor,
               "Above 0; 1.5 for IQR and 3.5 for MAD when absent."),
  };
  return fields;
}

Expression Number(double value) {
  return Expression::Constant(Literal::Double(value));
}

Expression Call(const char* function, Expression a, Expression b) {
  return Expression::Call(function, {std::move(a), std::move(b)});
}

/// Null for NaN and the infinities, which would make every quantile useless.
Expression Finite(const Expression& number) {
  return Expression::Call("if",
                          {plan::AtMost(Expression::Call("abs", {number}),
                                        Literal::Double(std::numeric_limits<double>::max())),
                           number, Expression::Constant(Literal::Null())});
}

/// Quartiles and how far beyond them values may be.
Expression WithinQuartiles(const Expression& column, double factor) {
  const Expression number = Finite(column);
  const Expression low = Call("percentile", number, Number(0.25));
  const Expression high = Call("percentile", number, Number(0.75));
  const Expression reach = Call("multiply", Number(factor), Call("subtract", high, low));
  return plan::And(Call("at_least", column, Call("subtract", low, reach)),
                   Call("less_or_equal", column, Call("add", high, reach)));
}

/// The median absolute deviation, which the factor makes a standard deviation where values are
/// normally distributed (Iglewicz and Hoaglin 1993).
Expression NearMedian(const Expression& column, double factor) {
  constexpr double kOfNormal = 1.4826;
  const Expression number = Finite(column);
  const Expression median = Expression::Call("median", {number});
  const Expression deviation =
      Expression::Call("median", {Expression::Call("abs", {Call("subtract", number, median)})});
  const Expression reach = Call("multiply", Number(factor * kOfNormal), deviation);
  return plan::And(Call("at_least", column, Call("subtract", median, reach)),
                   Call("less_or_equal", column, Call("add", median, reach)));
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  const bool is_iqr = properties.method == "IQR";
  if (!is_iqr && properties.method != "MAD")
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("method: must be IQR or MAD, not '{}'", properties.method));
  const double factor = properties.factor.value_or(is_iqr ? 1.5 : 3.5);
  if (!(factor > 0) || std::isinf(factor))
    return Fail(ErrorKind::kInvalidInput, "factor: must be above 0");
  const Expression column = target.OnlyColumn();
  return CompiledRule{.form = plan::RowCheck{is_iqr ? WithinQuartiles(column, factor)
                                                    : NearMedian(column, factor)},
                      .violation = fmt::format("lies far from most values ({}, factor {})",
                                               properties.method, factor)};
}

}  // namespace

RuleType not_outlier() {
  return {.name = "notOutlier",
          .summary =
              "No value lies far from where most of the asserted values are. NaN and the "
              "infinities fail.",
          .scope = FieldScope::kSingle,
          .accepts = NumericTypes(),
          .weight = 2,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"method", "IQR"}},
                      .fields = {{"price", plan::FieldType::kIntegral}},
                      .rows = {{10}, {12}, {11}, {nullptr}, {13}, {120}},
                      .failing_rows = {5}},
          .compile = Compile};
}

}  // namespace assay::rules::types
