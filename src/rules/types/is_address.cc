// Rule "isAddress": every non-null text is a postal address with the required parts.

#include <fmt/format.h>

#include "plan/address/labels.h"
#include "rules/field_types.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  std::vector<std::string> required_labels;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("required_labels", &Properties::required_labels,
               "The parts an address needs, at least one of road, city, state, country, "
               "postcode."),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  if (properties.required_labels.empty()) {
    return Fail(ErrorKind::kInvalidInput, "required_labels: must name at least one part");
  }
  for (const std::string& label : properties.required_labels) {
    if (plan::address::ParseLabel(label)) continue;
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("required_labels: not one of road, city, state, country, "
                            "postcode: '{}'",
                            label));
  }
  return CompiledRule{
      .form = plan::RowCheck{plan::TextIs(
          target.OnlyColumn(),
          fmt::format("address {}", fmt::join(properties.required_labels, " ")))},
      .violation = fmt::format("is not an address with {}",
                               fmt::join(properties.required_labels, ", "))};
}

}  // namespace

RuleType is_address() {
  return {.name = "isAddress",
          .summary =
              "In every non-null value all required parts of a postal address are found, by "
              "the rules and within the limits that docs/addresses.md states. No part is "
              "looked up: whether the address exists is not known.",
          .scope = FieldScope::kSingle,
          .accepts = TextTypes(),
          .weight = 3,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"required_labels", {"road", "city", "postcode"}}},
                      .fields = {{"address", plan::FieldType::kString}},
                      .rows = {{"1600 Pennsylvania Avenue NW, Washington, DC 20500"},
                               {"Hauptstraße 5, 10115 Berlin"},
                               {"Berlin, Germany"},
                               {"10 Downing Street, London"},
                               {nullptr}},
                      .failing_rows = {2, 3}},
          .compile = Compile};
}

}  // namespace assay::rules::types
