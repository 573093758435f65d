// Spark's patterns of dates and times ("yyyy-MM-dd HH:mm:ss"), translated.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay::plan {

/// The strftime format with the same meaning. Reading is more lenient than in Spark: a number
/// may lack its leading zeros. kUnsupported for pattern letters without counterpart (eras,
/// zones, week years), kInvalidInput for a quote that is not closed.
Result<std::string> StrftimeFormat(std::string_view pattern);

/// The unit that trunc and date_trunc know under several names: "yy" is "year".
/// nullopt when there is none.
std::optional<std::string> TruncationUnit(std::string_view name);

}  // namespace assay::plan
