// Rule "noRaggedRows": the rows of each delimited file have as many cells as its first one.

#include "rules/file_rule.h"

namespace assay::rules::types {
namespace {

Result<CompiledRule> Compile(const Target&, const Json&) {
  return OnEachFile({plan::FileCheck::EvenRows{}},
                    "has rows with another number of cells than the first one");
}

}  // namespace

RuleType no_ragged_rows() {
  RuleType rule = FileRule(
      "noRaggedRows",
      std::string(
          "Each row of a delimited file has as many cells as the first row of that file. "
          "A file with other rows is not read by other checks: this one tells how many "
          "there are, and where. Of other formats nothing is asserted.") +
          kNotOfTables,
      Json::object(), Json::object());
  rule.compile = Compile;
  return rule;
}

}  // namespace assay::rules::types
