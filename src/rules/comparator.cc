#include "rules/comparator.h"

#include <fmt/format.h>

#include "plan/number_text.h"

namespace assay::rules {
namespace {

using plan::Expression;
using plan::FieldType;
using plan::Literal;
using plan::LiteralKind;

bool IsNumber(FieldType type) {
  return type == FieldType::kIntegral || type == FieldType::kFractional;
}

bool IsTime(FieldType type) {
  return type == FieldType::kDate || type == FieldType::kTimestamp;
}

Expression Call(const char* function, Expression a, Expression b) {
  return Expression::Call(function, {std::move(a), std::move(b)});
}

Literal AsDecimal(const Literal& number) {
  // Integers would be added as such, which overflows.
  if (number.kind != LiteralKind::kInteger) return number;
  return Literal::Number(number.text + ".0").value_or(number);
}

/// A hundredth of a number, exact unless it is a double.
Literal Hundredth(const Literal& number) {
  if (number.kind == LiteralKind::kDouble) {
    return Literal::Double(plan::ReadDouble(number.text).value_or(0) / 100);
  }
  const plan::DecimalDigits digits =
      plan::ReadDecimal(number.text).value_or(plan::DecimalDigits{});
  const std::string whole = "000" + digits.whole;
  const size_t point = whole.size() - 2;
  return Literal::Number(whole.substr(0, point) + "." + whole.substr(point) + digits.fraction)
      .value_or(Literal::Double(plan::ReadDouble(number.text).value_or(0) / 100));
}

Expression Milliseconds(const Literal& millis) {
  const Expression zero = Expression::Constant(Literal::Integer(0));
  return Expression::Call(
      "interval",
      {zero, zero, Expression::Constant(Literal::Integer(std::stoll(millis.text) * 1000))});
}

Expression Collapsed(Expression text) {
  return Expression::Call(
      "trim", {Expression::Call("regexp_replace",
                                {std::move(text), Expression::Constant(Literal::String("\\s+")),
                                 Expression::Constant(Literal::String(" "))})});
}

}  // namespace

const Fields<NumericComparator>& NumericComparator::JsonFields() {
  static const Fields<NumericComparator> fields = {
      Required("epsilon", &NumericComparator::epsilon, "The largest difference, from 0."),
      Optional("as_absolute", &NumericComparator::as_absolute,
               "Whether epsilon is a difference (true, the default) or percent."),
  };
  return fields;
}

const Fields<DurationComparator>& DurationComparator::JsonFields() {
  static const Fields<DurationComparator> fields = {
      Required("millis", &DurationComparator::millis, "The largest difference, from 0."),
  };
  return fields;
}

const Fields<StringComparator>& StringComparator::JsonFields() {
  static const Fields<StringComparator> fields = {
      Optional("ignore_whitespace", &StringComparator::ignore_whitespace,
               "Whether white space counts only as a gap between words."),
  };
  return fields;
}

Result<Literal> ParseEpsilon(const Json& epsilon) {
  ASSAY_TRY(Literal margin, Literal::FromJson(epsilon, FieldType::kFractional));
  if (!(plan::Compare(margin, Literal::Integer(0)) >= 0) || margin.text == "Infinity") {
    return Fail(ErrorKind::kInvalidInput, "must be a number from 0");
  }
  return margin;
}

Result<Comparison> Comparison::WithEpsilon(Kind kind, const Json& epsilon) {
  ASSAY_TRY(const Literal margin, ParseEpsilon(epsilon));
  Comparison comparison;
  comparison.kind_ = kind;
  comparison.margin_ = margin;
  return comparison;
}

Result<Comparison> Comparison::WithDuration(const Json& millis) {
  constexpr int64_t kMaxMillis = INT64_MAX / 1000;  // intervals count microseconds
  ASSAY_TRY(const int64_t count, JsonCodec<int64_t>::Parse(millis));
  if (count < 0 || count > kMaxMillis) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("must be from 0 to {} milliseconds", kMaxMillis));
  }
  Comparison comparison;
  comparison.kind_ = Kind::kDuration;
  comparison.margin_ = Literal::Integer(count);
  return comparison;
}

