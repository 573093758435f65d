// Rule "predictedBy": every value lies near that of an expression over its row.

#include <fmt/format.h>

#include "rules/comparator.h"
#include "rules/property_type.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  std::string expression;
  Json tolerance;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      As(PropertyType::kSparkSql,
         Required(
             "expression", &Properties::expression,
             "Spark SQL expression over the row's fields, of a type that compares with the "
             "field's.")),
      Required("tolerance", &Properties::tolerance,
               "The largest difference that passes, from 0: a number; for dates and times "
               "milliseconds."),
  };
  return fields;
}

Result<plan::Expression> Prediction(const Target& target, const std::string& text) {
  ASSAY_TRY(plan::Expression prediction, plan::ParseExpression(text, target.variables));
  ASSAY_TRY(const plan::FieldType type, plan::TypeOf(prediction, target.schema));
  if (!AreComparable(target.OnlyField().type, type)) {
    return Fail(
        ErrorKind::kInvalidInput,
        fmt::format("gives type {}, which cannot be compared with the field's {}",
                    plan::FieldTypeName(type), plan::FieldTypeName(target.OnlyField().type)));
  }
  return prediction;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  Result<plan::Expression> prediction = Prediction(target, properties.expression);
  if (!prediction) return FailWithin("expression", prediction.error());
  Result<Comparison> comparison =
      Comparison::Within(properties.tolerance, target.OnlyField().type);
  if (!comparison) return FailWithin("tolerance", comparison.error());
  return CompiledRule{
      .form = plan::RowCheck{comparison->Equal(target.OnlyColumn(), *std::move(prediction))},
      .violation = fmt::format("is not{} of {}", comparison->Margin(), properties.expression)};
}

}  // namespace

RuleType predicted_by() {
  return {.name = "predictedBy",
          .summary =
              "Every value differs from that of an expression over its row by at most the "
              "tolerance. Rows where either is null pass.",
          .scope = FieldScope::kSingle,
          .accepts = {plan::FieldType::kIntegral, plan::FieldType::kFractional,
                      plan::FieldType::kDate, plan::FieldType::kTimestamp},
          .weight = 3,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"expression", "price * 0.08"}, {"tolerance", 2}},
                      .fields = {{"tax", plan::FieldType::kIntegral}},
                      .other_fields = {{"price", plan::FieldType::kIntegral}},
                      .rows = {{8, 100}, {12, 100}, {9, 100}},
                      .failing_rows = {1}},
          .compile = Compile};
}

}  // namespace assay::rules::types
