#include "engine/duckdb/utf8_file_system.h"

#include <fmt/format.h>

#include <mutex>

#include "engine/reader_sql.h"
#include "engine/utf8.h"

namespace assay::engine {

struct Utf8FileSystem::CheckedHandle final : Handle {
  using Handle::Handle;

  void Check(const void* bytes, int64_t count, int64_t offset) {
    const std::lock_guard lock(mutex);
    const auto fault = front.Add(
        offset, std::string_view(static_cast<const char*>(bytes), static_cast<size_t>(count)),
        offset + count == size ? InputEnds::kYes : InputEnds::kNo);
    if (fault) ThrowNotUtf8(*fault);
  }

  std::mutex mutex;
  Utf8Front front;  // guarded by mutex
};

void ThrowNotUtf8(int64_t position) {
  throw duckdb::InvalidInputException(
      fmt::format("the text is not UTF-8 at byte {}", position));
}

Utf8FileSystem::Utf8FileSystem(duckdb::FileSystem& files)
    : WrappedFileSystem(files, kUtf8PathPrefix) {}

bool Utf8FileSystem::OnDiskFile(duckdb::FileHandle& handle) {
  return handle.Cast<CheckedHandle>().file->OnDiskFile();
}

duckdb::unique_ptr<duckdb::FileHandle> Utf8FileSystem::OpenFile(
    const std::string& path, duckdb::FileOpenFlags flags,
    duckdb::optional_ptr<duckdb::FileOpener> opener) {
  return duckdb::make_uniq<CheckedHandle>(*this, path, flags, OpenBelow(path, opener));
}

void Utf8FileSystem::Read(duckdb::FileHandle& shown, void* buffer, int64_t length,
                          duckdb::idx_t offset) {
  auto& handle = shown.Cast<CheckedHandle>();
  handle.file->Read(buffer, static_cast<duckdb::idx_t>(length), offset);
  handle.Check(buffer, length, static_cast<int64_t>(offset));
}

int64_t Utf8FileSystem::Read(duckdb::FileHandle& shown, void* buffer, int64_t length) {
  auto& handle = shown.Cast<CheckedHandle>();
  const auto offset = static_cast<int64_t>(handle.file->SeekPosition());
  const int64_t count = handle.file->Read(buffer, static_cast<duckdb::idx_t>(length));
  if (count > 0) handle.Check(buffer, count, offset);
  return count;
}

}  // namespace assay::engine
