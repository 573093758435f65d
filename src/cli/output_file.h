// Result files that appear whole or not at all.

#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/console.h"

namespace assay::cli {

/// A place for one result, "-" being stdout. Opened before the work starts, so that a path that
/// cannot be written is known at once; written to a temporary file beside it and renamed.
class OutputFile {
 public:
  /// kNotFound, kDenied, ... when the file cannot be made. An existing file stays as it is
  /// until Write. What is no regular file (a pipe, /dev/null) is written directly.
  static Result<OutputFile> Open(const std::string& path);
  ~OutputFile();
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) noexcept;

  /// Writes all of `text` and makes it visible. Once.
  Status Write(std::string_view text, Console& console);

  /// Removes the temporary files of all open outputs: for a process that ends at once.
  static void RemoveAllTemporary();

 private:
  OutputFile(std::string path, std::string temporary_path, int descriptor);
  void Drop();

  std::string path_;            // "-": stdout
  std::string temporary_path_;  // empty: written directly, or written already
  int descriptor_ = -1;
};

}  // namespace assay::cli
