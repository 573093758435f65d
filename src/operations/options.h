// What an installation decides about how operations run.

#pragma once

#include <cstdint>
#include <string>

namespace assay::operations {

struct OperationsOptions {
  /// All temporary files lie in its folder "tmp", which is emptied when the server starts.
  /// Empty: they lie in $TMPDIR.
  std::string data_directory;
  int workers = 2;                                // operations that run at the same time
  int64_t memory_limit_bytes = int64_t{4} << 30;  // of each operation's engine
  int threads = 0;                                // of each operation's engine; 0: one per core
  int64_t max_restarts = 2;  // of one operation after the process died under it
};

}  // namespace assay::operations
