// Text files of any encoding and compression, shown to DuckDB as plain UTF-8.

#pragma once

#include <memory>
#include <string>

#include "engine/duckdb/duckdb_library.h"

namespace assay::engine {

/// Opens "assay-decode:ENCODING:PATH", which TextFileArguments() writes: the file at PATH of
/// `files`, decompressed as its first bytes say, through the TextDecoder of that encoding
/// ("plain": none, and what is not UTF-8 is refused as by Utf8FileSystem). Other than DuckDB's
/// own decompression it refuses streams that are cut.
///
/// Read from the start to the end only, as compressed files are; the size it tells is that of
/// the file at PATH. Failures are those of PATH's own file system.
class DecodingFileSystem final : public duckdb::FileSystem {
 public:
  /// `files` outlives this.
  explicit DecodingFileSystem(duckdb::FileSystem& files) : files_(files) {}

  std::string GetName() const override { return "DecodingFileSystem"; }
  bool CanHandleFile(const std::string& path) override;
  bool CanSeek() override { return false; }
  bool OnDiskFile(duckdb::FileHandle&) override { return false; }
  bool IsPipe(const std::string&, duckdb::optional_ptr<duckdb::FileOpener>) override {
    return false;
  }
  duckdb::unique_ptr<duckdb::FileHandle> OpenFile(
      const std::string& path, duckdb::FileOpenFlags flags,
      duckdb::optional_ptr<duckdb::FileOpener> opener) override;
  int64_t Read(duckdb::FileHandle& handle, void* buffer, int64_t length) override;
  void Reset(duckdb::FileHandle& handle) override;
  duckdb::idx_t SeekPosition(duckdb::FileHandle& handle) override;
  int64_t GetFileSize(duckdb::FileHandle& handle) override;
  duckdb::timestamp_t GetLastModifiedTime(duckdb::FileHandle& handle) override;
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
