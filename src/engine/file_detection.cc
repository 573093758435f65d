#include "engine/file_detection.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "engine/plain_reader.h"

namespace assay::engine {
namespace {

// Enough to see an encoding; the reader's own sample is of the same order.
constexpr size_t kSampleBytes = size_t{1} << 20;

struct Utf8Count {
  size_t multi_byte = 0;  // valid characters beyond ASCII
  size_t invalid = 0;     // bytes
};

Utf8Count CountUtf8(std::string_view bytes) {
  Utf8Count count;
  for (size_t i = 0; i < bytes.size();) {
    const int length = Utf8SequenceLength(bytes, i);
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

/// Line feeds among the bytes, and those that are one in UTF-16 whose zero bytes are at even
/// (big-endian) or odd places.
struct LineCount {
  size_t bytes = 0;
  size_t even = 0;
  size_t odd = 0;
};

LineCount CountLines(std::string_view bytes) {
  LineCount lines;
  for (size_t i = bytes.find('\n'); i != std::string_view::npos; i = bytes.find('\n', i + 1)) {
    ++lines.bytes;
    if (i % 2 == 1 && bytes[i - 1] == '\0') ++lines.even;
    if (i % 2 == 0 && i + 1 < bytes.size() && bytes[i + 1] == '\0') ++lines.odd;
  }
  return lines;
}

/// Text with zero bytes: UTF-16 without mark has them nearly all on one side, as delimiters,
/// digits and line ends are ASCII in any language. A few zeros in other text are no such
/// evidence, however short it is: its line ends have none.
TextEncoding ClassifyZeros(ZeroCount zeros, LineCount lines, size_t size) {
  const size_t pairs = std::max<size_t>(1, size / 2);
  const auto is_wide = [&](size_t on_side, size_t off_side, size_t lines_on_side) {
    const bool has_lines = lines.bytes == 0
                               ? on_side * 2 >= pairs
                               : lines_on_side > 0 && lines_on_side * 10 >= lines.bytes;
    return has_lines && on_side * 10 >= pairs && off_side * 20 <= on_side;
  };
  if (is_wide(zeros.odd, zeros.even, lines.odd)) return TextEncoding::kUtf16LittleEndian;
  if (is_wide(zeros.even, zeros.odd, lines.even)) return TextEncoding::kUtf16BigEndian;
  return TextEncoding::kBinary;
}

}  // namespace

Compression DetectCompression(std::string_view head) {
  if (head.starts_with("\x1f\x8b")) return Compression::kGzip;
  if (head.starts_with("\x28\xb5\x2f\xfd")) return Compression::kZstd;
  return Compression::kNone;
}

Result<std::string> DecompressHead(std::string_view head, size_t max_bytes) {
  PlainReader reader(
      [&head](char* buffer, size_t size) {
        const size_t count = head.copy(buffer, size);
        head.remove_prefix(count);
        return count;
      },
      PlainReader::CutStream::kIsEnd);
  std::string plain(max_bytes, '\0');
  size_t filled = 0;
  while (filled < max_bytes) {
    ASSAY_TRY(const size_t got, reader.Read(plain.data() + filled, max_bytes - filled));
    if (got == 0) break;
    filled += got;
  }
  plain.resize(filled);
  return plain;
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
    return {.encoding = ClassifyZeros(zeros, CountLines(bytes), bytes.size()), .mark_bytes = 0};
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
    case TextEncoding::kUtf16BigEndian: return std::string("utf-16be");
    case TextEncoding::kWindows1252: return std::string("windows-1252");
    case TextEncoding::kBinary: break;
  }
  return Fail(ErrorKind::kCorruptData, "the file does not hold text");
}

bool HasParquetMagic(std::string_view head) {
  return head.starts_with("PAR1") || head.starts_with("PARE");
}

}  // namespace assay::engine
