// Faults of input whose message begins with the key at fault.

#pragma once

#include <vector>

#include "api/problem.h"

namespace assay::api {

/// 422 for input that is wrong or not supported, at the keys that the message begins with:
/// "properties: target_type: ..." below `location`. Other errors stay what they are.
Problem NamedFault(std::vector<Json> location, Error error);

/// The value, or NamedFault.
template <class T>
Answer<T> AtNamedKey(std::vector<Json> location, Result<T> result) {
  if (!result) return Refuse(NamedFault(std::move(location), std::move(result).error()));
  if constexpr (std::is_void_v<T>) {
    return {};
  } else {
    return *std::move(result);
  }
}

}  // namespace assay::api
