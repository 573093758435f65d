#include "rules/rule_reference.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "rules/rule_type.h"
#include "rules/yaml_document.h"

namespace assay::rules {
namespace {

constexpr std::string_view kIntroduction = R"(# Rules

Every check is of one of these types. A check names fields, may leave rows out with a `filter` (a
Spark SQL condition; rows for which it is not true are not asserted), and may ask that only a share
of the asserted rows passes (`coverage`, from 0 to 1). Null passes every rule that is not about
nulls. Numbers compare exactly; times are UTC. In bounds and lists a number may also be written as
text, which keeps any number of digits.

This file is generated from the rule types in `src/rules/types`.
)";

std::string FieldsSentence(const RuleType& rule) {
  std::vector<const char*> types;
  for (const plan::FieldType type : rule.accepts) types.push_back(plan::FieldTypeName(type));
  const std::string accepted =
      types.empty() ? "any type" : fmt::format("type {}", fmt::join(types, ", "));
  switch (rule.scope) {
    case FieldScope::kSingle: return "one, of " + accepted;
    case FieldScope::kMultiple: return "one or more, of " + accepted;
    case FieldScope::kCalculated: return "those of its expression";
    case FieldScope::kNone: return "none, it is about the container";
  }
  return "";
}

std::string EscapeCell(std::string text) {
  size_t position = 0;
  while ((position = text.find('|', position)) != std::string::npos) {
    text.insert(position, "\\");
    position += 2;
  }
  return text;
}

std::string PropertiesTable(const Json& schema) {
  if (schema.empty()) return "";
  std::string table = "\n| property | type | required | meaning |\n|---|---|---|---|\n";
  const Json required = schema.value("required", Json::array());
  for (const auto& [name, property] : schema["properties"].items()) {
    const bool is_required = std::ranges::find(required, Json(name)) != required.end();
    table +=
        fmt::format("| `{}` | {} | {} | {} |\n", name, property.value("type", "value"),
                    is_required ? "yes" : "no", EscapeCell(property.value("description", "")));
  }
  return table;
}

std::string PrintCell(const Json& value) {
  return value.is_null() ? "*null*" : fmt::format("`{}`", EscapeCell(PrintYaml(value)));
}

std::string TableHead(const std::vector<RuleExample::Field>& fields,
                      const std::string& last_column) {
  std::string head = "\n| row |", line = "|---|";
  for (const RuleExample::Field& field : fields) {
    head += fmt::format(" {} |", field.name);
    line += "---|";
  }
  if (last_column.empty()) return head + "\n" + line + "\n";
  return head + last_column + "\n" + line + "---|\n";
}

std::string TableRow(size_t number, const std::vector<Json>& row) {
  std::string text = fmt::format("| {} |", number);
  for (const Json& value : row) text += fmt::format(" {} |", PrintCell(value));
  return text;
}

std::string Example(const RuleType& rule) {
  const RuleExample& example = rule.example;
  std::string text = "\n```yaml\nrule_type: " + rule.name + "\n";
  if (rule.scope == FieldScope::kSingle || rule.scope == FieldScope::kMultiple) {
    Json names = Json::array();
    for (const RuleExample::Field& field : example.fields) names.push_back(field.name);
    text += fmt::format("fields: {}\n", PrintYaml(names));
  }
  if (!example.properties.empty()) {
    text += fmt::format("properties: {}\n", PrintYaml(example.properties));
  }
  text += "```\n";
  if (example.rows.empty()) return text;

  const bool is_of_rows = example.verdict == RuleExample::Verdict::kOfRows;
  std::vector<RuleExample::Field> fields = example.fields;
  fields.insert(fields.end(), example.other_fields.begin(), example.other_fields.end());
  text += TableHead(fields, is_of_rows ? " |" : "");
  for (size_t row = 0; row < example.rows.size(); ++row) {
    if (!is_of_rows) {
      text += TableRow(row, example.rows[row]) + "\n";
      continue;
    }
    const bool fails = std::ranges::find(example.failing_rows, static_cast<int64_t>(row)) !=
                       example.failing_rows.end();
    text += TableRow(row, example.rows[row]) + (fails ? " fails |\n" : " passes |\n");
  }
  if (!is_of_rows) text += "\nThe check fails.\n";
  const RuleExample::Reference& reference = example.reference;
  if (reference.name.empty()) return text;
  text += fmt::format("\nwhere `{}` is:\n", reference.name);
  text += TableHead(reference.fields, "");
  for (size_t row = 0; row < reference.rows.size(); ++row)
    text += TableRow(row, reference.rows[row]) + "\n";
  return text;
}

}  // namespace

std::string RuleReference() {
  std::vector<const RuleType*> rules;
  for (const RuleType& rule : AllRuleTypes()) rules.push_back(&rule);
  std::ranges::sort(rules, {}, &RuleType::name);
  std::string text(kIntroduction);
  for (const RuleType* rule : rules) {
    text += fmt::format(
        "\n## {}\n\n{}\n\n- Fields: {}.\n- Filter: {}. Coverage: {}. Weight: {}.{}\n",
        rule->name, rule->summary, FieldsSentence(*rule), rule->filterable ? "yes" : "no",
        rule->supports_coverage ? "yes" : "no", rule->weight,
        rule->category == CheckCategory::kMetadata ? " Category: metadata." : "");
    text += PropertiesTable(rule->properties_schema);
    text += Example(*rule);
  }
  return text;
}

}  // namespace assay::rules
