// The checks that someone who knows the sample data would write.

#pragma once

#include <string_view>

namespace assay::demo {

/// A check file in YAML; `container` is the table's name.
std::string_view AuthoredChecks();

}  // namespace assay::demo