Result<Comparison> Comparison::Make(const Comparators& comparators, FieldType type) {
  if (IsNumber(type) && comparators.numeric_comparator) {
    const NumericComparator& numeric = *comparators.numeric_comparator;
    Result<Comparison> made =
        WithEpsilon(numeric.as_absolute ? Kind::kAbsolute : Kind::kPercentage, numeric.epsilon);
    if (!made) return FailWithin("numeric_comparator: epsilon", made.error());
    return made;
  }
  if (IsTime(type) && comparators.duration_comparator) {
    Result<Comparison> made = WithDuration(comparators.duration_comparator->millis);
    if (!made) return FailWithin("duration_comparator: millis", made.error());
    return made;
  }
  Comparison comparison;
  const bool collapses = type == FieldType::kString && comparators.string_comparator &&
                         comparators.string_comparator->ignore_whitespace;
  if (collapses) comparison.kind_ = Kind::kCollapsedText;
  return comparison;
}

Result<Comparison> Comparison::Within(const Json& margin, FieldType type) {
  return IsTime(type) ? WithDuration(margin) : WithEpsilon(Kind::kAbsolute, margin);
}

Expression Comparison::MarginAround(const Expression& reference) const {
  switch (kind_) {
    case Kind::kAbsolute: return Expression::Constant(AsDecimal(margin_));
    case Kind::kPercentage:
      return Call("multiply", Expression::Call("abs", {reference}),
                  Expression::Constant(Hundredth(margin_)));
    case Kind::kDuration: return Milliseconds(margin_);
    case Kind::kExact:
    case Kind::kCollapsedText: break;
  }
  return Expression::Constant(Literal::Integer(0));
}

Expression Comparison::Equal(Expression value, Expression reference) const {
  if (kind_ == Kind::kExact) return plan::Equal(std::move(value), std::move(reference));
  if (kind_ == Kind::kCollapsedText) {
    return plan::Equal(Collapsed(std::move(value)), Collapsed(std::move(reference)));
  }
  const Expression margin = MarginAround(reference);
  Expression within =
      plan::And(Call("greater_or_equal", value, Call("subtract", reference, margin)),
                Call("less_or_equal", value, Call("add", reference, margin)));
  if (kind_ != Kind::kPercentage) return within;
  // A share of infinity is no number to subtract.
  return plan::Or(plan::Equal(std::move(value), std::move(reference)), std::move(within));
}

Expression Comparison::Greater(Expression value, Expression reference,
                               plan::Bound::Kind bound) const {
  const bool inclusive = bound == plan::Bound::Kind::kInclusive;
  const char* const function = inclusive ? "at_least" : "above";
  if (kind_ == Kind::kExact || kind_ == Kind::kCollapsedText) {
    return Call(function, std::move(value), std::move(reference));
  }
  const Expression margin = MarginAround(reference);
  return Call(function, std::move(value),
              Call(inclusive ? "subtract" : "add", std::move(reference), margin));
}

Expression Comparison::Less(Expression value, Expression reference,
                            plan::Bound::Kind bound) const {
  const bool inclusive = bound == plan::Bound::Kind::kInclusive;
  const char* const function = inclusive ? "at_least" : "above";
  if (kind_ == Kind::kExact || kind_ == Kind::kCollapsedText) {
    return Call(function, std::move(reference), std::move(value));
  }
  const Expression margin = MarginAround(reference);
  return Call(function, Call(inclusive ? "add" : "subtract", std::move(reference), margin),
              std::move(value));
}

std::string Comparison::Margin() const {
  switch (kind_) {
    case Kind::kExact: return "";
    case Kind::kAbsolute: return " within " + margin_.text;
    case Kind::kPercentage: return fmt::format(" within {} %", margin_.text);
    case Kind::kDuration: return fmt::format(" within {} ms", margin_.text);
    case Kind::kCollapsedText: return " but for white space";
  }
  return "";
}

bool AreComparable(FieldType a, FieldType b) {
  return a == b || (IsNumber(a) && IsNumber(b)) || (IsTime(a) && IsTime(b));
}

}  // namespace assay::rules
