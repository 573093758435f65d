// Small charts as SVG and markup.

#pragma once

#include <cstdint>
#include <string>

#include "engine/profile.h"
#include "report/distribution.h"

namespace assay::report {

/// Columns side by side in an SVG element of class `css_class` that stretches to its box. Each
/// column tells its range and count when pointed at.
std::string ColumnChart(const Distribution& distribution, std::string_view css_class);

/// Horizontal bars of the commonest values with their share of `total`, and how much the others
/// hold together. At most `most` bars.
std::string ValueBars(const Distribution& distribution, int64_t total, size_t most);

/// Minimum, quartiles and maximum on one line; empty when the field lacks one of them or all
/// are the same.
std::string QuartileBar(const engine::FieldProfile& profile);

/// How much of the field is there, as a bar with its share.
std::string CompletenessMeter(const engine::FieldProfile& profile);

}  // namespace assay::report
