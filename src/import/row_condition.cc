#include "import/row_condition.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "import/sql_text.h"

namespace assay::imports {
namespace {

using rules::CheckDefinition;

/// A number as it is written, also when it is given as text.
std::string Number(const Json& value) {
  return value.is_string() ? value.get<std::string>() : SqlLiteral(value);
}

std::string Compare(const CheckDefinition& definition, std::string_view operation,
                    const std::string& bound) {
  return fmt::format("{} {} {}", SqlName(definition.fields.front()), operation, bound);
}

std::string EachField(const CheckDefinition& definition, std::string_view predicate,
                      std::string_view operation) {
  std::vector<std::string> conditions;
  for (const std::string& field : definition.fields) {
    conditions.push_back(fmt::format("{} {}", SqlName(field), predicate));
  }
  return SqlJoin(conditions, operation);
}

std::string Between(const CheckDefinition& definition) {
  const Json& properties = definition.properties;
  return fmt::format(
      "{0} {1} {2} AND {0} {3} {4}", SqlName(definition.fields.front()),
      properties.value("inclusive_min", true) ? ">=" : ">", Number(properties.at("min")),
      properties.value("inclusive_max", true) ? "<=" : "<", Number(properties.at("max")));
}

struct Printer {
  std::string_view rule;
  std::string (*print)(const CheckDefinition&);
};

constexpr auto kPrinters = std::to_array<Printer>({
    {"notNull", [](const CheckDefinition& d) { return EachField(d, "IS NOT NULL", "AND"); }},
    {"anyNotNull", [](const CheckDefinition& d) { return EachField(d, "IS NOT NULL", "OR"); }},
    {"expectedValues",
     [](const CheckDefinition& d) {
       return fmt::format("{} IN ({})", SqlName(d.fields.front()),
                          SqlList(d.properties.at("list").get<std::vector<Json>>()));
     }},
    {"between", Between},
    {"betweenTimes",
     [](const CheckDefinition& d) {
       return fmt::format("{} BETWEEN {} AND {}", SqlName(d.fields.front()),
                          SqlTimeLiteral(d.properties.at("min_time")),
                          SqlTimeLiteral(d.properties.at("max_time")));
     }},
    {"minValue",
     [](const CheckDefinition& d) {
       return Compare(d, ">=", Number(d.properties.at("value")));
     }},
    {"maxValue",
     [](const CheckDefinition& d) {
       return Compare(d, "<=", Number(d.properties.at("value")));
     }},
    {"greaterThan",
     [](const CheckDefinition& d) {
       return Compare(d, ">", Number(d.properties.at("value")));
     }},
    {"lessThan",
     [](const CheckDefinition& d) {
       return Compare(d, "<", Number(d.properties.at("value")));
     }},
    {"afterDateTime",
     [](const CheckDefinition& d) {
       return Compare(d, ">", SqlTimeLiteral(d.properties.at("datetime")));
     }},
    {"beforeDateTime",
     [](const CheckDefinition& d) {
       return Compare(d, "<", SqlTimeLiteral(d.properties.at("datetime")));
     }},
    {"matchesPattern",
     [](const CheckDefinition& d) {
       return Compare(d, "RLIKE", SqlLiteral(d.properties.at("pattern")));
     }},
    {"minLength",
     [](const CheckDefinition& d) {
       return fmt::format("length({}) >= {}", SqlName(d.fields.front()),
                          Number(d.properties.at("value")));
     }},
    {"maxLength",
     [](const CheckDefinition& d) {
       return fmt::format("length({}) <= {}", SqlName(d.fields.front()),
                          Number(d.properties.at("value")));
     }},
});

}  // namespace

std::optional<std::string> RowConditionOf(const CheckDefinition& definition) {
  if (definition.rule == "satisfiesExpression") {
    return definition.properties.at("expression").get<std::string>();
  }
  const auto* printer = std::ranges::find(kPrinters, definition.rule, &Printer::rule);
  if (printer == kPrinters.end() || definition.fields.empty()) return std::nullopt;
  return printer->print(definition);
}

}  // namespace assay::imports
