#include "rules/check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "plan/bind_now.h"
#include "rules/field_lookup.h"

namespace assay::rules {
namespace {

bool IsBlank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

Result<const RuleType*> FindRule(const std::string& name) {
  if (const RuleType* rule = FindRuleType(name)) return rule;
  return Fail(ErrorKind::kInvalidInput, UnknownRuleMessage(name));
}

Status CheckFieldCount(const RuleType& rule, size_t count) {
  switch (rule.scope) {
    case FieldScope::kSingle:
      if (count == 1) return {};
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("names exactly one field, not {}", count));
    case FieldScope::kMultiple:
      if (count >= 1) return {};
      return Fail(ErrorKind::kInvalidInput, "names at least one field");
    case FieldScope::kNone:
      if (count == 0) return {};
      return Fail(ErrorKind::kInvalidInput, "is about the whole container and names no fields");
    case FieldScope::kCalculated: return {};
  }
  return {};
}

/// The fields a check names. Those given for a calculated rule come from an export of the
/// check: they need to exist, but its expression says what is used.
Result<std::vector<const plan::Field*>> FindFields(const RuleType& rule,
                                                   const std::vector<std::string>& names,
                                                   const plan::Schema& schema) {
  ASSAY_RETURN_IF_ERROR(CheckFieldCount(rule, names.size()));
  std::vector<const plan::Field*> fields;
  for (const std::string& name : names) {
    ASSAY_TRY(const plan::Field* field, FindField(name, schema));
    if (std::ranges::find(fields, field) != fields.end()) {
      return Fail(ErrorKind::kInvalidInput, fmt::format("field is named twice: '{}'", name));
    }
    if (!rule.accepts.empty() &&
        std::ranges::find(rule.accepts, field->type) == rule.accepts.end()) {
      std::vector<const char*> accepted;
      for (const plan::FieldType type : rule.accepts)
        accepted.push_back(plan::FieldTypeName(type));
      return Fail(
          ErrorKind::kInvalidInput,
          fmt::format("does not apply to fields of type {}, only to {}: '{}'",
                      plan::FieldTypeName(field->type), fmt::join(accepted, ", "), name));
    }
    fields.push_back(field);
  }
  return fields;
}

bool HasFilter(const CheckDefinition& definition) {
  return definition.filter && !IsBlank(*definition.filter);
}

Status CheckFilterTaken(const RuleType& rule, const CheckDefinition& definition) {
  if (rule.filterable || !HasFilter(definition)) return {};
  return Fail(ErrorKind::kInvalidInput, "filter: not supported by this rule");
}

Result<std::optional<plan::Expression>> CompileFilter(const RuleType& rule,
                                                      const CheckDefinition& definition,
                                                      const plan::Schema& schema,
                                                      const plan::Variables& variables) {
  ASSAY_RETURN_IF_ERROR(CheckFilterTaken(rule, definition));
  if (!HasFilter(definition)) return std::optional<plan::Expression>();
  Result<plan::Expression> filter = plan::ParsePredicate(*definition.filter, schema, variables);
  if (!filter) return FailWithin("filter", filter.error());
  return std::optional<plan::Expression>(*std::move(filter));
}

Status CheckCoverage(const RuleType& rule, double coverage) {
  if (std::isnan(coverage) || coverage < 0 || coverage > 1) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("coverage: must be from 0 to 1, not {}", coverage));
  }
  if (!rule.supports_coverage && coverage != 1) {
    return Fail(ErrorKind::kInvalidInput,
                "coverage: not supported by this rule, leave it at 1");
  }
  return {};
}

Status CheckPropertiesTaken(const RuleType& rule, const Json& properties) {
  if (!rule.properties_schema.empty() || properties.empty()) return {};
  if (!properties.is_object())
    return Fail(ErrorKind::kInvalidInput, "properties: must be an object");
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("properties: this rule has none, unknown key '{}'",
                          properties.begin().key()));
}

/// What a calculated rule is calculated from; nullptr when the form has no such expression.
plan::Expression* CalculatedExpression(plan::CheckForm& form) {
  if (auto* row_check = std::get_if<plan::RowCheck>(&form)) return &row_check->predicate;
  if (auto* measure_check = std::get_if<plan::MeasureCheck>(&form))
    return &measure_check->measure;
  if (auto* comparison = std::get_if<plan::ComparisonCheck>(&form)) return &comparison->measure;
  return nullptr;
}

