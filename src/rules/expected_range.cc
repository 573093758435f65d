#include "rules/expected_range.h"

#include "plan/literal_arithmetic.h"

namespace assay::rules {

Result<Range> RangeAround(const plan::Literal& expected,
                          const std::optional<NumericComparator>& comparator) {
  if (!comparator) return Range{.min = {.value = expected}, .max = {.value = expected}};
  Result<plan::Literal> distance = ParseEpsilon(comparator->epsilon);
  if (!distance) return FailWithin("numeric_comparator: epsilon", distance.error());
  if (!comparator->as_absolute) {
    const plan::Literal percent{plan::LiteralKind::kDecimal, "0.01"};
    distance = plan::Times(plan::Times(plan::Magnitude(expected), *distance), percent);
  }
  return Range{.min = {.value = plan::Minus(expected, *distance)},
               .max = {.value = plan::Plus(expected, *distance)}};
}

std::string NotWithin(const Range& range) {
  if (plan::Compare(range.min.value, range.max.value) == 0)
    return "is not " + range.min.value.text;
  return fmt::format("is not from {} to {}", range.min.value.text, range.max.value.text);
}

}  // namespace assay::rules
