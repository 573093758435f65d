#include "engine/plain_reader.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "engine/file_detection.h"

namespace assay::engine {
namespace {

constexpr size_t kBlockBytes = size_t{128} << 10;

/// The compressed bytes not yet used.
class Input {
 public:
  explicit Input(const PlainReader::Source& source) : source_(source) {
    block_.reserve(kBlockBytes);
  }

  /// Makes at least one byte available unless the stream is at its end.
  bool Fill() {
    if (used_ < block_.size()) return true;
    block_.resize(kBlockBytes);
    block_.resize(source_(block_.data(), kBlockBytes));
    used_ = 0;
    return !block_.empty();
  }
  /// The same for the first bytes: as many as a magic number has, if there are.
  bool FillHead() {
    constexpr size_t kMagicBytes = 4;
    block_.resize(kBlockBytes);
    size_t filled = 0;
    while (filled < kMagicBytes) {
      const size_t got = source_(block_.data() + filled, kBlockBytes - filled);
      if (got == 0) break;
      filled += got;
    }
    block_.resize(filled);
    return filled > 0;
  }
  std::string_view rest() const { return std::string_view(block_).substr(used_); }
  void Use(size_t bytes) { used_ += bytes; }

 private:
  const PlainReader::Source& source_;
  std::string block_;
  size_t used_ = 0;
};

}  // namespace

class PlainReader::Codec {
 public:
  virtual ~Codec() = default;
  virtual Result<size_t> Read(char* out, size_t size) = 0;
};

namespace {

class Stored final : public PlainReader::Codec {
 public:
  explicit Stored(Input input) : input_(std::move(input)) {}

  Result<size_t> Read(char* out, size_t size) override {
    if (!input_.Fill()) return 0;
    const size_t count = std::min(size, input_.rest().size());
    std::memcpy(out, input_.rest().data(), count);
    input_.Use(count);
    return count;
  }

 private:
  Input input_;
};

class Gzip final : public PlainReader::Codec {
 public:
  Gzip(Input input, PlainReader::CutStream cut_stream)
      : input_(std::move(input)), cut_stream_(cut_stream) {
    constexpr int kGzipWindow = 15 + 16;  // zlib's way to ask for the gzip wrapper
    is_ready_ = inflateInit2(&stream_, kGzipWindow) == Z_OK;
  }
  ~Gzip() override { inflateEnd(&stream_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  Result<size_t> Read(char* out, size_t size) override {
    if (!is_ready_) return Fail(ErrorKind::kResourceLimit, "no memory to decompress a file");
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = static_cast<uInt>(std::min<size_t>(size, UINT32_MAX));
    const uInt room = stream_.avail_out;
    while (stream_.avail_out == room) {
      if (!input_.Fill()) {
        if (is_between_members_ || cut_stream_ == PlainReader::CutStream::kIsEnd) return 0;
        return Fail(ErrorKind::kCorruptData,
                    "the file is cut off, write it again: its gzip compression ends too early");
      }
      // Zeros may fill up the last block of a tape; other bytes after a member belong to a next
      // one.
      if (is_between_members_ && input_.rest().front() == '\0') {
        input_.Use(1);
        continue;
      }
      is_between_members_ = false;
      const std::string_view in = input_.rest();
      // zlib does not write to its input.
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
      stream_.avail_in = static_cast<uInt>(in.size());
      const int code = inflate(&stream_, Z_NO_FLUSH);
      input_.Use(in.size() - stream_.avail_in);
      if (code == Z_STREAM_END) {
        is_between_members_ = true;
        inflateReset(&stream_);
      } else if (code != Z_OK && code != Z_BUF_ERROR) {
        return Fail(ErrorKind::kCorruptData, "the gzip compression is damaged");
      }
    }
    return room - stream_.avail_out;
  }

 private:
  Input input_;
  const PlainReader::CutStream cut_stream_;
  z_stream stream_{};
  bool is_ready_ = false;
  bool is_between_members_ = false;
};

class Zstandard final : public PlainReader::Codec {
 public:
  Zstandard(Input input, PlainReader::CutStream cut_stream)
      : input_(std::move(input)),
        cut_stream_(cut_stream),
        context_(ZSTD_createDCtx(), ZSTD_freeDCtx) {}

  Result<size_t> Read(char* out, size_t size) override {
    if (!context_) return Fail(ErrorKind::kResourceLimit, "no memory to decompress a file");
    ZSTD_outBuffer plain{.dst = out, .size = size, .pos = 0};
    while (plain.pos == 0) {
      const bool has_input = input_.Fill();
      if (!has_input && is_between_frames_) return 0;
      const std::string_view rest = input_.rest();
      ZSTD_inBuffer in{.src = rest.data(), .size = has_input ? rest.size() : 0, .pos = 0};
      const size_t code = ZSTD_decompressStream(context_.get(), &plain, &in);
      if (ZSTD_isError(code) != 0)
        return Fail(ErrorKind::kCorruptData, "the zstd compression is damaged");
      input_.Use(in.pos);
      is_between_frames_ = code == 0;
      if (!has_input && plain.pos == 0) {  // nothing left to flush either
        if (cut_stream_ == PlainReader::CutStream::kIsEnd) return 0;
        return Fail(ErrorKind::kCorruptData,
                    "the file is cut off, write it again: its zstd compression ends too early");
      }
    }
    return plain.pos;
  }

 private:
  Input input_;
  const PlainReader::CutStream cut_stream_;
  std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> context_;
  bool is_between_frames_ = false;
};

}  // namespace

PlainReader::PlainReader(Source source, CutStream cut_stream)
    : source_(std::move(source)), cut_stream_(cut_stream) {}
PlainReader::~PlainReader() = default;

Result<size_t> PlainReader::Read(char* out, size_t size) {
  if (!codec_) {
    Input input(source_);
    const Compression compression =
        input.FillHead() ? DetectCompression(input.rest()) : Compression::kNone;
    switch (compression) {
      case Compression::kNone: codec_ = std::make_unique<Stored>(std::move(input)); break;
      case Compression::kGzip:
        codec_ = std::make_unique<Gzip>(std::move(input), cut_stream_);
        break;
      case Compression::kZstd:
        codec_ = std::make_unique<Zstandard>(std::move(input), cut_stream_);
        break;
    }
  }
  return codec_->Read(out, size);
}

}  // namespace assay::engine
