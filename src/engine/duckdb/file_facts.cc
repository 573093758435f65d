#include "engine/duckdb/file_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/delimited_rows.h"
#include "engine/duckdb/file_bytes.h"
#include "engine/duckdb/file_version.h"
#include "engine/file_detection.h"
#include "engine/utf8.h"

namespace assay::engine {
namespace {

constexpr int64_t kLargestManifest = int64_t{64} << 20;
constexpr int64_t kLargestSidecar = int64_t{64} << 10;
constexpr size_t kHeadBytes = size_t{192} << 10;
constexpr size_t kSampleBytes = size_t{1} << 20;

const std::optional<std::string> kNothing;

std::string BaseName(const std::string& uri) {
  return uri.substr(uri.find_last_of('/') + 1);
}

std::string FolderOf(const std::string& uri) {
  return uri.substr(0, uri.find_last_of('/') + 1);
}

/// Whether an entity tag is the MD5 sum of what was uploaded in one part.
bool IsMd5Tag(const std::string& etag) {
  std::string_view tag = etag;
  if (tag.starts_with('"') && tag.ends_with('"') && tag.size() > 1)
    tag = tag.substr(1, tag.size() - 2);
  return DigestOfLength(tag.size()) == DigestKind::kMd5 &&
         tag.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

const char* NameOf(TextEncoding encoding) {
  switch (encoding) {
    case TextEncoding::kUtf8: return "utf-8 with bytes that are not";
    case TextEncoding::kUtf16LittleEndian: return "utf-16";
    case TextEncoding::kUtf16BigEndian: return "utf-16be";
    case TextEncoding::kLatin1: return "latin-1";
    case TextEncoding::kWindows1252: return "windows-1252";
    case TextEncoding::kBinary: return "no text";
  }
  return "";
}

/// What a whole text is written in, from its plain bytes.
class EncodingLook {
 public:
  /// False once the rest does not matter.
  bool Add(std::string_view block) {
    if (head_.size() < kHeadBytes) head_ += block.substr(0, kHeadBytes - head_.size());
    if (!fault_) fault_ = front_.Add(seen_, block, InputEnds::kNo);
    seen_ += static_cast<int64_t>(block.size());
    const auto is_beyond = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
    if (beyond_ascii_.empty()) {
      const auto first = std::ranges::find_if(block, is_beyond) - block.begin();
      block.remove_prefix(static_cast<size_t>(first));
    }
    if (beyond_ascii_.size() < kSampleBytes) beyond_ascii_ += block;
    if (head_.size() < kHeadBytes || is_head_known_) return true;
    is_head_known_ = true;
    return IsOfOneByteUnits();
  }

  std::string Finish() {
    if (!IsOfOneByteUnits()) return NameOf(DetectTextEncoding(head_).encoding);
    if (beyond_ascii_.empty()) return "ascii";
    if (!fault_) fault_ = front_.Add(seen_, "", InputEnds::kYes);
    return fault_ ? NameOf(DetectTextEncoding(beyond_ascii_).encoding) : "utf-8";
  }

 private:
  bool IsOfOneByteUnits() const {
    const TextEncoding encoding = DetectTextEncoding(head_).encoding;
    return encoding == TextEncoding::kUtf8 || encoding == TextEncoding::kLatin1 ||
           encoding == TextEncoding::kWindows1252;
  }

  std::string head_, beyond_ascii_;
  Utf8Front front_;
  std::optional<int64_t> fault_;
  int64_t seen_ = 0;
  bool is_head_known_ = false;
};

/// Whether text in `found` reads the same in `expected`.
bool IsAlso(const std::string& found, const std::string& expected) {
  if (found == expected) return true;
  const bool is_of_bytes =
      expected == "utf-8" || expected == "latin-1" || expected == "windows-1252";
  return (found == "ascii" && is_of_bytes) ||
         (found == "latin-1" && expected == "windows-1252");
}

/// What a header lacks of the names, or has besides.
std::optional<std::string> NamesFault(const std::vector<std::string>& names,
                                      const std::vector<std::string>& header) {
  const auto first_without = [](const std::vector<std::string>& from,
                                const std::vector<std::string>& in) {
    std::multiset<std::string> left(in.begin(), in.end());
    return std::ranges::find_if(from, [&](const std::string& name) {
      const auto found = left.find(name);
      if (found == left.end()) return true;
      left.erase(found);
      return false;
    });
  };
  if (const auto lacking = first_without(names, header); lacking != names.end())
    return fmt::format("lacks '{}'", *lacking);
  if (const auto more = first_without(header, names); more != header.end())
    return fmt::format("has '{}' besides", *more);
  return std::nullopt;
}

std::optional<std::string> HeaderFault(const plan::FileCheck::Header& expected,
                                       const std::vector<std::string>& header) {
  if (auto fault = NamesFault(expected.names, header)) return fault;
  if (expected.order == plan::FileCheck::Header::Order::kAny) return std::nullopt;
  for (size_t i = 0; i < header.size(); ++i) {
    if (header[i] != expected.names[i])
      return fmt::format("has '{}' in place of '{}'", header[i], expected.names[i]);
  }
  return std::nullopt;
}

}  // namespace

FileFacts::Fault FileFacts::Find(const plan::FileCheck::Size& expected, size_t file) {
  const int64_t bytes = File(file).size_bytes;
  const bool is_within = bytes >= expected.min_bytes.value_or(0) &&
                         bytes <= expected.max_bytes.value_or(INT64_MAX);
  return is_within ? kNothing : fmt::format("has {} {}", bytes, bytes == 1 ? "byte" : "bytes");
}

FileFacts::Fault FileFacts::Find(const plan::FileCheck::Written& expected, size_t file) {
  const Timestamp written = File(file).last_modified;
  if (written == Timestamp{})
    return Fail(ErrorKind::kUnsupported, "it is not known when it was written");
  const bool is_within = (!expected.earliest || written >= *expected.earliest) &&
                         (!expected.latest || written <= *expected.latest);
  return is_within ? kNothing : "was written at " + FormatTimestamp(written);
}

FileFacts::Fault FileFacts::Find(const plan::FileCheck::Name& expected, size_t file) {
  if (!pattern_) pattern_ = std::make_unique<re2::RE2>(expected.pattern, re2::RE2::Quiet);
  if (!pattern_->ok()) return Fail(ErrorKind::kInvalidInput, pattern_->error());
  const bool matches = re2::RE2::PartialMatch(BaseName(File(file).relative_path), *pattern_);
  return matches ? kNothing : std::optional<std::string>("");
}

Result<std::string> FileFacts::DigestOf(size_t file, DigestKind kind) {
  FileDigest digest(kind);
  ASSAY_RETURN_IF_ERROR(ReadListedVersion(session_, dataset_, schema_, file, [&]() -> Status {
    return ReadStoredBytes(session_, File(file).uri, stop_, [&](std::string_view block) {
      digest.Add(block);
      return true;
    });
  }));
  return digest.Finish();
}

Result<std::string> FileFacts::ContentKey(size_t file) {
  const DataFile& facts = File(file);
  if (sizes_[facts.size_bytes].have_md5_tags) return facts.etag;
  return DigestOf(file, DigestKind::kSha256);
}

FileFacts::Fault FileFacts::Find(const plan::FileCheck::DistinctContent&, size_t file) {
  if (sizes_.empty()) {
    for (const DataFile& each : dataset_.files) {
      SameSize& same = sizes_[each.size_bytes];
      ++same.count;
      same.have_md5_tags = same.have_md5_tags && IsMd5Tag(each.etag);
    }
  }
  const int64_t bytes = File(file).size_bytes;
  if (bytes == 0 || sizes_[bytes].count == 1) return kNothing;
  ASSAY_TRY(const std::string key, ContentKey(file));
  const auto [first, is_new] =
      first_with_content_.try_emplace(fmt::format("{} {}", bytes, key), file);
  return is_new ? kNothing : "repeats " + File(first->second).relative_path;
}

Result<std::optional<std::string>> FileFacts::SmallFile(const std::string& uri,
                                                        int64_t max_bytes) {
  const auto known = small_files_.find(uri);
  if (known != small_files_.end()) return known->second;
  ASSAY_TRY(auto content, ReadSmallFile(session_, uri, max_bytes, stop_));
  return small_files_.emplace(uri, std::move(content)).first->second;
}

Result<std::optional<std::string>> FileFacts::NotedDigest(
    const plan::FileCheck::Checksum& expected, size_t file) {
  const std::string& uri = File(file).uri;
  const std::string name = BaseName(uri);
  if (expected.manifest) {
    ASSAY_TRY(const auto manifest,
              SmallFile(FolderOf(uri) + *expected.manifest, kLargestManifest));
    return manifest ? FindDigest(*manifest, name) : kNothing;
  }
  for (const DigestKind kind : kDigestKinds) {
    ASSAY_TRY(const auto sidecar,
              ReadSmallFile(session_, fmt::format("{}.{}", uri, DigestName(kind)),
                            kLargestSidecar, stop_));
    if (sidecar) return FindDigest(*sidecar, name);
  }
  return kNothing;
}

FileFacts::Fault FileFacts::Find(const plan::FileCheck::Checksum& expected, size_t file) {
  ASSAY_TRY(const auto noted, NotedDigest(expected, file));
  const auto kind = noted ? DigestOfLength(noted->size()) : std::nullopt;
  if (!kind) return std::optional<std::string>("has none written down");
  ASSAY_TRY(const std::string digest, DigestOf(file, *kind));
  if (digest == *noted) return kNothing;
  return fmt::format("has {} {} and not {}", DigestName(*kind), digest, *noted);
}

FileFacts::Fault FileFacts::Find(const plan::FileCheck::EvenRows&, size_t file) {
  return ReadListedVersion(session_, dataset_, schema_, file, [&]() -> Fault {
    DelimitedRows rows(schema_.dialect);
    ASSAY_RETURN_IF_ERROR(ReadText(session_, dataset_, *schema_.encodings, file, stop_,
                                   [&](std::string_view block) {
                                     rows.Add(block);
                                     return true;
                                   }));
    rows.Finish();
    if (rows.uneven_rows() == 0) return kNothing;
    return fmt::format("has {}, the first in line {}", rows.uneven_rows(),
                       rows.first_uneven_line());
  });
}

FileFacts::Fault FileFacts::Find(const plan::FileCheck::Header& expected, size_t file) {
  return ReadListedVersion(session_, dataset_, schema_, file, [&]() -> Fault {
    DelimitedRows rows(schema_.dialect);
    ASSAY_RETURN_IF_ERROR(ReadText(session_, dataset_, *schema_.encodings, file, stop_,
                                   [&](std::string_view block) {
                                     rows.Add(block);
                                     return !rows.has_first_row();
                                   }));
    rows.Finish();
    if (!rows.has_first_row()) return std::optional<std::string>("is empty");
    return HeaderFault(expected, rows.first_row());
  });
}

Result<std::string> FileFacts::EncodingOf(size_t file) {
  EncodingLook look;
  ASSAY_RETURN_IF_ERROR(ReadListedVersion(session_, dataset_, schema_, file, [&]() -> Status {
    look = {};
    return ReadPlainBytes(session_, File(file).uri, stop_,
                          [&](std::string_view block) { return look.Add(block); });
  }));
  return look.Finish();
}

FileFacts::Fault FileFacts::Find(const plan::FileCheck::Encoding& expected, size_t file) {
  ASSAY_TRY(const std::string found, EncodingOf(file));
  const bool is_expected = std::ranges::any_of(
      expected.expected, [&](const std::string& each) { return IsAlso(found, each); });
  return is_expected ? kNothing : "is " + found;
}

}  // namespace assay::engine
