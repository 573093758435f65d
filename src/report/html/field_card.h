// Everything the profile knows about one field, as a card.

#pragma once

#include <string>
#include <vector>

#include "engine/profile.h"
#include "sensitive/tagging.h"

namespace assay::report {

/// Markup with the id `id`: completeness, distribution, quartiles, statistics, patterns,
/// correlations and what deserves a look.
std::string FieldCard(const engine::FieldProfile& profile,
                      const std::vector<sensitive::FieldTag>& tags, const std::string& id);

}  // namespace assay::report
