// Rulesets in DQDL, the language of AWS Glue Data Quality.

#pragma once

#include <string_view>
#include <vector>

#include "import/convert.h"

namespace assay::imports {

/// Whether the text, comments left out, begins as a ruleset does: Rules = [, Analyzers = [, or
/// one of the sections before them.
bool IsDqdl(std::string_view text);

/// An item for each rule of the ruleset and each analyzer; rules joined by `and`, `or` are one
/// item. A rule that cannot be read is an item that is not taken over, and the next one is
/// read. kInvalidInput when there is no list of rules.
Result<std::vector<ImportedItem>> ReadDqdl(std::string_view text, const Verifier& verifier);

}  // namespace assay::imports
