// Digests of files, and the texts in which they are written down.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace assay::engine {

enum class DigestKind { kMd5, kSha1, kSha256, kSha512 };
inline constexpr DigestKind kDigestKinds[] = {DigestKind::kMd5, DigestKind::kSha1,
                                              DigestKind::kSha256, DigestKind::kSha512};

/// "md5", "sha1", "sha256", "sha512": also the ending of a file that holds one.
const char* DigestName(DigestKind kind);

/// The kind whose digests have so many hexadecimal digits.
std::optional<DigestKind> DigestOfLength(size_t digits);

/// A digest of bytes as they come. Not thread-safe.
class FileDigest {
 public:
  explicit FileDigest(DigestKind kind);
  ~FileDigest();

  void Add(std::string_view bytes);
  /// In lower-case hexadecimal digits; call once.
  std::string Finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// The digest, in lower case, that `text` gives for the file `name` (without folders).
/// Understands what md5sum and sha256sum write ("digest  name", "digest *name", also behind a
/// backslash), the form of BSD ("SHA256 (name) = digest") and, where `name` is not found, a
/// line that is nothing but a digest. nullopt when there is none.
std::optional<std::string> FindDigest(std::string_view text, std::string_view name);

}  // namespace assay::engine
