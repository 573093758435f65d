// The first line of a check in SodaCL: "missing_percent(email) < 5 %", "values in (a) must
// exist in b (c)".

#pragma once

#include <string>
#include <string_view>

#include "import/convert.h"

namespace assay::imports {

/// Fills in type, column and the parameters that the text holds. kUnsupported when the
/// threshold has no counterpart, kInvalidInput when the text is not understood; the type is
/// then set as far as it was read.
Status ReadSodaCheckText(std::string_view text, SourceItem& item);

}  // namespace assay::imports
