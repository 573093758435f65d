// Transformation "customExpression": whatever an expression over the row says.

#include "plan/parser.h"
#include "rules/transformations/all.h"

namespace assay::rules::transformations {
namespace {

struct Properties {
  std::string column_expression;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("column_expression", &Properties::column_expression,
               "An expression over the fields of a row (docs/expressions.md)."),
  };
  return fields;
}

Result<plan::Expression> Compile(const plan::Field*, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  auto expression = plan::ParseExpression(properties.column_expression);
  if (!expression) return FailWithin("column_expression", expression.error());
  return expression;
}

}  // namespace

Transformation CustomExpression() {
  return {.name = "customExpression",
          .summary = "The value of an expression over the other fields of the row.",
          .source_fields = 0,
          .properties_schema = PropertyFields().Schema(),
          .compile = Compile};
}

}  // namespace assay::rules::transformations
