// Rule "monotonic": values are in order as rows follow each other.

#include "rules/property_type.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

using Order = plan::OrderCheck::Order;

struct Properties {
  std::string direction = "Ascending";
  bool strict = false;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      OneOf({"Ascending", "Descending"}, Optional("direction", &Properties::direction,
                                                  "Ascending, unless given, or Descending.")),
      Optional("strict", &Properties::strict, "Whether equal values in succession fail."),
  };
  return fields;
}

Result<Order> OrderOf(const Properties& properties) {
  if (properties.direction == "Ascending")
    return properties.strict ? Order::kStrictlyAscending : Order::kAscending;
  if (properties.direction == "Descending")
    return properties.strict ? Order::kStrictlyDescending : Order::kDescending;
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("direction: must be Ascending or Descending, not '{}'",
                          properties.direction));
}

const char* Violation(Order order) {
  switch (order) {
    case Order::kAscending: return "is below the value before it";
    case Order::kStrictlyAscending: return "is not above the value before it";
    case Order::kDescending: return "is above the value before it";
    case Order::kStrictlyDescending: return "is not below the value before it";
  }
  return "";
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  ASSAY_TRY(const Order order, OrderOf(properties));
  return CompiledRule{.form = plan::OrderCheck{.value = target.OnlyColumn(), .order = order},
                      .violation = Violation(order)};
}

}  // namespace

RuleType monotonic() {
  return {.name = "monotonic",
          .summary =
              "Values rise, or fall, from row to row within each file. Nulls and rows "
              "that the filter leaves out are passed over; NaN is above all numbers. "
              "Rows of tables have no order and cannot be checked.",
          .scope = FieldScope::kSingle,
          .accepts = {plan::FieldType::kIntegral, plan::FieldType::kFractional,
                      plan::FieldType::kString, plan::FieldType::kDate,
                      plan::FieldType::kTimestamp},
          .weight = 2,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"strict", true}},
                      .fields = {{"id", plan::FieldType::kIntegral}},
                      .rows = {{1}, {2}, {nullptr}, {2}, {3}, {1}},
                      .failing_rows = {3, 5}},
          .compile = Compile};
}

}  // namespace assay::rules::types
