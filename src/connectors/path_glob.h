// Patterns of paths as users write them.

#pragma once

#include <string>
#include <string_view>

namespace assay::connectors {

/// Whether all of `path` matches: '*' any bytes of one level, '?' one byte of a level, "**" any
/// bytes across levels ("a/**/b" matches "a/b", too). Other bytes match themselves. No escapes.
/// O(pattern * path) at worst, no recursion.
bool PathMatches(std::string_view pattern, std::string_view path);

/// The pattern as it is compared with relative paths: without leading "/" or "./".
std::string NormalizePathPattern(std::string_view pattern);

}  // namespace assay::connectors
