#include "engine/duckdb/byte_text_file_system.h"

#include <algorithm>
#include <cstring>

#include "engine/parquet_footer.h"
#include "engine/reader_sql.h"

namespace assay::engine {
namespace {

// At the end of the file: the length of the metadata before, in 4 bytes, and "PAR1".
constexpr int64_t kTrailerBytes = 8;

/// The end of the file as it is to be seen: changed metadata, its length, and the magic number.
std::string ChangedTail(duckdb::FileHandle& file) {
  const auto size = static_cast<int64_t>(file.GetFileSize());
  std::string trailer(kTrailerBytes, '\0');
  if (size < kTrailerBytes)
    throw duckdb::InvalidInputException("too small to be a Parquet file");
  file.Read(trailer.data(), trailer.size(), static_cast<duckdb::idx_t>(size - kTrailerBytes));
  uint32_t length = 0;
  std::memcpy(&length, trailer.data(), sizeof(length));
  if (!trailer.ends_with("PAR1") || length > size - kTrailerBytes)
    throw duckdb::InvalidInputException("No magic bytes found at end of file");
  std::string metadata(length, '\0');
  file.Read(metadata.data(), length, static_cast<duckdb::idx_t>(size - kTrailerBytes - length));
  auto changed = DeclareTextsAsBytes(metadata);
  if (!changed) throw duckdb::InvalidInputException(changed.error().message);
  const auto changed_length = static_cast<uint32_t>(changed->size());
  std::memcpy(trailer.data(), &changed_length, sizeof(changed_length));
  return *changed + trailer;
}

}  // namespace

struct ByteTextFileSystem::ChangedHandle final : Handle {
  ChangedHandle(ByteTextFileSystem& file_system, const std::string& shown_path,
                duckdb::FileOpenFlags flags, duckdb::unique_ptr<duckdb::FileHandle> stored)
      : Handle(file_system, shown_path, flags, std::move(stored)), tail(ChangedTail(*file)) {}

  const std::string tail;  // in place of the last bytes; never longer than what it replaces
};

ByteTextFileSystem::ByteTextFileSystem(duckdb::FileSystem& files)
    : WrappedFileSystem(files, kByteTextPathPrefix) {}

duckdb::unique_ptr<duckdb::FileHandle> ByteTextFileSystem::OpenFile(
    const std::string& path, duckdb::FileOpenFlags flags,
    duckdb::optional_ptr<duckdb::FileOpener> opener) {
  return duckdb::make_uniq<ChangedHandle>(*this, path, flags, OpenBelow(path, opener));
}

void ByteTextFileSystem::Read(duckdb::FileHandle& shown, void* buffer, int64_t length,
                              duckdb::idx_t offset) {
  auto& handle = shown.Cast<ChangedHandle>();
  handle.file->Read(buffer, static_cast<duckdb::idx_t>(length), offset);
  const auto start = static_cast<int64_t>(offset);
  const int64_t tail_start = handle.size - std::ssize(handle.tail);
  const int64_t from = std::max(start, tail_start), to = std::min(start + length, handle.size);
  if (from < to) {
    std::memcpy(static_cast<char*>(buffer) + (from - start),
                handle.tail.data() + (from - tail_start), static_cast<size_t>(to - from));
  }
}

int64_t ByteTextFileSystem::Read(duckdb::FileHandle& shown, void* buffer, int64_t length) {
  const auto position = static_cast<int64_t>(SeekPosition(shown));
  const int64_t count = std::clamp(GetFileSize(shown) - position, int64_t{0}, length);
  if (count > 0) Read(shown, buffer, count, static_cast<duckdb::idx_t>(position));
  Seek(shown, static_cast<duckdb::idx_t>(position + count));
  return count;
}

}  // namespace assay::engine
