// Quantiles of dates and times on one scale.

#pragma once

#include <vector>

#include "engine/profile.h"

namespace assay::infer {

/// Whether the field holds dates or times that inference may speak of (not elements of lists,
/// not parts of folder names).
bool IsTimeField(const engine::FieldProfile& profile);

/// FieldProfile::quantiles of a Date or Timestamp field as seconds since 1970.
std::vector<double> SecondsQuantiles(const engine::FieldProfile& profile);

/// The least distance of two values of the field, in seconds: a day for dates.
double SecondsStep(const engine::FieldProfile& profile);

double SecondsSince1970(Timestamp time);
/// Whole seconds; limited to the years 1 to 9999.
Timestamp TimeOf(double seconds_since_1970);

}  // namespace assay::infer
