// Names in a bucket come from anyone: grouping any list of paths must not crash, must place or
// leave out every file exactly once, and must not depend on their order.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/containers.h"

namespace {

std::vector<assay::connectors::ListedFile> FilesFrom(std::string_view text) {
  std::vector<assay::connectors::ListedFile> files;
  std::set<std::string> seen;
  while (!text.empty() && files.size() < 500) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string path(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (path.empty() || !seen.insert(path).second) continue;
    assay::connectors::ListedFile file;
    file.uri = "/" + path;
    file.relative_path = path;
    file.size_bytes = 1;
    files.push_back(file);
  }
  return files;
}

std::map<std::string, std::string> ContainerOfFile(const assay::connectors::Grouped& grouped) {
  std::map<std::string, std::string> containers;
  for (const auto& container : grouped.containers) {
    for (const auto& file : container.files) {
      if (!containers.emplace(file.relative_path, container.name).second) std::abort();
    }
  }
  for (const auto& left_out : grouped.left_out) {
    if (!containers.emplace(left_out.relative_path, "").second) std::abort();
  }
  return containers;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::vector<assay::connectors::ListedFile> files =
      FilesFrom({reinterpret_cast<const char*>(data), size});
  for (const auto grouping :
       {assay::connectors::Grouping::kByName, assay::connectors::Grouping::kByFolder}) {
    const assay::connectors::GroupingOptions options{.grouping = grouping,
                                                     .pattern_overrides = {}};
    const auto placed = ContainerOfFile(
        assay::connectors::GroupFiles(files, options, assay::connectors::Explain::kYes));
    if (placed.size() != files.size()) std::abort();
    std::reverse(files.begin(), files.end());
    const auto again = ContainerOfFile(
        assay::connectors::GroupFiles(files, options, assay::connectors::Explain::kNo));
    if (placed != again) std::abort();
  }
  return 0;
}
