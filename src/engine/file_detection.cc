#include "engine/file_detection.h"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <memory>

namespace assay::engine {
namespace {

// Enough to see an encoding; the reader's own sample is of the same order.
constexpr size_t kSampleBytes = size_t{1} << 20;

unsigned char Byte(std::string_view bytes, size_t i) {
  return static_cast<unsigned char>(bytes[i]);
}

Result<std::string> GunzipHead(std::string_view head, size_t max_bytes) {
  constexpr int kGzipWindow = 15 + 16;  // zlib's way to ask for the gzip wrapper
  z_stream stream{};
  if (inflateInit2(&stream, kGzipWindow) != Z_OK) {
    return Fail(ErrorKind::kResourceLimit, "no memory to decompress a file's first bytes");
  }
  const std::unique_ptr<z_stream, int (*)(z_stream*)> closer(&stream, inflateEnd);
  std::string plain(max_bytes, '\0');
  std::string input(head);
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  while (stream.avail_in > 0 && stream.avail_out > 0) {
    const int code = inflate(&stream, Z_NO_FLUSH);
    if (code == Z_BUF_ERROR) break;  // the head ends inside a block
    if (code == Z_STREAM_END) {      // members may follow each other
      if (stream.avail_in < 2 || inflateReset(&stream) != Z_OK) break;
      continue;
    }
    if (code != Z_OK) return Fail(ErrorKind::kCorruptData, "the gzip compression is damaged");
  }
  plain.resize(plain.size() - stream.avail_out);
  return plain;
}

Result<std::string> UnzstdHead(std::string_view head, size_t max_bytes) {
  const std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(),
                                                                   ZSTD_freeDCtx);
  if (!context)
    return Fail(ErrorKind::kResourceLimit, "no memory to decompress a file's first bytes");
  std::string plain(max_bytes, '\0');
  ZSTD_inBuffer in{.src = head.data(), .size = head.size(), .pos = 0};
  ZSTD_outBuffer out{.dst = plain.data(), .size = plain.size(), .pos = 0};
  while (out.pos < out.size) {
    const size_t out_before = out.pos;
    const size_t in_before = in.pos;
    if (ZSTD_isError(ZSTD_decompressStream(context.get(), &out, &in)) != 0) {
      return Fail(ErrorKind::kCorruptData, "the zstd compression is damaged");
    }
    if (in.pos == in_before && out.pos == out_before) break;  // the head ends inside a block
  }
  plain.resize(out.pos);
  return plain;
}

/// Length of the well-formed UTF-8 sequence (Unicode 15, table 3-7) at `i`; 0 if it is
/// ill-formed; -1 if it is cut by the end.
int SequenceLength(std::string_view bytes, size_t i) {
  const unsigned char lead = Byte(bytes, i);
  if (lead < 0x80) return 1;
  const int length = lead >= 0xC2 && lead <= 0xDF   ? 2
                     : (lead & 0xF0) == 0xE0        ? 3
                     : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                    : 0;
  for (int k = 1; k < length; ++k) {
    if (i + static_cast<size_t>(k) >= bytes.size()) return -1;
    const unsigned char next = Byte(bytes, i + static_cast<size_t>(k));
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (k == 1 && lead == 0xE0) low = 0xA0;
    if (k == 1 && lead == 0xED) high = 0x9F;
    if (k == 1 && lead == 0xF0) low = 0x90;
    if (k == 1 && lead == 0xF4) high = 0x8F;
    if (next < low || next > high) return 0;
  }
  return length;
}

struct Utf8Count {
  size_t multi_byte = 0;  // valid characters beyond ASCII
  size_t invalid = 0;     // bytes
};

Utf8Count CountUtf8(std::string_view bytes) {
  Utf8Count count;
  for (size_t i = 0; i < bytes.size();) {
    const int length = SequenceLength(bytes, i);
    if (length < 0) break;
    if (length > 1) ++count.multi_byte;
    if (length == 0) ++count.invalid;
    i += length == 0 ? 1 : static_cast<size_t>(length);
  }
  return count;
}

/// Zero bytes at even and at odd places.
struct ZeroCount {
  size_t even = 0;
  size_t odd = 0;
};

ZeroCount CountZeros(std::string_view bytes) {
  ZeroCount zeros;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\0') ++(i % 2 == 0 ? zeros.even : zeros.odd);
  }
  return zeros;
}

