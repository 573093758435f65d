// Folders for files that no other user of the machine may read and that are gone afterwards.

#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace assay::operations {

/// A new folder of mode 0700 that goes away with the object, with all that is in it.
class TemporaryDirectory {
 public:
  /// "<parent>/<name>-<random>"; an empty `parent` is $TMPDIR, else /tmp. kUnavailable with the
  /// reason when it cannot be made.
  static Result<TemporaryDirectory> Make(const std::string& parent, std::string_view name);
  ~TemporaryDirectory();
  TemporaryDirectory(TemporaryDirectory&& other) noexcept
      : path_(std::exchange(other.path_, {})) {}
  TemporaryDirectory& operator=(TemporaryDirectory&&) = delete;

  const std::string& path() const { return path_; }

 private:
  explicit TemporaryDirectory(std::string path) : path_(std::move(path)) {}
  std::string path_;  // empty: moved from
};

/// "<data_directory>/tmp", made with mode 0700 when it is missing; empty for an empty
/// data_directory. kUnavailable when it cannot be made.
Result<std::string> TemporaryFolderOf(const std::string& data_directory);

/// Empties TemporaryFolderOf: what is in it was left by a process that was killed. Only for the
/// holder of the data directory's store::ProcessLock, before anything is written there.
Status ClearTemporaryFolderOf(const std::string& data_directory);

}  // namespace assay::operations
