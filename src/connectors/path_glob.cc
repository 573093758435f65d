#include "connectors/path_glob.h"

namespace assay::connectors {
namespace {

/// Where to go on when the rest does not match: the last star takes one more byte or level.
struct Retry {
  size_t pattern = std::string_view::npos;  // behind the star; npos: there is none
  size_t path = 0;
};

}  // namespace

bool PathMatches(std::string_view pattern, std::string_view path) {
  Retry in_level, across;
  bool across_takes_levels = false;  // the last "**" stands before a '/': it takes whole levels
  size_t p = 0;
  size_t t = 0;
  while (true) {
    if (pattern.substr(p).starts_with("**")) {
      p += 2;
      across_takes_levels =
          p < pattern.size() && pattern[p] == '/' && (p == 2 || pattern[p - 3] == '/');
      if (across_takes_levels) ++p;
      across = {p, t};
      in_level = {};
      continue;
    }
    if (p < pattern.size() && pattern[p] == '*') {
      in_level = {++p, t};
      continue;
    }
    if (t == path.size() && p == pattern.size()) return true;
    const bool matches = t < path.size() && p < pattern.size() &&
                         (pattern[p] == path[t] || (pattern[p] == '?' && path[t] != '/'));
    if (matches) {
      ++p;
      ++t;
      continue;
    }
    // Only the last star of each sort needs another try: what an earlier one could take, a
    // later one of the same reach can take as well.
    if (in_level.pattern != std::string_view::npos && in_level.path < path.size() &&
        path[in_level.path] != '/') {
      p = in_level.pattern;
      t = ++in_level.path;
      continue;
    }
    if (across.pattern == std::string_view::npos || across.path >= path.size()) return false;
    if (across_takes_levels) {
      const size_t slash = path.find('/', across.path);
      if (slash == std::string_view::npos) return false;
      across.path = slash;
    }
    p = across.pattern;
    t = ++across.path;
    in_level = {};
  }
}

std::string NormalizePathPattern(std::string_view pattern) {
  while (pattern.starts_with("./") || pattern.starts_with("/"))
    pattern.remove_prefix(pattern[0] == '/' ? 1 : 2);
  return std::string(pattern);
}

}  // namespace assay::connectors
