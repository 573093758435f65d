// Local files that survive a crash of the machine once a call returns.

#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay::connectors {

/// Makes `path` a folder, with all folders above it that are missing. Each new name is on disk.
Status MakeFolders(const std::string& path);

/// Copies a file to `target`, which must not exist, and writes it to disk. Returns its size.
/// On failure or kCancelled there is no `target`.
Result<int64_t> CopyDurably(const std::string& source, const std::string& target,
                            std::stop_token stop);

/// The same with bytes in memory.
Status WriteDurably(const std::string& target, std::string_view bytes);

/// Renames a file over `target` (atomically) and writes the change of both folders to disk.
/// kNotFound when there is no `source`.
Status RenameDurably(const std::string& source, const std::string& target);

}  // namespace assay::connectors
