// The style sheet of HTML reports.

#pragma once

#include <string_view>

namespace assay::report {

/// CSS without any external resource.
std::string_view StyleSheet();

}  // namespace assay::report
