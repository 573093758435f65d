// Reads the folders above a file: "k=v" levels are partition fields, dates and numbers are
// places where one table is cut, everything else is part of the name.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::connectors {

struct FolderLevels {
  std::string pattern;            // "sales/*/*": without "k=v" levels
  std::string pattern_with_keys;  // "sales/year=*/*"
  std::vector<std::pair<std::string, std::string>>
      partition_values;        // outermost first, decoded
  std::string reason_to_skip;  // not empty: a level is hidden
};

/// `folder` is relative, '/' separated, without '/' at its end; "" is the root. O(length).
FolderLevels ReadFolders(std::string_view folder);

/// Resolves "%3A" and the like; a '%' that starts no escape stays.
std::string DecodePercent(std::string_view text);

}  // namespace assay::connectors
