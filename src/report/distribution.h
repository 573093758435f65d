// How the values of a field spread: what both the sparkline and the drawn histogram show.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/profile.h"

namespace assay::report {

struct DistributionBar {
  std::string label;  // "12 to 20", a value; empty when the bucket's bounds have no notation
  int64_t count = 0;
};

struct Distribution {
  enum class Kind {
    kNone,        // no values, or too many different texts
    kRange,       // neighbouring equal-width buckets from min to max
    kCategories,  // separate values: numbers ascending, others by falling count
  };
  Kind kind = Kind::kNone;
  std::vector<DistributionBar> bars;
};

/// Numbers and times with more than 12 distinct values: their sketch's buckets. Else the values
/// themselves, when the profile has them.
Distribution DistributionOf(const engine::FieldProfile& profile);

/// Joins neighbouring bars so that at most `bars` are left, for a range; categories beyond that
/// number are left out.
Distribution Coarsen(Distribution distribution, size_t bars);

/// "▁▃█▆▂": one cell a bar, the highest full; a bar with any count is visible, one without
/// blank.
std::string Sparkline(const Distribution& distribution, size_t max_cells);

/// Whether the field's values have an order and distances: numbers, dates, times.
bool IsMeasured(plan::FieldType type);

/// The position on a number line of a value as profiles print it; times in seconds since 1970.
/// nullopt for other texts, NaN and infinities.
std::optional<double> PositionOf(const std::string& value, plan::FieldType type);

/// A value (min, quartile, bucket) for people: numbers grouped, times without what they lack.
std::string FormatValue(const std::string& value, plan::FieldType type);

}  // namespace assay::report
