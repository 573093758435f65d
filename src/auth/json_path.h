// The part of JSONPath (RFC 9535) that names one value: members and indices.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace assay::auth {

/// "$", then any of .name, ['name'], ["name"] (with \' \" \\ for these characters), [0], and
/// [-1] for the last: "$.data.data", "$['a b'].c[0]". Immutable.
class JsonPath {
 public:
  /// kInvalidInput with the position, from 1, of the first character that fits not. Wildcards,
  /// slices, filters and ".." are refused: they may name several values.
  static Result<JsonPath> Parse(std::string_view text);

  /// The value that the path names in `root`; null when there is none.
  const Json* Find(const Json& root) const;

 private:
  using Step = std::variant<std::string, int64_t>;
  explicit JsonPath(std::vector<Step> steps) : steps_(std::move(steps)) {}

  std::vector<Step> steps_;
};

}  // namespace assay::auth
