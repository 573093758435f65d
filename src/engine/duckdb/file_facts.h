// What is wrong with a file, by one of the expectations of plan::FileCheck.

#pragma once

#include <re2/re2.h>

#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "engine/file_digest.h"
#include "engine/profile.h"
#include "engine/scan.h"

namespace assay::engine {

/// Looks at the files of a dataset, also those that cannot be read as tables. Each call says
/// what is wrong with file `file`, to complete a sentence after its name ("has 3 bytes");
/// nullopt when nothing is. Errors: what could not be found out. Not thread-safe.
class FileFacts {
 public:
  FileFacts(Session& session, const Dataset& dataset, const DatasetSchema& schema,
            const std::stop_token& stop)
      : session_(session), dataset_(dataset), schema_(schema), stop_(stop) {}

  using Fault = Result<std::optional<std::string>>;

  Fault Find(const plan::FileCheck::Size& expected, size_t file);
  Fault Find(const plan::FileCheck::Written& expected, size_t file);
  Fault Find(const plan::FileCheck::Name& expected, size_t file);
  /// Compares with the files that were asked for before, by size, then by entity tags where all
  /// of this size are MD5 sums, else by a digest of their bytes.
  Fault Find(const plan::FileCheck::DistinctContent& expected, size_t file);
  /// Reads the file's bytes, and what is beside it.
  Fault Find(const plan::FileCheck::Checksum& expected, size_t file);
  /// These read the text, the last one up to the end of its first row.
  Fault Find(const plan::FileCheck::EvenRows& expected, size_t file);
  Fault Find(const plan::FileCheck::Encoding& expected, size_t file);
  Fault Find(const plan::FileCheck::Header& expected, size_t file);

 private:
  /// Files of one size.
  struct SameSize {
    int64_t count = 0;
    bool have_md5_tags = true;
  };

  Result<std::string> ContentKey(size_t file);
  Result<std::string> DigestOf(size_t file, DigestKind kind);
  Result<std::optional<std::string>> NotedDigest(const plan::FileCheck::Checksum& expected,
                                                 size_t file);
  Result<std::optional<std::string>> SmallFile(const std::string& uri, int64_t max_bytes);
  Result<std::string> EncodingOf(size_t file);
  const DataFile& File(size_t file) const { return dataset_.files[file]; }

  Session& session_;
  const Dataset& dataset_;
  const DatasetSchema& schema_;
  const std::stop_token& stop_;
  std::unique_ptr<re2::RE2> pattern_;                 // of names
  std::map<int64_t, SameSize> sizes_;                 // of all files, made when first asked for
  std::map<std::string, size_t> first_with_content_;  // by size and ContentKey
  std::map<std::string, std::optional<std::string>> small_files_;  // by URI
};

}  // namespace assay::engine
