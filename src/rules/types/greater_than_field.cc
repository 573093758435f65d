// Rule "greaterThanField": every value is greater than that of another field of its row.

#include "rules/field_comparison.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  return CompileFieldOrder(target, json, Order::kGreater);
}

}  // namespace

RuleType greater_than_field() {
  return {.name = "greaterThanField",
          .summary =
              "Every value is greater than that of another field of its row (or equal, when "
              "inclusive). Rows where either is null pass. NaN fails. A date is its first "
              "moment.",
          .scope = FieldScope::kSingle,
          .accepts = {plan::FieldType::kIntegral, plan::FieldType::kFractional,
                      plan::FieldType::kDate, plan::FieldType::kTimestamp},
          .weight = 2,
          .properties_schema = FieldOrderProperties::JsonFields().Schema(),
          .example = {.properties = {{"field_name", "discount"}},
                      .fields = {{"price", plan::FieldType::kIntegral}},
                      .other_fields = {{"discount", plan::FieldType::kIntegral}},
                      .rows = {{100, 105}, {500, 10}, {120, 121}},
                      .failing_rows = {0, 2}},
          .compile = Compile};
}

}  // namespace assay::rules::types
