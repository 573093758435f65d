// Parquet files whose text columns are shown to DuckDB as bytes.

#pragma once

#include <string>

#include "engine/duckdb/wrapped_file_system.h"

namespace assay::engine {

/// Opens "assay-bytes:PATH": the Parquet file at PATH of `files`, with another description of
/// its columns (DeclareTextsAsBytes), because DuckDB refuses a file with one text that is not
/// UTF-8. Failures are those of PATH's own file system.
class ByteTextFileSystem final : public WrappedFileSystem {
 public:
  /// `files` outlives this.
  explicit ByteTextFileSystem(duckdb::FileSystem& files);

  std::string GetName() const override { return "ByteTextFileSystem"; }
  bool OnDiskFile(duckdb::FileHandle&) override { return false; }
  duckdb::unique_ptr<duckdb::FileHandle> OpenFile(
      const std::string& path, duckdb::FileOpenFlags flags,
      duckdb::optional_ptr<duckdb::FileOpener> opener) override;
  void Read(duckdb::FileHandle& handle, void* buffer, int64_t length,
            duckdb::idx_t offset) override;
  int64_t Read(duckdb::FileHandle& handle, void* buffer, int64_t length) override;

 private:
  struct ChangedHandle;
};

}  // namespace assay::engine
