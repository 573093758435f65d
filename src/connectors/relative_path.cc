#include "connectors/relative_path.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay::connectors {

std::string TrimSlashes(std::string_view path) {
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  return std::string(path);
}

Status CheckRelativePath(std::string_view path) {
  std::string_view rest = path;
  while (true) {
    const size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view level = rest.substr(0, slash);
    if (level.empty() || level == "." || level == ".." ||
        level.find('\0') != std::string_view::npos) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("not a path below the root: '{}'", path));
    }
    if (slash == rest.size()) return {};
    rest.remove_prefix(slash + 1);
  }
}

}  // namespace assay::connectors
