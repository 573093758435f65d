// Rule "uniqueFiles": no two files are the same.

#include "rules/file_rule.h"

namespace assay::rules::types {
namespace {

Result<CompiledRule> Compile(const Target&, const Json&) {
  return OnEachFile({plan::FileCheck::DistinctContent{}}, "has the content of another file");
}

}  // namespace

RuleType unique_files() {
  RuleType rule = FileRule(
      "uniqueFiles",
      std::string(
          "No file has the bytes of another one: as many, and with the same MD5 sum as "
          "the store tells it (S3, of objects uploaded in one part), else with the same "
          "SHA-256, for which files of one size are read. Of objects that are encrypted "
          "with keys of KMS, S3 tells no sum: equal ones are not found. Empty files are "
          "left out.") +
          kNotOfTables,
      Json::object(), Json::object());
  rule.compile = Compile;
  return rule;
}

}  // namespace assay::rules::types
