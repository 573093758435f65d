#include "rules/tolerance.h"

#include "plan/literal_arithmetic.h"

namespace assay::rules {

const Fields<Tolerance>& Tolerance::JsonFields() {
  static const Fields<Tolerance> fields = {
      Required("epsilon", &Tolerance::epsilon, "How far the number may be off, at least 0."),
      Optional(
          "as_absolute", &Tolerance::as_absolute,
          "Whether epsilon is a difference; else it is in percent of the expected number."),
  };
  return fields;
}

Result<Range> RangeAround(const plan::Literal& expected, const Tolerance& tolerance) {
  const auto epsilon = plan::Literal::FromJson(tolerance.epsilon, plan::FieldType::kFractional);
  if (!epsilon) return FailWithin("epsilon", epsilon.error());
  if (!(plan::Compare(*epsilon, plan::Literal::Integer(0)) >= 0) ||
      epsilon->text == "Infinity") {
    return Fail(ErrorKind::kInvalidInput, "epsilon: must be a number of at least 0");
  }
  plan::Literal distance = *epsilon;
  if (!tolerance.as_absolute) {
    const plan::Literal percent{plan::LiteralKind::kDecimal, "0.01"};
    distance = plan::Times(plan::Times(plan::Magnitude(expected), distance), percent);
  }
  return Range{.min = {.value = plan::Minus(expected, distance)},
               .max = {.value = plan::Plus(expected, distance)}};
}

std::string NotWithin(const Range& range) {
  if (plan::Compare(range.min.value, range.max.value) == 0)
    return "is not " + range.min.value.text;
  return fmt::format("is not from {} to {}", range.min.value.text, range.max.value.text);
}

}  // namespace assay::rules
