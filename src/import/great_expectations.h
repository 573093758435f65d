// Suites of Great Expectations, in the JSON of 0.18 and of 1.x.

#pragma once

#include <string_view>
#include <vector>

#include "import/convert.h"

namespace assay::imports {

/// Whether the text looks like JSON with a list of expectations.
bool IsGreatExpectations(std::string_view text);

/// An item for each expectation. kInvalidInput when the text is not a suite in JSON.
Result<std::vector<ImportedItem>> ReadGreatExpectations(std::string_view text,
                                                        const Verifier& verifier);

}  // namespace assay::imports
