#include "engine/duckdb/decoding_file_system.h"

#include <algorithm>
#include <cstring>

#include "engine/duckdb/utf8_file_system.h"
#include "engine/plain_reader.h"
#include "engine/reader_sql.h"
#include "engine/text_decoder.h"
#include "engine/utf8.h"

namespace assay::engine {
namespace {

constexpr size_t kBlockBytes = size_t{256} << 10;

struct EncodedPath {
  std::string encoding, path;
};

EncodedPath Split(const std::string& decoded_path) {
  const size_t from = kDecodedPathPrefix.size();
  const size_t colon = decoded_path.find(':', from);
  return {decoded_path.substr(from, colon - from), decoded_path.substr(colon + 1)};
}

/// None where the bytes are UTF-8 already.
std::unique_ptr<TextDecoder> MakeDecoder(const std::string& encoding) {
  if (encoding == kPlainEncoding) return nullptr;
  auto decoder = TextDecoder::Make(encoding);
  if (!decoder) throw duckdb::InvalidInputException(decoder.error().message);
  return *std::move(decoder);
}

}  // namespace

struct DecodingFileSystem::Handle final : duckdb::FileHandle {
  Handle(DecodingFileSystem& file_system, const std::string& decoded_path,
         duckdb::FileOpenFlags flags, std::string encoding_name,
         duckdb::unique_ptr<duckdb::FileHandle> encoded_file)
      : FileHandle(file_system, decoded_path, flags),
        encoding(std::move(encoding_name)),
        file(std::move(encoded_file)) {
    Start();
  }

  void Close() override {}

  void Start() {
    decoder = MakeDecoder(encoding);
    plain = std::make_unique<PlainReader>(
        [this](char* buffer, size_t size) {
          return static_cast<size_t>(std::max<int64_t>(0, file->Read(buffer, size)));
        },
        PlainReader::CutStream::kIsDamage);
    front = {};
    checked = 0;
    text.clear();
    used = 0;
    position = 0;
    is_at_end = false;
  }

  /// Reads the next bytes; 0 at the end.
  size_t ReadPlain(char* buffer, size_t size) {
    const Result<size_t> got = plain->Read(buffer, size);
    if (!got) throw duckdb::IOException(got.error().message);
    if (!decoder) Check({buffer, *got});
    return *got;
  }

  void Check(std::string_view block) {
    const auto fault =
        front.Add(checked, block, block.empty() ? InputEnds::kYes : InputEnds::kNo);
    if (fault) ThrowNotUtf8(*fault);
    checked += static_cast<int64_t>(block.size());
  }

  /// Decodes the next block into `text`; false at the end of the file.
  bool Advance() {
    text.clear();
    used = 0;
    while (text.empty() && !is_at_end) {
      block.resize(kBlockBytes);
      const size_t got = ReadPlain(block.data(), kBlockBytes);
      is_at_end = got == 0;
      decoder->Decode(std::string_view(block.data(), got),
                      is_at_end ? InputEnds::kYes : InputEnds::kNo, text);
    }
    return !text.empty();
  }

  const std::string encoding;
  const duckdb::unique_ptr<duckdb::FileHandle> file;
  std::unique_ptr<PlainReader> plain;
  std::unique_ptr<TextDecoder> decoder;
  Utf8Front front;          // of what is read without a decoder,
  int64_t checked = 0;      // of which it has seen so much
  std::string block, text;  // text: decoded, of which `used` bytes were read
  size_t used = 0;
  duckdb::idx_t position = 0;
  bool is_at_end = false;
};

bool DecodingFileSystem::CanHandleFile(const std::string& path) {
  return path.starts_with(kDecodedPathPrefix);
}

duckdb::unique_ptr<duckdb::FileHandle> DecodingFileSystem::OpenFile(
    const std::string& path, duckdb::FileOpenFlags flags,
    duckdb::optional_ptr<duckdb::FileOpener> opener) {
  const EncodedPath encoded = Split(path);
  auto file = files_.OpenFile(encoded.path, duckdb::FileFlags::FILE_FLAGS_READ, opener);
  return duckdb::make_uniq<Handle>(*this, path, flags, encoded.encoding, std::move(file));
}

int64_t DecodingFileSystem::Read(duckdb::FileHandle& file, void* buffer, int64_t length) {
  auto& handle = file.Cast<Handle>();
  auto* const out = static_cast<char*>(buffer);
  int64_t filled = 0;
  while (!handle.decoder && filled < length) {
    const size_t got = handle.ReadPlain(out + filled, static_cast<size_t>(length - filled));
    if (got == 0) break;
    filled += static_cast<int64_t>(got);
  }
  while (handle.decoder && filled < length &&
         (handle.used < handle.text.size() || handle.Advance())) {
    const size_t count =
        std::min(handle.text.size() - handle.used, static_cast<size_t>(length - filled));
    std::memcpy(out + filled, handle.text.data() + handle.used, count);
    handle.used += count;
    filled += static_cast<int64_t>(count);
  }
  handle.position += static_cast<duckdb::idx_t>(filled);
  return filled;
}

void DecodingFileSystem::Reset(duckdb::FileHandle& file) {
  auto& handle = file.Cast<Handle>();
  handle.file->Reset();
  handle.Start();
}

duckdb::idx_t DecodingFileSystem::SeekPosition(duckdb::FileHandle& file) {
  return file.Cast<Handle>().position;
}

int64_t DecodingFileSystem::GetFileSize(duckdb::FileHandle& file) {
  return static_cast<int64_t>(file.Cast<Handle>().file->GetFileSize());
}

duckdb::timestamp_t DecodingFileSystem::GetLastModifiedTime(duckdb::FileHandle& file) {
  return files_.GetLastModifiedTime(*file.Cast<Handle>().file);
}

duckdb::FileType DecodingFileSystem::GetFileType(duckdb::FileHandle&) {
  return duckdb::FileType::FILE_TYPE_REGULAR;
}

bool DecodingFileSystem::FileExists(const std::string& path,
                                    duckdb::optional_ptr<duckdb::FileOpener> opener) {
  return files_.FileExists(Split(path).path, opener);
}

duckdb::vector<duckdb::OpenFileInfo> DecodingFileSystem::Glob(const std::string& path,
                                                              duckdb::FileOpener*) {
  return {duckdb::OpenFileInfo(path)};
}

}  // namespace assay::engine
