#include "engine/duckdb/encoding_detection.h"

#include <algorithm>

#include "engine/duckdb/query.h"
#include "engine/duckdb/session_internals.h"
#include "engine/file_detection.h"
#include "engine/plain_reader.h"

namespace assay::engine {
namespace {

// A zstd stream shows nothing before its first block is whole, which takes up to 128 KiB.
constexpr size_t kHeadBytes = size_t{192} << 10;

/// The first bytes of a file, as stored, through whatever file system it is on.
Result<std::string> ReadHead(Session& session, const std::string& uri) {
  try {
    auto& file_system = session.internals().database->instance->GetFileSystem();
    const auto handle = file_system.OpenFile(uri, duckdb::FileFlags::FILE_FLAGS_READ);
    std::string head(kHeadBytes, '\0');
    size_t filled = 0;
    while (filled < head.size()) {
      const int64_t got = handle->Read(head.data() + filled, head.size() - filled);
      if (got <= 0) break;
      filled += static_cast<size_t>(got);
    }
    head.resize(filled);
    return head;
  } catch (const std::exception& exception) {
    const Error error = ToError(duckdb::ErrorData(exception));
    return Fail(error.kind, error.message);
  }
}

/// The plain text from the first byte on that is not ASCII, at most about `max_bytes`.
Result<std::string> TextBeyondAscii(Session& session, const std::string& uri,
                                    size_t max_bytes) {
  try {
    auto& file_system = session.internals().database->instance->GetFileSystem();
    const auto handle = file_system.OpenFile(uri, duckdb::FileFlags::FILE_FLAGS_READ);
    PlainReader reader(
        [&](char* buffer, size_t size) {
          return static_cast<size_t>(std::max<int64_t>(0, handle->Read(buffer, size)));
        },
        PlainReader::CutStream::kIsEnd);
    std::string text, block(kHeadBytes, '\0');
    while (text.size() < max_bytes) {
      ASSAY_TRY(const size_t got, reader.Read(block.data(), block.size()));
      if (got == 0) break;
      const std::string_view read(block.data(), got);
      const auto is_beyond = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
      text += text.empty() ? read.substr(static_cast<size_t>(
                                 std::ranges::find_if(read, is_beyond) - read.begin()))
                           : read;
    }
    return text;
  } catch (const std::exception& exception) {
    const Error error = ToError(duckdb::ErrorData(exception));
    return Fail(error.kind, error.message);
  }
}

}  // namespace

std::string EncodingAfterFault(Session& session, const Dataset& dataset, size_t file_index) {
  constexpr const char* kFaulty = "utf-8";
  constexpr size_t kSampleBytes = size_t{1} << 20;
  if (dataset.format != FileFormat::kDelimited || dataset.options.encoding) return kFaulty;
  const auto text = TextBeyondAscii(session, dataset.files[file_index].uri, kSampleBytes);
  if (!text) return kFaulty;
  switch (DetectTextEncoding(*text).encoding) {
    case TextEncoding::kLatin1: return "latin-1";
    case TextEncoding::kWindows1252: return "windows-1252";
    case TextEncoding::kUtf8:
    case TextEncoding::kUtf16LittleEndian:
    case TextEncoding::kUtf16BigEndian:
    case TextEncoding::kBinary: break;
  }
  return kFaulty;
}

Status DetectEncoding(Session& session, const Dataset& dataset, size_t file_index,
                      FileEncodings& encodings) {
  std::string encoding;
  bool has_mark = false;
  if (dataset.options.encoding) {
    encoding = *dataset.options.encoding;
  } else {
    ASSAY_TRY(const std::string head, ReadHead(session, dataset.files[file_index].uri));
    Result<std::string> detected = DetectEncodingName(head);
    if (!detected) {
      const std::string& uri = dataset.files[file_index].uri;
      const bool lacks_compression = (uri.ends_with(".gz") || uri.ends_with(".zst")) &&
                                     DetectCompression(head) == Compression::kNone;
      if (lacks_compression)
        return Fail(
            ErrorKind::kCorruptData,
            "the file is not compressed as its name says (gzip or zstd) and holds no text");
      return std::unexpected(detected.error());
    }
    encoding = *std::move(detected);
    ASSAY_TRY(const std::string plain, DecompressHead(head, 4));
    has_mark = DetectTextEncoding(plain).mark_bytes > 0;
  }
  // JSON has no encodings of one byte: what looks like one is UTF-8 with faults.
  if (dataset.format == FileFormat::kJson && !encoding.starts_with("utf-")) encoding = "utf-8";
  // DuckDB's reader of delimited files knows the mark of UTF-8, that of JSON does not.
  const bool is_plain =
      encoding == "utf-8" && !(has_mark && dataset.format == FileFormat::kJson);
  encodings.Set(file_index, is_plain ? "" : encoding);
  return {};
}

}  // namespace assay::engine
