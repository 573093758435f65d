// What the first bytes of a file tell that the reader's own detection does not: compression,
// character encoding, and whether it is text at all. Pure functions over bytes.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay::engine {

enum class Compression { kNone, kGzip, kZstd };

/// By magic number; the file's name does not count.
Compression DetectCompression(std::string_view head);

/// The plain bytes that `head`, the start of a possibly compressed file, holds: at most
/// `max_bytes`. `head` may be cut anywhere, but a zstd file shows nothing before its first
/// block is whole, which takes up to 128 KiB. kCorruptData if it is damaged. Bytes that are not
/// compressed are returned as they are.
Result<std::string> DecompressHead(std::string_view head, size_t max_bytes);

enum class TextEncoding {
  kUtf8,  // ASCII included
  kUtf16LittleEndian,
  kUtf16BigEndian,
  kLatin1,
  kWindows1252,  // as Latin-1, but with the signs that Windows puts at 0x80 to 0x9F
  kBinary,       // no text in any of these
};

const char* TextEncodingName(TextEncoding encoding);

struct DetectedText {
  TextEncoding encoding = TextEncoding::kUtf8;
  size_t mark_bytes = 0;  // length of the byte order mark at the start

  friend bool operator==(const DetectedText&, const DetectedText&) = default;
};

/// The encoding of plain bytes, cut anywhere. In this order: a byte order mark decides; zero
/// bytes in every second place, also of line ends, are UTF-16, zero bytes elsewhere binary;
/// valid UTF-8 is UTF-8; so is text in which valid multi-byte characters outnumber the invalid
/// bytes (damaged UTF-8, whose faults are counted when it is read); else one of the one-byte
/// encodings. Empty input is UTF-8.
DetectedText DetectTextEncoding(std::string_view bytes);

/// The same of the start of a file that may be compressed, as ReadOptions::encoding names it:
/// "utf-8", "utf-16", "utf-16be", "latin-1", "windows-1252". kCorruptData for binary files and
/// damaged compression.
Result<std::string> DetectEncodingName(std::string_view head);

/// Whether the file starts as a Parquet file does. Encrypted footers ("PARE") count.
bool HasParquetMagic(std::string_view head);

}  // namespace assay::engine
