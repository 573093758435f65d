// Rule "fileSize": each file has a number of bytes within limits.

#include "rules/file_rule.h"

namespace assay::rules::types {
namespace {

struct Properties {
  std::optional<int64_t> min_bytes, max_bytes;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Optional("min_bytes", &Properties::min_bytes,
               "The fewest bytes that pass; this or max_bytes is required."),
      Optional("max_bytes", &Properties::max_bytes, "The most bytes that pass."),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target&, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  const auto& [min, max] = properties;
  ASSAY_RETURN_IF_ERROR(CheckRange(min, max, "min_bytes", "max_bytes"));
  return OnEachFile({plan::FileCheck::Size{.min_bytes = min, .max_bytes = max}},
                    fmt::format("is not of {} bytes", RangeText(min, max)));
}

}  // namespace

RuleType file_size() {
  RuleType rule = FileRule("fileSize",
                           std::string("Each file is as large as the limits say, which are "
                                       "inclusive: as it is stored, compressed or not.") +
                               kNotOfTables,
                           PropertyFields().Schema(), Json::object({{"min_bytes", 1}}));
  rule.compile = Compile;
  return rule;
}

}  // namespace assay::rules::types
