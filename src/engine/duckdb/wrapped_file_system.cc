#include "engine/duckdb/wrapped_file_system.h"

namespace assay::engine {

WrappedFileSystem::Handle::Handle(WrappedFileSystem& file_system, const std::string& path,
                                  duckdb::FileOpenFlags flags,
                                  duckdb::unique_ptr<duckdb::FileHandle> below)
    : FileHandle(file_system, path, flags),
      file(std::move(below)),
      size(static_cast<int64_t>(file->GetFileSize())) {}

duckdb::unique_ptr<duckdb::FileHandle> WrappedFileSystem::OpenBelow(
    const std::string& path, duckdb::optional_ptr<duckdb::FileOpener> opener) {
  return files_.OpenFile(PathBelow(path), duckdb::FileFlags::FILE_FLAGS_READ, opener);
}

void WrappedFileSystem::Seek(duckdb::FileHandle& handle, duckdb::idx_t offset) {
  handle.Cast<Handle>().file->Seek(offset);
}
void WrappedFileSystem::Reset(duckdb::FileHandle& handle) {
  Seek(handle, 0);
}
duckdb::idx_t WrappedFileSystem::SeekPosition(duckdb::FileHandle& handle) {
  return handle.Cast<Handle>().file->SeekPosition();
}
int64_t WrappedFileSystem::GetFileSize(duckdb::FileHandle& handle) {
  return handle.Cast<Handle>().size;
}

duckdb::timestamp_t WrappedFileSystem::GetLastModifiedTime(duckdb::FileHandle& handle) {
  return files_.GetLastModifiedTime(*handle.Cast<Handle>().file);
}

std::string WrappedFileSystem::GetVersionTag(duckdb::FileHandle& handle) {
  return files_.GetVersionTag(*handle.Cast<Handle>().file);
}

duckdb::FileType WrappedFileSystem::GetFileType(duckdb::FileHandle&) {
  return duckdb::FileType::FILE_TYPE_REGULAR;
}

bool WrappedFileSystem::FileExists(const std::string& path,
                                   duckdb::optional_ptr<duckdb::FileOpener> opener) {
  return files_.FileExists(PathBelow(path), opener);
}

duckdb::vector<duckdb::OpenFileInfo> WrappedFileSystem::Glob(const std::string& path,
                                                             duckdb::FileOpener*) {
  return {duckdb::OpenFileInfo(path)};
}

}  // namespace assay::engine
