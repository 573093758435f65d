#include "engine/file_digest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace assay::engine {
namespace {

const EVP_MD* AlgorithmOf(DigestKind kind) {
  switch (kind) {
    case DigestKind::kMd5: return EVP_md5();
    case DigestKind::kSha1: return EVP_sha1();
    case DigestKind::kSha256: return EVP_sha256();
    case DigestKind::kSha512: return EVP_sha512();
  }
  return nullptr;
}

std::string_view Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

bool IsDigest(std::string_view text) {
  return DigestOfLength(text.size()) &&
         text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

/// What one line says: a digest, and the name that it is of, which may be absent.
struct Entry {
  std::string_view digest, name;
};

std::optional<Entry> ReadLine(std::string_view line) {
  line = Trimmed(line);
  if (line.starts_with('\\')) line.remove_prefix(1);
  // "SHA256 (name) = digest"
  const size_t open = line.find(" ("), close = line.rfind(") = ");
  if (open != std::string_view::npos && close != std::string_view::npos && open + 2 <= close &&
      IsDigest(line.substr(close + 4))) {
    return Entry{line.substr(close + 4), line.substr(open + 2, close - open - 2)};
  }
  const size_t space = line.find_first_of(" \t");
  const std::string_view digest = line.substr(0, space);
  if (!IsDigest(digest)) return std::nullopt;
  std::string_view name = Trimmed(line.substr(digest.size()));
  if (name.starts_with('*')) name.remove_prefix(1);
  return Entry{digest, name};
}

}  // namespace

const char* DigestName(DigestKind kind) {
  switch (kind) {
    case DigestKind::kMd5: return "md5";
    case DigestKind::kSha1: return "sha1";
    case DigestKind::kSha256: return "sha256";
    case DigestKind::kSha512: return "sha512";
  }
  return "";
}

std::optional<DigestKind> DigestOfLength(size_t digits) {
  for (const DigestKind kind : kDigestKinds) {
    if (digits == 2 * static_cast<size_t>(EVP_MD_get_size(AlgorithmOf(kind)))) return kind;
  }
  return std::nullopt;
}

struct FileDigest::Context {
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(context); }
};

FileDigest::FileDigest(DigestKind kind) : context_(std::make_unique<Context>()) {
  EVP_DigestInit_ex(context_->context, AlgorithmOf(kind), nullptr);
}

FileDigest::~FileDigest() = default;

void FileDigest::Add(std::string_view bytes) {
  EVP_DigestUpdate(context_->context, bytes.data(), bytes.size());
}

std::string FileDigest::Finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes = {};
  unsigned int size = 0;
  EVP_DigestFinal_ex(context_->context, bytes.data(), &size);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digest;
  for (unsigned int i = 0; i < size; ++i) {
    digest += kDigits[bytes[i] >> 4];
    digest += kDigits[bytes[i] & 0xF];
  }
  return digest;
}

std::optional<std::string> FindDigest(std::string_view text, std::string_view name) {
  std::optional<std::string> alone;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const auto entry = ReadLine(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!entry) continue;
    const std::string_view base = entry->name.substr(entry->name.find_last_of('/') + 1);
    if (base == name) return Lower(entry->digest);
    if (entry->name.empty() && !alone) alone = Lower(entry->digest);
  }
  return alone;
}

}  // namespace assay::engine