/// Text with zero bytes: UTF-16 without mark has them nearly all on one side, as delimiters,
/// digits and line ends are ASCII in any language.
TextEncoding ClassifyZeros(ZeroCount zeros, size_t size) {
  const size_t pairs = std::max<size_t>(1, size / 2);
  const bool many_odd = zeros.odd * 10 >= pairs && zeros.even * 20 <= zeros.odd;
  const bool many_even = zeros.even * 10 >= pairs && zeros.odd * 20 <= zeros.even;
  if (many_odd) return TextEncoding::kUtf16LittleEndian;
  if (many_even) return TextEncoding::kUtf16BigEndian;
  return TextEncoding::kBinary;
}

}  // namespace

Compression DetectCompression(std::string_view head) {
  if (head.starts_with("\x1f\x8b")) return Compression::kGzip;
  if (head.starts_with("\x28\xb5\x2f\xfd")) return Compression::kZstd;
  return Compression::kNone;
}

Result<std::string> DecompressHead(std::string_view head, size_t max_bytes) {
  switch (DetectCompression(head)) {
    case Compression::kGzip: return GunzipHead(head, max_bytes);
    case Compression::kZstd: return UnzstdHead(head, max_bytes);
    case Compression::kNone: break;
  }
  return std::string(head.substr(0, max_bytes));
}

const char* TextEncodingName(TextEncoding encoding) {
  switch (encoding) {
    case TextEncoding::kUtf8: return "UTF-8";
    case TextEncoding::kUtf16LittleEndian: return "UTF-16 little-endian";
    case TextEncoding::kUtf16BigEndian: return "UTF-16 big-endian";
    case TextEncoding::kLatin1: return "Latin-1";
    case TextEncoding::kWindows1252: return "Windows-1252";
    case TextEncoding::kBinary: return "binary";
  }
  return "unknown";
}

DetectedText DetectTextEncoding(std::string_view bytes) {
  if (bytes.starts_with("\xef\xbb\xbf"))
    return {.encoding = TextEncoding::kUtf8, .mark_bytes = 3};
  if (bytes.starts_with("\xff\xfe"))
    return {.encoding = TextEncoding::kUtf16LittleEndian, .mark_bytes = 2};
  if (bytes.starts_with("\xfe\xff"))
    return {.encoding = TextEncoding::kUtf16BigEndian, .mark_bytes = 2};
  if (const ZeroCount zeros = CountZeros(bytes); zeros.even + zeros.odd > 0) {
    return {.encoding = ClassifyZeros(zeros, bytes.size()), .mark_bytes = 0};
  }
  const Utf8Count count = CountUtf8(bytes);
  if (count.invalid == 0 || count.multi_byte > count.invalid) return {};
  const bool has_windows_signs = std::any_of(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 && byte <= 0x9F;
  });
  return {.encoding = has_windows_signs ? TextEncoding::kWindows1252 : TextEncoding::kLatin1,
          .mark_bytes = 0};
}

Result<std::string> DetectEncodingName(std::string_view head) {
  ASSAY_TRY(const std::string plain, DecompressHead(head, kSampleBytes));
  const TextEncoding encoding = DetectTextEncoding(plain).encoding;
  switch (encoding) {
    case TextEncoding::kUtf8: return std::string("utf-8");
    case TextEncoding::kUtf16LittleEndian: return std::string("utf-16");
    case TextEncoding::kLatin1: return std::string("latin-1");
    case TextEncoding::kUtf16BigEndian:
    case TextEncoding::kWindows1252:
      return Fail(
          ErrorKind::kUnsupported,
          fmt::format("this character encoding cannot be read, convert the file to UTF-8: {}",
                      TextEncodingName(encoding)));
    case TextEncoding::kBinary: break;
  }
  return Fail(ErrorKind::kCorruptData, "the file does not hold text");
}

bool HasParquetMagic(std::string_view head) {
  return head.starts_with("PAR1") || head.starts_with("PARE");
}

}  // namespace assay::engine
