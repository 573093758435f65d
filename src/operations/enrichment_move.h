// Moving the tables of one prefix to another, when a datastore's enrichment prefix changes.

#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "connectors/connector.h"

namespace assay::operations {

/// Moves every file below the folder of prefix `from` to that of `to`, commit files with their
/// paths set right; returns how many. Stores have no rename, so all are copied first, then the
/// old ones removed, commit files ahead of what they list: whoever reads the files that commit
/// files list sees whole runs in either place. After a failure, kCancelled or a crash both
/// places may hold files: repeating it finishes the move. Nothing may be staged or pending
/// below `from`. `on_file` is called after each file that was copied.
///
/// A file is held in memory while it is copied; three requests a file.
Result<int64_t> MoveEnrichment(connectors::ResultWriter& writer, const std::string& from,
                               const std::string& to, const std::function<void()>& on_file,
                               const std::stop_token& stop);

}  // namespace assay::operations
