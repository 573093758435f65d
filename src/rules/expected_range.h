// The range in which one number may lie that a check expects: a comparator, worked out at once.

#pragma once

#include <optional>
#include <string>

#include "plan/check.h"
#include "rules/comparator.h"

namespace assay::rules {

struct Range {
  plan::Bound min, max;
};

/// The numbers that are as expected, bounds included; exact for decimals. Only `expected`
/// itself without a comparator. kInvalidInput naming numeric_comparator when its epsilon is no
/// number of at least 0.
Result<Range> RangeAround(const plan::Literal& expected,
                          const std::optional<NumericComparator>& comparator);

/// "is not 10", or "is not from 9.5 to 10.5".
std::string NotWithin(const Range& range);

}  // namespace assay::rules
