// Equality of JSON values.

#pragma once

#include "base/json.h"

namespace assay {

/// Equality in which the order of keys means nothing, at any depth; that of list items does.
bool SameJson(const Json& a, const Json& b);

}  // namespace assay
