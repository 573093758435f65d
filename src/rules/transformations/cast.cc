// Transformation "cast": the value as one of another type.

#include <fmt/format.h>

#include "plan/value_type.h"
#include "rules/transformations/all.h"

namespace assay::rules::transformations {
namespace {

using Kind = plan::ValueType::Kind;

struct Properties {
  std::string target_type;
  std::optional<std::string> format;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required(
          "target_type", &Properties::target_type,
          "A type of Spark SQL: int, bigint, decimal(10,2), double, boolean, string, date, "
          "timestamp."),
      Optional("format", &Properties::format,
               "How the text is written: dd/MM/yyyy. Only from text to date or timestamp."),
  };
  return fields;
}

Result<plan::Expression> Compile(const plan::Field* source, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  const auto type = plan::ParseTypeName(properties.target_type);
  if (!type) return FailWithin("target_type", type.error());
  const plan::Expression value = plan::Expression::Column(source->name);
  const auto literal = [](std::string text) {
    return plan::Expression::Constant(plan::Literal::String(std::move(text)));
  };
  if (!properties.format || properties.format->empty())
    return plan::Expression::Call("cast", {value, literal(plan::TypeName(*type))});
  const bool is_time = type->kind == Kind::kDate || type->kind == Kind::kTimestamp;
  if (source->type != plan::FieldType::kString || !is_time) {
    return Fail(ErrorKind::kInvalidInput,
                "format: is only for casts from text to date or timestamp; leave it out");
  }
  return plan::Expression::Call(type->kind == Kind::kDate ? "to_date" : "to_timestamp",
                                {value, literal(*properties.format)});
}

}  // namespace

Transformation Cast() {
  return {.name = "cast",
          .summary = "The value as one of another type; null when it is none of that type.",
          .properties_schema = PropertyFields().Schema(),
          .compile = Compile};
}

}  // namespace assay::rules::transformations
