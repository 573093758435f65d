// Text files that are plain UTF-8, refused at the first byte that is not.

#pragma once

#include <string>

#include "engine/duckdb/wrapped_file_system.h"

namespace assay::engine {

/// Opens "assay-utf8:PATH": the file at PATH of `files`, byte for byte. A read of a byte that
/// is not UTF-8 fails with duckdb::InvalidInputException, so that the file is read anew through
/// a decoder (ReadEscapingFaults). DuckDB's reader of delimited files does not look at columns
/// that a query does not need, and fails inside, for good, at texts that are not UTF-8 of one
/// that it needs when it is not the first. Other failures are those of PATH's own file system.
class Utf8FileSystem final : public WrappedFileSystem {
 public:
  /// `files` outlives this.
  explicit Utf8FileSystem(duckdb::FileSystem& files);

  std::string GetName() const override { return "Utf8FileSystem"; }
  bool OnDiskFile(duckdb::FileHandle& handle) override;
  duckdb::unique_ptr<duckdb::FileHandle> OpenFile(
      const std::string& path, duckdb::FileOpenFlags flags,
      duckdb::optional_ptr<duckdb::FileOpener> opener) override;
  void Read(duckdb::FileHandle& handle, void* buffer, int64_t length,
            duckdb::idx_t offset) override;
  int64_t Read(duckdb::FileHandle& handle, void* buffer, int64_t length) override;

 private:
  struct CheckedHandle;
};

/// The exception of such a read; `position`: of the byte in the plain text.
[[noreturn]] void ThrowNotUtf8(int64_t position);

}  // namespace assay::engine