std::vector<std::string> FieldsUsed(const RuleType& rule, const Target& target,
                                    const plan::Expression* expression) {
  std::vector<std::string> names;
  if (rule.scope != FieldScope::kCalculated || expression == nullptr) {
    for (const plan::Field* field : target.fields) names.push_back(field->name);
    return names;
  }
  for (const std::string& name : expression->FieldNames()) {
    const plan::Field* field = target.schema.Find(name);
    names.push_back(field == nullptr ? name : field->name);
  }
  return names;
}

std::vector<std::string> FieldsCompared(const plan::Schema& schema,
                                        const std::vector<std::string>& used,
                                        const plan::CheckForm& form) {
  std::vector<std::string> compared;
  const auto* row_check = std::get_if<plan::RowCheck>(&form);
  if (row_check == nullptr) return compared;
  for (const std::string& name : row_check->predicate.FieldNames()) {
    const plan::Field* field = schema.Find(name);
    if (field != nullptr && std::ranges::find(used, field->name) == used.end())
      compared.push_back(field->name);
  }
  return compared;
}

Result<CompiledCheck> CompileFor(const RuleType& rule, const CheckDefinition& definition,
                                 const plan::Schema& schema, Timestamp now,
                                 const plan::Variables& variables,
                                 const References& references) {
  ASSAY_TRY(std::vector<const plan::Field*> fields,
            FindFields(rule, definition.fields, schema));
  ASSAY_TRY(std::optional<plan::Expression> filter,
            CompileFilter(rule, definition, schema, variables));
  if (filter) filter = plan::BindNow(*filter, now);
  ASSAY_RETURN_IF_ERROR(CheckCoverage(rule, definition.coverage));
  ASSAY_RETURN_IF_ERROR(CheckPropertiesTaken(rule, definition.properties));

  const Target target = {.schema = schema,
                         .fields = std::move(fields),
                         .now = now,
                         .variables = variables,
                         .references = references,
                         .filter = filter};
  const Json none = Json::object();
  Result<CompiledRule> compiled =
      rule.compile(target, definition.properties.is_null() ? none : definition.properties);
  if (!compiled) return FailWithin("properties", compiled.error());
  plan::Expression* expression = CalculatedExpression(compiled->form);
  std::vector<std::string> used = FieldsUsed(rule, target, expression);
  std::vector<std::string> compared = FieldsCompared(schema, used, compiled->form);
  if (expression != nullptr) *expression = plan::BindNow(*expression, now);
  return CompiledCheck{.plan = {.form = std::move(compiled->form),
                                .filter = std::move(filter),
                                .coverage = definition.coverage},
                       .violation = std::move(compiled->violation),
                       .fields = std::move(used),
                       .compared_fields = std::move(compared),
                       .wording = std::move(compiled->wording),
                       .reference_name = std::move(compiled->reference_name)};
}

}  // namespace

const Fields<CheckDefinition>& CheckDefinition::JsonFields() {
  static const Fields<CheckDefinition> fields = {
      Required("rule_type", &CheckDefinition::rule, "Name of the rule type, such as notNull."),
      Optional("description", &CheckDefinition::description, "What the check is for."),
      Optional("fields", &CheckDefinition::fields, "Names of the fields it is about."),
      Optional("coverage", &CheckDefinition::coverage,
               "Share of the filtered records that must pass, from 0 to 1."),
      Optional("filter", &CheckDefinition::filter,
               "Spark SQL condition; records for which it is not true are left out."),
      Optional("properties", &CheckDefinition::properties, "Parameters of the rule type."),
  };
  return fields;
}

Result<CompiledCheck> Compile(const CheckDefinition& definition, const plan::Schema& schema,
                              Timestamp now, const plan::Variables& variables,
                              const References& references) {
  ASSAY_TRY(const RuleType* rule, FindRule(definition.rule));
  Result<CompiledCheck> compiled =
      CompileFor(*rule, definition, schema, now, variables, references);
  if (!compiled) {
    return FailWithin(
        fmt::format("check {}({})", rule->name, fmt::join(definition.fields, ", ")),
        compiled.error());
  }
  return compiled;
}

Status CheckWithoutSchema(const CheckDefinition& definition) {
  ASSAY_TRY(const RuleType* rule, FindRule(definition.rule));
  ASSAY_RETURN_IF_ERROR(CheckFilterTaken(*rule, definition));
  ASSAY_RETURN_IF_ERROR(CheckCoverage(*rule, definition.coverage));
  ASSAY_RETURN_IF_ERROR(CheckPropertiesTaken(*rule, definition.properties));
  const bool has_placeholders =
      HasFilter(definition) && definition.filter->find("{{") != std::string::npos;
  if (!HasFilter(definition) || has_placeholders) return {};
  if (const auto filter = plan::ParseExpression(*definition.filter); !filter)
    return FailWithin("filter", filter.error());
  return {};
}

}  // namespace assay::rules
