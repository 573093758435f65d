// How far a number may be from the one that a check expects.

#pragma once

#include "base/fields.h"
#include "plan/check.h"

namespace assay::rules {

/// The numeric comparator of the platform.
struct Tolerance {
  Json epsilon;             // a number, at least 0
  bool as_absolute = true;  // else epsilon is in percent of the expected number

  static const Fields<Tolerance>& JsonFields();
};

struct Range {
  plan::Bound min, max;
};

/// The numbers that are as expected, bounds included; exact for decimals. kInvalidInput naming
/// epsilon when that is no number of at least 0.
Result<Range> RangeAround(const plan::Literal& expected, const Tolerance& tolerance);

/// "is not 10", or "is not from 9.5 to 10.5".
std::string NotWithin(const Range& range);

}  // namespace assay::rules
