// Which listed files are no data, and why.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/connector.h"

namespace assay::connectors {

/// A path cut at its last '/'.
struct SplitPath {
  std::string_view folder;  // without '/' at its end; "" at the top
  std::string_view name;
};
SplitPath SplitAtName(std::string_view relative_path);

/// The positions of `files` in bytewise order of their paths.
std::vector<uint32_t> OrderByPath(std::span<const ListedFile> files);

/// Whether it stands for a folder that could not be listed.
bool IsClosedFolder(const ListedFile& file);

/// The folders that hold what scans wrote (docs/enrichment.md): those below the root with a
/// record of a finished run, "_commits/op-<id>.json". A root that is such a folder itself is
/// not among them: who names it wants to read it. Sorted.
std::vector<std::string> FindResultFolders(std::span<const ListedFile> files);

/// Why `file` is left out; empty if it is data. `order` is OrderByPath of all files, to
/// recognise an empty object that stands for a folder; `result_folders` those of
/// FindResultFolders. The folder's own reasons are given by ReadFolders.
std::string ReasonToLeaveOut(const ListedFile& file, const std::string& folder_reason,
                             std::span<const ListedFile> files, std::span<const uint32_t> order,
                             std::span<const std::string> result_folders);

}  // namespace assay::connectors
