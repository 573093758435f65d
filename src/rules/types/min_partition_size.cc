// Rule "minPartitionSize": each file has at least a given number of rows.

#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  int64_t value = 0;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("value", &Properties::value, "The fewest rows that a file may have."),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target&, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  if (properties.value < 0)
    return Fail(ErrorKind::kInvalidInput, "value: must not be negative");
  return CompiledRule{.form = plan::GroupSizeCheck{.min_rows = properties.value},
                      .violation = fmt::format("has fewer than {} rows", properties.value),
                      .wording = {.groups = "partitions"}};
}

}  // namespace

RuleType min_partition_size() {
  return {.name = "minPartitionSize",
          .summary =
              "Each file (partition) of the container has at least the given number of "
              "rows; a table is one. Coverage is a share of files.",
          .scope = FieldScope::kNone,
          .filterable = false,
          .weight = 2,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"value", 100}},
                      .fields = {{"id", plan::FieldType::kIntegral}},
                      .rows = {{1}, {2}},
                      .verdict = RuleExample::Verdict::kFails},
          .compile = Compile};
}

}  // namespace assay::rules::types
