// Rule "expectedValues": every value is one of a list.

#include <fmt/format.h>

#include "rules/property_value.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

constexpr size_t kShownValues = 3;

struct Properties {
  std::vector<Json> list;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("list", &Properties::list,
               "The values that pass, in the field's own type; texts compare exactly."),
  };
  return fields;
}

std::string Violation(const std::vector<plan::Literal>& list) {
  std::string shown;
  for (size_t i = 0; i < list.size() && i < kShownValues; ++i) {
    shown += (i == 0 ? "" : ", ") + ShowValue(list[i]);
  }
  if (list.size() == 1) return "is not " + shown;
  if (list.size() <= kShownValues) return "is not one of " + shown;
  return fmt::format("is not one of {} (and {} more)", shown, list.size() - kShownValues);
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  if (properties.list.empty()) {
    return Fail(ErrorKind::kInvalidInput, "list: must hold at least one value");
  }
  std::vector<plan::Literal> list;
  list.reserve(properties.list.size());
  for (size_t i = 0; i < properties.list.size(); ++i) {
    ASSAY_TRY(plan::Literal literal, PropertyValue(fmt::format("list: item {}", i + 1),
                                                   properties.list[i], target.OnlyField()));
    list.push_back(std::move(literal));
  }
  std::string violation = Violation(list);
  return CompiledRule{.form = plan::RowCheck{plan::In(target.OnlyColumn(), std::move(list))},
                      .violation = std::move(violation)};
}

}  // namespace

RuleType expected_values() {
  return {.name = "expectedValues",
          .summary = "Every non-null value is one of the listed values.",
          .scope = FieldScope::kSingle,
          .accepts = {plan::FieldType::kIntegral, plan::FieldType::kFractional,
                      plan::FieldType::kBoolean, plan::FieldType::kString,
                      plan::FieldType::kDate, plan::FieldType::kTimestamp},
          .weight = 2,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"list", {"open", "closed"}}},
                      .fields = {{"status", plan::FieldType::kString}},
                      .rows = {{"open"}, {"Closed"}, {nullptr}, {"closed"}},
                      .failing_rows = {1}},
          .compile = Compile};
}

}  // namespace assay::rules::types
