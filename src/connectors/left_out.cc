#include "connectors/left_out.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "connectors/file_ending.h"

namespace assay::connectors {
namespace {

bool HoldsFiles(const std::string& path, std::span<const ListedFile> files,
                std::span<const uint32_t> order) {
  const std::string as_folder = path + "/";
  const auto next = std::lower_bound(
      order.begin(), order.end(), as_folder,
      [&](uint32_t i, const std::string& text) { return files[i].relative_path < text; });
  return next != order.end() && files[*next].relative_path.starts_with(as_folder);
}

/// The folder of `result_folders` that `path` is in, if any.
const std::string* FolderOfResults(std::string_view path,
                                   std::span<const std::string> result_folders) {
  for (size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1)) {
    const auto found =
        std::lower_bound(result_folders.begin(), result_folders.end(), path.substr(0, slash));
    if (found != result_folders.end() && *found == path.substr(0, slash)) return &*found;
  }
  return nullptr;
}

}  // namespace

SplitPath SplitAtName(std::string_view relative_path) {
  const size_t slash = relative_path.rfind('/');
  if (slash == std::string_view::npos) return {.folder = {}, .name = relative_path};
  return {.folder = relative_path.substr(0, slash), .name = relative_path.substr(slash + 1)};
}

std::vector<uint32_t> OrderByPath(std::span<const ListedFile> files) {
  std::vector<uint32_t> order(files.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto by_path = [&](uint32_t a, uint32_t b) {
    const int compared = files[a].relative_path.compare(files[b].relative_path);
    return compared != 0 ? compared < 0 : files[a].uri < files[b].uri;
  };
  // Object stores list in this order already.
  if (!std::is_sorted(order.begin(), order.end(), by_path))
    std::sort(order.begin(), order.end(), by_path);
  return order;
}

bool IsClosedFolder(const ListedFile& file) {
  return file.relative_path.ends_with('/') && !file.unreadable_because.empty();
}

std::vector<std::string> FindResultFolders(std::span<const ListedFile> files) {
  constexpr std::string_view kRuns = "/_commits/op-";
  std::vector<std::string> folders;
  for (const ListedFile& file : files) {
    const std::string_view path = file.relative_path;
    const size_t at = path.rfind(kRuns);
    if (at == std::string_view::npos || at == 0 || !path.ends_with(".json")) continue;
    if (path.find('/', at + kRuns.size()) != std::string_view::npos) continue;
    folders.emplace_back(path.substr(0, at));
  }
  std::sort(folders.begin(), folders.end());
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  return folders;
}

std::string ReasonToLeaveOut(const ListedFile& file, const std::string& folder_reason,
                             std::span<const ListedFile> files, std::span<const uint32_t> order,
                             std::span<const std::string> result_folders) {
  const std::string& path = file.relative_path;
  if (path.empty() || path.ends_with('/')) {
    return file.unreadable_because.empty()
               ? "folder marker"
               : "folder cannot be listed: " + file.unreadable_because;
  }
  if (file.size_bytes == 0 && HoldsFiles(path, files, order)) return "folder marker";
  if (const std::string* results = FolderOfResults(path, result_folders))
    return fmt::format("results of scans: {}/_commits lists their runs", *results);
  if (!folder_reason.empty()) return folder_reason;
  const std::string_view name = SplitAtName(path).name;
  if (std::string reason = ReasonToSkipFile(name); !reason.empty()) return reason;
  if (const auto ending = ReadFileEnding(name); !ending) return ending.error();
  if (file.size_bytes == 0) return "empty (0 bytes)";
  if (!file.unreadable_because.empty()) return file.unreadable_because;
  if (file.is_archived) return "archived";
  return {};
}

}  // namespace assay::connectors
