// Bounds of the values of a field that are not outliers, as properties of checks.

#pragma once

#include <optional>
#include <string>

#include "engine/profile.h"

namespace assay::infer {

/// Where each end of the bulk can be told (infer/quantile_fence.h): a bound beyond it, and the
/// share of the values that are out of it.
struct NumberBounds {
  std::optional<Json> min, max;
  double below_share = 0, above_share = 0;
  double nan_share = 0;  // fails every bound
};

/// Of a quantity: not of identifiers, sequence numbers and years, which grow. Bounds are
/// rounded outwards to three digits, or to a whole number; they do not cross zero where the
/// bulk does not.
NumberBounds BoundsOfNumbers(const engine::FieldProfile& profile);

struct TimeBounds {
  std::optional<std::string> min, max;  // dates for dates, rounded outwards
  double below_share = 0, above_share = 0;
  bool goes_on = false;  // the last times are of the last five years: there is no max
};

/// Of dates and times; with a quarter of the time covered as room at both ends, where both are
/// known. Times that ended less than five years ago grow with each day.
TimeBounds BoundsOfTimes(const engine::FieldProfile& profile, Timestamp now);

}  // namespace assay::infer
