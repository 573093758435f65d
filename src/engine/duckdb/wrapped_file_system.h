// What file systems have in common that show the files of another one in a different way.

#pragma once

#include <string>
#include <string_view>

#include "engine/duckdb/duckdb_library.h"

namespace assay::engine {

/// Opens paths "PREFIXPATH" as the file at PATH of `files`; how bytes are read is left to the
/// derived class. Size, place, time and version are those of the file below, as are failures.
class WrappedFileSystem : public duckdb::FileSystem {
 public:
  bool CanHandleFile(const std::string& path) override { return path.starts_with(prefix_); }
  bool CanSeek() override { return true; }
  bool IsPipe(const std::string&, duckdb::optional_ptr<duckdb::FileOpener>) override {
    return false;
  }
  void Seek(duckdb::FileHandle& handle, duckdb::idx_t offset) override;
  void Reset(duckdb::FileHandle& handle) override;
  duckdb::idx_t SeekPosition(duckdb::FileHandle& handle) override;
  int64_t GetFileSize(duckdb::FileHandle& handle) override;
  duckdb::timestamp_t GetLastModifiedTime(duckdb::FileHandle& handle) override;
  std::string GetVersionTag(duckdb::FileHandle& handle) override;
  duckdb::FileType GetFileType(duckdb::FileHandle&) override;
  bool FileExists(const std::string& path,
                  duckdb::optional_ptr<duckdb::FileOpener> opener) override;
  /// The path itself: paths are exact.
  duckdb::vector<duckdb::OpenFileInfo> Glob(const std::string& path,
                                            duckdb::FileOpener* opener) override;

 protected:
  /// Both outlive this.
  WrappedFileSystem(duckdb::FileSystem& files, std::string_view prefix)
      : files_(files), prefix_(prefix) {}

  struct Handle : duckdb::FileHandle {
    Handle(WrappedFileSystem& file_system, const std::string& path, duckdb::FileOpenFlags flags,
           duckdb::unique_ptr<duckdb::FileHandle> below);
    void Close() override {}

    const duckdb::unique_ptr<duckdb::FileHandle> file;
    const int64_t size;
  };

  /// The file at the path behind the prefix.
  duckdb::unique_ptr<duckdb::FileHandle> OpenBelow(
      const std::string& path, duckdb::optional_ptr<duckdb::FileOpener> opener);

 private:
  std::string PathBelow(const std::string& path) const { return path.substr(prefix_.size()); }

  duckdb::FileSystem& files_;
  const std::string_view prefix_;
};

}  // namespace assay::engine
