// Paths below a root, as connectors take and give them.

#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace assay::connectors {

/// A root path as users write it ("/raw/orders/", "/", "") without '/' at both ends.
std::string TrimSlashes(std::string_view path);

/// kInvalidInput unless `path` names a file below a root: not empty, no '/' at either end, no
/// level that is empty, "." or "..".
Status CheckRelativePath(std::string_view path);

}  // namespace assay::connectors
