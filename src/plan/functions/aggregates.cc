// Functions over all rows.

#include <algorithm>

#include "plan/functions/groups.h"
#include "plan/typing.h"

namespace assay::plan::functions {
namespace {

using Kind = ValueType::Kind;
constexpr int kMostDigits = 38;

/// Integers are summed in 128 bits and so never wrap; decimals get 10 more digits, as in Spark.
Result<ValueType> SumRule(std::vector<Typed>& arguments) {
  static const TypeRule number = KeepsType("n");
  ASSAY_TRY(const ValueType type, number(arguments));
  if (type.kind == Kind::kInteger) return ValueType::Integer(128);
  if (type.kind == Kind::kDecimal)
    return ValueType::Decimal(std::min(type.precision + 10, kMostDigits), type.scale);
  return type;
}

Result<ValueType> AverageRule(std::vector<Typed>& arguments) {
  static const TypeRule number = KeepsType("n");
  ASSAY_TRY(const ValueType type, number(arguments));
  if (type.kind != Kind::kDecimal) return ValueType::Double();
  return ValueType::Decimal(std::min(type.precision + 4, kMostDigits),
                            std::min(type.scale + 4, kMostDigits));
}

Result<ValueType> LeastOrGreatestRule(std::vector<Typed>& arguments) {
  const ValueType type = arguments[0].type;
  if (type.kind != Kind::kOther && type.kind != Kind::kInterval) return type;
  return Fail(ErrorKind::kInvalidInput, "there is no order of " + TypeName(type) + " values");
}

Result<ValueType> CountRule(std::vector<Typed>&) {
  return ValueType::Integer();
}

Result<ValueType> PercentileRule(std::vector<Typed>& arguments) {
  static const TypeRule number = Takes("da", ValueType::Double());
  const Literal share = arguments[1].literal;
  if (arguments[1].kind != Expression::Kind::kLiteral || !arguments[1].type.IsNumber() ||
      Less(share, Literal::Integer(0)) || Less(Literal::Integer(1), share) ||
      share.text == "NaN") {
    return Fail(ErrorKind::kInvalidInput,
                "argument 2: expected a number from 0 to 1, which must be written out");
  }
  return number(arguments);
}

}  // namespace

FunctionGroup Aggregates() {
  constexpr auto kAllRows = Function::Sees::kAllRows;
  const TypeRule spread = Takes("d", ValueType::Double());
  return {
      "Aggregates, where one value of all rows is expected",
      {
          {"count",
           {"count"},
           "count(*), count(a, ...)",
           0,
           kAnyNumber,
           CountRule,
           "The rows, or those in which no argument is null.",
           kAllRows},
          {"count_distinct",
           {},
           "count(DISTINCT a, ...)",
           1,
           kAnyNumber,
           CountRule,
           "Different combinations without a null; exact.",
           kAllRows},
          {"count_if",
           {"count_if"},
           "count_if(condition)",
           1,
           1,
           Takes("b", ValueType::Integer()),
           "The rows for which it is true.",
           kAllRows},
          {"sum",
           {"sum"},
           "sum(number)",
           1,
           1,
           SumRule,
           "Exact for integers and decimals: integers have 128 bits (Spark wraps at 64). Null "
           "of no value.",
           kAllRows},
          {"avg",
           {"avg", "mean"},
           "avg(number)",
           1,
           1,
           AverageRule,
           "A double; of decimals a decimal of about 15 exact digits. Null of no value.",
           kAllRows},
          {"min",
           {"min"},
           "min(a)",
           1,
           1,
           LeastOrGreatestRule,
           "Nulls are left out; null of no value.",
           kAllRows},
          {"max",
           {"max"},
           "max(a)",
           1,
           1,
           LeastOrGreatestRule,
           "Nulls are left out; NaN is the greatest number.",
           kAllRows},
          {"stddev",
           {"stddev", "stddev_samp", "std"},
           "stddev(number)",
           1,
           1,
           spread,
           "Of a sample; null of fewer than two values.",
           kAllRows},
          {"stddev_pop", {"stddev_pop"}, "stddev_pop(number)", 1, 1, spread, "", kAllRows},
          {"variance",
           {"variance", "var_samp"},
           "variance(number)",
           1,
           1,
           spread,
           "Of a sample; null of fewer than two values.",
           kAllRows},
          {"var_pop", {"var_pop"}, "var_pop(number)", 1, 1, spread, "", kAllRows},
          {"median", {"median"}, "median(number)", 1, 1, spread, "A double.", kAllRows},
          {"percentile",
           {"percentile"},
           "percentile(number, share)",
           2,
           2,
           PercentileRule,
           "Exact, between two values in proportion; the share is from 0 to 1.",
           kAllRows},
      }};
}

}  // namespace assay::plan::functions
