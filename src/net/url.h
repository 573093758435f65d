// Reading and writing the path and query of a URL (RFC 3986, and the form encoding of queries).

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace assay::net {

/// Letters, digits and "-_.~" (RFC 3986 2.3), which need no encoding anywhere.
bool IsUnreserved(char c);

/// Percent-encodes all but unreserved characters; kKeep leaves "/" as it is.
enum class SlashEncoding { kKeep, kEncode };
std::string PercentEncode(std::string_view text, SlashEncoding slash);

/// "a%20b" -> "a b". kInvalidInput on a '%' that two hexadecimal digits do not follow.
Result<std::string> PercentDecode(std::string_view text);

/// "/api/teams/a%2Fb/" -> {"api", "teams", "a/b"}: the decoded segments; empty ones are left
/// out.
Result<std::vector<std::string>> SplitPath(std::string_view path);

/// "a=1&b=x+y&a=2" -> {a,1} {b,"x y"} {a,2}, in order, decoded. A key without '=' has the value
/// "".
Result<std::vector<std::pair<std::string, std::string>>> ParseQuery(std::string_view query);

}  // namespace assay::net
