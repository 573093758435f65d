#include "import/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "plan/parser.h"

namespace assay::imports {
namespace {

using plan::FieldType;
using rules::CheckDefinition;

/// Types that differ in which expressions they allow.
constexpr std::array kTypes = {FieldType::kString,    FieldType::kFractional,
                               FieldType::kTimestamp, FieldType::kBoolean,
                               FieldType::kIntegral,  FieldType::kDate};

/// With more fields, only schemas in which all have one type are tried, and a failure proves
/// nothing.
constexpr size_t kMaxMixedFields = 3;

plan::Schema SchemaOf(const std::vector<std::string>& names,
                      const std::vector<FieldType>& types) {
  plan::Schema schema;
  for (size_t i = 0; i < names.size(); ++i) {
    schema.fields.push_back({.name = names[i], .path = {names[i]}, .type = types[i]});
  }
  return schema;
}

/// The next combination of the types, as digits of a number; false after the last.
bool Advance(std::vector<FieldType>& types) {
  for (FieldType& type : types) {
    const auto* at = std::ranges::find(kTypes, type);
    if (at + 1 != kTypes.end()) {
      type = *(at + 1);
      return true;
    }
    type = kTypes.front();
  }
  return false;
}

/// Whether `attempt` succeeds for fields of some types; the first error otherwise.
Status TryTypes(const std::vector<std::string>& names,
                const std::function<Status(const plan::Schema&)>& attempt) {
  const Status first =
      attempt(SchemaOf(names, std::vector<FieldType>(names.size(), kTypes.front())));
  if (first) return {};
  for (const FieldType type : kTypes) {
    if (attempt(SchemaOf(names, std::vector<FieldType>(names.size(), type)))) return {};
  }
  if (names.size() > kMaxMixedFields) return {};
  std::vector<FieldType> types(names.size(), kTypes.front());
  while (Advance(types)) {
    if (attempt(SchemaOf(names, types))) return {};
  }
  return first;
}

void AddNames(std::vector<std::string>& names, const std::vector<std::string>& more) {
  for (const std::string& name : more) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
}

Result<std::vector<std::string>> NamesIn(const std::string& expression) {
  ASSAY_TRY(const plan::Expression parsed, plan::ParseExpression(expression));
  return parsed.FieldNames();
}

Status VerifyFilter(const std::string& filter) {
  Result<std::vector<std::string>> names = NamesIn(filter);
  if (!names) return FailWithin("filter", names.error());
  return TryTypes(*names, [&](const plan::Schema& schema) -> Status {
    const auto parsed = plan::ParsePredicate(filter, schema);
    if (!parsed) return FailWithin("filter", parsed.error());
    return {};
  });
}

/// Whether it looks into another container, which is not here to compile the check with.
bool HasReference(const rules::RuleType& rule) {
  return rule.properties_schema.contains("properties") &&
         rule.properties_schema["properties"].contains("ref_container_name");
}

Status VerifyPropertyNames(const rules::RuleType& rule, const CheckDefinition& definition) {
  for (const auto& [name, value] : definition.properties.items()) {
    if (rule.properties_schema["properties"].contains(name)) continue;
    return Fail(ErrorKind::kUnsupported,
                fmt::format("the rule {} has no property {}", rule.name, name));
  }
  return {};
}

/// The fields of the check and one that its properties name; a calculated one has those of its
/// condition in addition.
Result<std::vector<std::string>> NamesOf(const CheckDefinition& definition) {
  std::vector<std::string> names = definition.fields;
  const auto field = definition.properties.find("field_name");
  if (field != definition.properties.end() && field->is_string())
    AddNames(names, {field->get<std::string>()});
  if (definition.rule == "satisfiesExpression") {
    ASSAY_TRY(const std::vector<std::string> used,
              NamesIn(definition.properties["expression"].get<std::string>()));
    AddNames(names, used);
  }
  return names;
}

}  // namespace

Status Verify(const CheckDefinition& definition) {
  const rules::RuleType* rule = rules::FindRuleType(definition.rule);
  if (rule == nullptr) {
    return Fail(ErrorKind::kNotFound,
                fmt::format("no rule {} in this version", definition.rule));
  }
  if (definition.filter) {
    if (!rule->filterable) {
      return Fail(ErrorKind::kUnsupported,
                  fmt::format("the rule {} takes no filter", definition.rule));
    }
    ASSAY_RETURN_IF_ERROR(VerifyFilter(*definition.filter));
  }
  if (HasReference(*rule)) return VerifyPropertyNames(*rule, definition);
  ASSAY_TRY(const std::vector<std::string> names, NamesOf(definition));
  CheckDefinition unfiltered = definition;
  unfiltered.filter.reset();
  return TryTypes(names, [&](const plan::Schema& schema) -> Status {
    const auto compiled = rules::Compile(unfiltered, schema, Timestamp{});
    if (!compiled) return std::unexpected(compiled.error());
    return {};
  });
}

}  // namespace assay::imports
