// Rule "fileChecksum": each file has the checksum that is written down for it.

#include "rules/file_rule.h"

namespace assay::rules::types {
namespace {

struct Properties {
  std::optional<std::string> manifest;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Optional(
          "manifest", &Properties::manifest,
          "The name of a file in the folder of each one, such as SHA256SUMS, that has a line "
          "for it. Absent: the checksum is in a file beside it whose name adds .md5, .sha1, "
          ".sha256 or .sha512."),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target&, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  const std::optional<std::string>& manifest = properties.manifest;
  if (manifest && (manifest->empty() || manifest->find('/') != std::string::npos ||
                   manifest->find('\0') != std::string::npos)) {
    return Fail(ErrorKind::kInvalidInput,
                "manifest: must be the name of a file, without folders");
  }
  return OnEachFile({plan::FileCheck::Checksum{.manifest = manifest}},
                    "does not have the checksum written down for it");
}

}  // namespace

RuleType file_checksum() {
  RuleType rule = FileRule(
      "fileChecksum",
      std::string("Each file has the checksum (MD5, SHA-1, SHA-256 or SHA-512) that is written "
                  "down for it, as md5sum, sha256sum or the tools of BSD write it. A file for "
                  "which none is written down fails. All files are read.") +
          kNotOfTables,
      PropertyFields().Schema(), Json::object({{"manifest", "SHA256SUMS"}}));
  rule.weight = 3;
  rule.compile = Compile;
  return rule;
}

}  // namespace assay::rules::types
