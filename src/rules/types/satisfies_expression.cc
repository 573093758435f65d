// Rule "satisfiesExpression": a condition over the fields of a row is not false.

#include "rules/property_type.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  std::string expression;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      As(PropertyType::kSparkSql,
         Required("expression", &Properties::expression,
                  "Spark SQL condition over the row's fields; also accepted as equation.")),
  };
  return fields;
}

/// The key of the time when the rule was called satisfiesEquation.
Json WithCurrentKeys(const Json& json) {
  if (!json.is_object() || !json.contains("equation") || json.contains("expression"))
    return json;
  Json current = json;
  current["expression"] = json["equation"];
  current.erase("equation");
  return current;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(WithCurrentKeys(json)));
  Result<plan::Expression> predicate =
      plan::ParsePredicate(properties.expression, target.schema, target.variables);
  if (!predicate) return FailWithin("expression", predicate.error());
  const size_t field_count = predicate->FieldNames().size();
  return CompiledRule{
      .form = plan::RowCheck{*std::move(predicate)},
      .violation =
          (field_count == 1 ? "does not satisfy " : "do not satisfy ") + properties.expression};
}

}  // namespace

RuleType satisfies_expression() {
  return {
      .name = "satisfiesExpression",
      .summary = "The condition is not false for any row; a row for which it is null passes.",
      .scope = FieldScope::kCalculated,
      .weight = 3,
      .properties_schema = PropertyFields().Schema(),
      .example = {.properties = {{"expression", "tax <= price * 0.10"}},
                  .fields = {{"price", plan::FieldType::kIntegral},
                             {"tax", plan::FieldType::kIntegral}},
                  .rows = {{10000, 900}, {15000, 2000}, {20000, 1800}, {10000, 1500}},
                  .failing_rows = {1, 3}},
      .compile = Compile};
}

}  // namespace assay::rules::types
