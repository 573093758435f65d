// Rule "lessThanField": every value is less than that of another field of its row.

#include "rules/field_comparison.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  return CompileFieldOrder(target, json, Order::kLess);
}

}  // namespace

RuleType less_than_field() {
  return {
      .name = "lessThanField",
      .summary =
          "Every value is less than that of another field of its row (or equal, when "
          "inclusive). Rows where either is null pass. NaN fails. A date is its first moment.",
      .scope = FieldScope::kSingle,
      .accepts = {plan::FieldType::kIntegral, plan::FieldType::kFractional,
                  plan::FieldType::kDate, plan::FieldType::kTimestamp},
      .weight = 2,
      .properties_schema = FieldOrderProperties::JsonFields().Schema(),
      .example = {.properties = {{"field_name", "shipped_on"}, {"inclusive", true}},
                  .fields = {{"ordered_on", plan::FieldType::kDate}},
                  .other_fields = {{"shipped_on", plan::FieldType::kDate}},
                  .rows = {{"2026-01-05", "2026-01-05"},
                           {"2026-01-06", "2026-01-05"},
                           {"2026-01-04", nullptr}},
                  .failing_rows = {1}},
      .compile = Compile};
}

}  // namespace assay::rules::types
