// Where things stand in a JSON text.

#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::imports {

/// Levels of lists and objects inside each other; far more than any suite has.
inline constexpr int kMaxJsonDepth = 64;

/// kInvalidInput when `json` is nested deeper than kMaxJsonDepth. Linear; the text need not be
/// JSON.
Status CheckJsonDepth(std::string_view json);

/// The lines, from 1, on which the items of the list `key` of the outermost object start.
/// `json` must be JSON; empty when there is no such list.
std::vector<int> LinesOfItems(std::string_view json, std::string_view key);

}  // namespace assay::imports
