// Rule "requiredValues": each value of a list occurs.

#include <algorithm>

#include "rules/property_value.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  std::vector<Json> list;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("list", &Properties::list,
               "The values that must occur, in the field's own type; texts compare exactly."),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  if (properties.list.empty())
    return Fail(ErrorKind::kInvalidInput, "list: must hold at least one value");
  std::vector<plan::Literal> list;
  for (size_t i = 0; i < properties.list.size(); ++i) {
    ASSAY_TRY(plan::Literal value, PropertyValue(fmt::format("list: item {}", i + 1),
                                                 properties.list[i], target.OnlyField()));
    const bool is_known = std::ranges::any_of(
        list, [&](const plan::Literal& other) { return plan::Compare(other, value) == 0; });
    if (!is_known) list.push_back(std::move(value));
  }
  return CompiledRule{.form = plan::GroupSizeCheck{.key = target.OnlyColumn(),
                                                   .expected_keys = std::move(list),
                                                   .min_rows = 1},
                      .violation = "has no row",
                      .wording = {.preposition = "with", .groups = "required values"}};
}

}  // namespace

RuleType required_values() {
  return {.name = "requiredValues",
          .summary =
              "Each of the listed values occurs at least once, also where there are no "
              "rows at all.",
          .scope = FieldScope::kSingle,
          .accepts = {plan::FieldType::kIntegral, plan::FieldType::kFractional,
                      plan::FieldType::kBoolean, plan::FieldType::kString,
                      plan::FieldType::kDate, plan::FieldType::kTimestamp},
          .supports_coverage = false,
          .weight = 2,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"list", {"open", "closed"}}},
                      .fields = {{"status", plan::FieldType::kString}},
                      .rows = {{"open"}, {"Closed"}, {nullptr}, {"open"}},
                      .verdict = RuleExample::Verdict::kFails},
          .compile = Compile};
}

}  // namespace assay::rules::types
