#include "engine/duckdb/file_bytes.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/duckdb/query.h"
#include "engine/duckdb/session_internals.h"
#include "engine/plain_reader.h"
#include "engine/reader_sql.h"

namespace assay::engine {
namespace {

constexpr size_t kBlockBytes = size_t{1} << 20;
constexpr std::string_view kMark = "\xEF\xBB\xBF";  // U+FEFF

duckdb::FileSystem& FilesOf(Session& session) {
  return session.internals().database->instance->GetFileSystem();
}

/// `call()`, with what DuckDB's file systems throw as its error.
template <class Call>
auto Guarded(Call&& call) -> decltype(call()) {
  try {
    return call();
  } catch (const std::exception& exception) {
    const Error error = ToError(duckdb::ErrorData(exception));
    return Fail(error.kind, error.message);
  }
}

size_t ReadSome(duckdb::FileHandle& file, char* buffer, size_t size) {
  return static_cast<size_t>(std::max<int64_t>(0, file.Read(buffer, size)));
}

/// Gives `consume` what `read(buffer, size)` gets, until that is nothing.
template <class Read>
Status ReadAll(const std::stop_token& stop, const ByteConsumer& consume, const Read& read) {
  std::string block(kBlockBytes, '\0');
  while (true) {
    if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
    ASSAY_TRY(const size_t got, read(block.data(), block.size()));
    if (got == 0 || !consume(std::string_view(block.data(), got))) return {};
  }
}

}  // namespace

Status ReadStoredBytes(Session& session, const std::string& uri, const std::stop_token& stop,
                       const ByteConsumer& consume) {
  return Guarded([&]() -> Status {
    const auto file = FilesOf(session).OpenFile(uri, duckdb::FileFlags::FILE_FLAGS_READ);
    return ReadAll(stop, consume, [&](char* buffer, size_t size) -> Result<size_t> {
      return ReadSome(*file, buffer, size);
    });
  });
}

Status ReadPlainBytes(Session& session, const std::string& uri, const std::stop_token& stop,
                      const ByteConsumer& consume) {
  return Guarded([&]() -> Status {
    const auto file = FilesOf(session).OpenFile(uri, duckdb::FileFlags::FILE_FLAGS_READ);
    PlainReader plain([&](char* buffer, size_t size) { return ReadSome(*file, buffer, size); },
                      PlainReader::CutStream::kIsDamage);
    return ReadAll(stop, consume,
                   [&](char* buffer, size_t size) { return plain.Read(buffer, size); });
  });
}

Status ReadText(Session& session, const Dataset& dataset, const FileEncodings& encodings,
                size_t file_index, const std::stop_token& stop, const ByteConsumer& consume) {
  bool is_start = true;
  return ReadStoredBytes(session, TextFilePath(dataset, encodings, file_index), stop,
                         [&](std::string_view block) {
                           if (is_start && block.starts_with(kMark))
                             block.remove_prefix(kMark.size());
                           is_start = false;
                           return consume(block);
                         });
}

Result<std::optional<std::string>> ReadSmallFile(Session& session, const std::string& uri,
                                                 int64_t max_bytes,
                                                 const std::stop_token& stop) {
  std::optional<std::string> content;
  const Status read = Guarded([&]() -> Status {
    if (!FilesOf(session).FileExists(uri)) return {};
    content.emplace();
    return ReadStoredBytes(session, uri, stop, [&](std::string_view block) {
      *content += block;
      return std::ssize(*content) <= max_bytes;
    });
  });
  if (!read) {
    const auto cause = session.internals().file_system->TakeError(uri);
    return std::unexpected(cause.value_or(read.error()));
  }
  if (content && std::ssize(*content) > max_bytes) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("larger than {} bytes: {}", max_bytes, uri));
  }
  return content;
}

}  // namespace assay::engine
