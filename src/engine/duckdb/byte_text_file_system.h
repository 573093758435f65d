// Parquet files whose text columns are shown to DuckDB as bytes.

#pragma once

#include <string>

#include "engine/duckdb/duckdb_library.h"

namespace assay::engine {

/// Opens "assay-bytes:PATH": the Parquet file at PATH of `files`, with another description of
/// its columns (DeclareTextsAsBytes), because DuckDB refuses a file with one text that is not
/// UTF-8. Failures are those of PATH's own file system.
class ByteTextFileSystem final : public duckdb::FileSystem {
 public:
  /// `files` outlives this.
  explicit ByteTextFileSystem(duckdb::FileSystem& files) : files_(files) {}

  std::string GetName() const override { return "ByteTextFileSystem"; }
  bool CanHandleFile(const std::string& path) override;
  bool CanSeek() override { return true; }
  bool OnDiskFile(duckdb::FileHandle&) override { return false; }
  bool IsPipe(const std::string&, duckdb::optional_ptr<duckdb::FileOpener>) override {
    return false;
  }
  duckdb::unique_ptr<duckdb::FileHandle> OpenFile(
      const std::string& path, duckdb::FileOpenFlags flags,
      duckdb::optional_ptr<duckdb::FileOpener> opener) override;
  void Read(duckdb::FileHandle& handle, void* buffer, int64_t length,
            duckdb::idx_t offset) override;
  int64_t Read(duckdb::FileHandle& handle, void* buffer, int64_t length) override;
  void Seek(duckdb::FileHandle& handle, duckdb::idx_t offset) override;
  void Reset(duckdb::FileHandle& handle) override;
  duckdb::idx_t SeekPosition(duckdb::FileHandle& handle) override;
  int64_t GetFileSize(duckdb::FileHandle& handle) override;
  duckdb::timestamp_t GetLastModifiedTime(duckdb::FileHandle& handle) override;
  std::string GetVersionTag(duckdb::FileHandle& handle) override;
  duckdb::FileType GetFileType(duckdb::FileHandle& handle) override;
  bool FileExists(const std::string& path,
                  duckdb::optional_ptr<duckdb::FileOpener> opener) override;
  duckdb::vector<duckdb::OpenFileInfo> Glob(const std::string& path,
                                            duckdb::FileOpener* opener) override;

 private:
  struct Handle;
  duckdb::FileSystem& files_;
};

}  // namespace assay::engine
