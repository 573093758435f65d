// Transformation "convertFormattedNumeric": the number that a text written for people shows.

#include "rules/transformations/all.h"

namespace assay::rules::transformations {
namespace {

using plan::Expression;
using plan::Literal;

struct Properties {};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {};
  return fields;
}

constexpr const char* kOrnaments = R"([$,%\s])";
constexpr const char* kInParentheses = R"(^\((.*)\)$)";
constexpr const char* kNumber = R"(^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$)";

Expression Text(const char* text) {
  return Expression::Constant(Literal::String(text));
}

/// The number that is all of the text, else null.
Expression NumberIn(const Expression& text) {
  return Expression::Call("case", {Expression::Call("rlike", {text, Text(kNumber)}),
                                   Expression::Call("cast", {text, Text("double")})});
}

Result<Expression> Compile(const plan::Field* source, const Json& json) {
  ASSAY_RETURN_IF_ERROR(PropertyFields().Parse(json, UnknownKeys::kIgnore));
  const Expression plain = Expression::Call(
      "regexp_replace", {Expression::Column(source->name), Text(kOrnaments), Text("")});
  const Expression inner =
      Expression::Call("regexp_replace", {plain, Text(kInParentheses), Text("$1")});
  const Expression is_negative = Expression::Call("rlike", {plain, Text(kInParentheses)});
  return Expression::Call(
      "case", {is_negative, Expression::Call("negate", {NumberIn(inner)}), NumberIn(plain)});
}

}  // namespace

Transformation ConvertFormattedNumeric() {
  return {.name = "convertFormattedNumeric",
          .summary =
              "The number in a text such as $1,234.50, (99) for -99, or 12%: without $ , % and "
              "white space. Null when the rest is no number.",
          .accepts = {plan::FieldType::kString},
          .properties_schema = PropertyFields().Schema(),
          .compile = Compile};
}

}  // namespace assay::rules::transformations
