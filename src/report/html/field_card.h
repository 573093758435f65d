// Everything the profile knows about one field, as a card.

#pragma once

#include <string>

#include "engine/profile.h"

namespace assay::report {

/// Markup with the id `id`: completeness, distribution, quartiles, statistics, patterns,
/// correlations and what deserves a look.
std::string FieldCard(const engine::FieldProfile& profile, const std::string& id);

}  // namespace assay::report
