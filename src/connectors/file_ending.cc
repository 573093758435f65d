#include "connectors/file_ending.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::connectors {
namespace {

using engine::FileFormat;

enum class Compression { kNone, kGzip, kZstd };

struct KnownExtension {
  std::string_view name;
  FileFormat format;
  bool takes_compression;  // gzip or zstd around the file
};

constexpr std::array kSupported = std::to_array<KnownExtension>({
    {"parquet", FileFormat::kParquet, false},
    {"csv", FileFormat::kDelimited, true},
    {"tsv", FileFormat::kDelimited, true},
    {"psv", FileFormat::kDelimited, true},
    {"txt", FileFormat::kDelimited, true},
    {"json", FileFormat::kJson, true},
    {"jsonl", FileFormat::kJson, true},
    {"ndjson", FileFormat::kJson, true},
});

// Formats of the platform that this version does not read.
constexpr std::array kNotSupported = std::to_array<std::string_view>(
    {"avro", "delta", "iceberg", "orc", "skv", "xls", "xlsm", "xlsx"});

constexpr std::array kOtherCompressions = std::to_array<std::string_view>(
    {"7z", "br", "bz2", "deflate", "lz4", "rar", "snappy", "xz", "z", "zip"});

// Written between the stem and ".parquet" by the common writers.
constexpr std::array kParquetCodecs =
    std::to_array<std::string_view>({".brotli", ".gz", ".gzip", ".lz4", ".lz4_raw", ".lzo",
                                     ".snappy", ".uncompressed", ".zst", ".zstd"});

constexpr std::array kTemporaryEndings =
    std::to_array<std::string_view>({"._copying_", ".crc", ".crdownload", ".filepart",
                                     ".inprogress", ".swp", ".temp", ".tmp", "~"});

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

bool EndsWithIgnoringCase(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() &&
         EqualsIgnoringCase(text.substr(text.size() - ending.size()), ending);
}

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  return lower;
}

/// Takes the last ".x" off `name` and returns x; empty if there is none.
std::string_view TakeExtension(std::string_view& name) {
  const size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  const std::string_view extension = name.substr(dot + 1);
  name = name.substr(0, dot);
  return extension;
}

template <size_t n>
bool Holds(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view known) { return EqualsIgnoringCase(known, word); });
}

const KnownExtension* FindSupported(std::string_view extension) {
  for (const KnownExtension& known : kSupported) {
    if (EqualsIgnoringCase(known.name, extension)) return &known;
  }
  return nullptr;
}

}  // namespace

std::expected<FileEnding, std::string> ReadFileEnding(std::string_view file_name) {
  std::string_view stem = file_name;
  std::string_view extension = TakeExtension(stem);
  if (extension.empty()) return std::unexpected(std::string("no file extension"));
  Compression compression = Compression::kNone;
  if (EqualsIgnoringCase(extension, "gz")) compression = Compression::kGzip;
  if (EqualsIgnoringCase(extension, "zst")) compression = Compression::kZstd;
  const std::string_view compression_text = extension;
  if (compression != Compression::kNone) extension = TakeExtension(stem);
  if (Holds(kOtherCompressions, extension)) {
    return std::unexpected(
        fmt::format("compression not supported in this version: {}", LowerCase(extension)));
  }
  if (Holds(kNotSupported, extension)) {
    return std::unexpected(
        fmt::format("format not supported in this version: {}", LowerCase(extension)));
  }
  const KnownExtension* known = FindSupported(extension);
  if (known == nullptr) {
    return std::unexpected(extension.empty()
                               ? fmt::format("no file extension before .{}", compression_text)
                               : fmt::format("unknown format: {}", LowerCase(extension)));
  }
  if (compression != Compression::kNone && !known->takes_compression) {
    return std::unexpected(fmt::format("compression not supported for {} files: {}",
                                       known->name, LowerCase(compression_text)));
  }
  if (known->format == FileFormat::kParquet) {
    for (const std::string_view codec : kParquetCodecs) {
      if (stem.size() > codec.size() && EndsWithIgnoringCase(stem, codec)) {
        stem.remove_suffix(codec.size());
        break;
      }
    }
  }
  return FileEnding{.stem = stem,
                    .ending = file_name.substr(stem.size()),
                    .extension = known->name,
                    .format = known->format};
}

std::string ReasonToSkipFolder(std::string_view folder_name) {
  if (folder_name.starts_with('.')) return "hidden: a folder's name starts with '.'";
  if (folder_name.starts_with('_') && folder_name.find('=') == std::string_view::npos) {
    return "hidden: a folder's name starts with '_'";
  }
  return {};
}

std::string ReasonToSkipFile(std::string_view file_name) {
  if (file_name.ends_with("_$folder$")) return "folder marker";
  for (const std::string_view ending : kTemporaryEndings) {
    if (EndsWithIgnoringCase(file_name, ending))
      return fmt::format("temporary file ({})", ending);
  }
  if (file_name == "_SUCCESS") return "job marker (_SUCCESS)";
  if (file_name.starts_with('.')) return "hidden: the name starts with '.'";
  if (file_name.starts_with('_')) return "hidden: the name starts with '_'";
  return {};
}

}  // namespace assay::connectors
