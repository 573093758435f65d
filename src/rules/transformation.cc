#include "rules/transformation.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/parser.h"
#include "rules/nearest_name.h"
#include "rules/transformations/all.h"

namespace assay::rules {
namespace {

constexpr size_t kLongestName = 255;

Status CheckName(const std::string& name, const plan::Schema& schema) {
  if (name.empty() || name.size() > kLongestName) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("name: must have 1 to {} bytes", kLongestName));
  }
  if (schema.Find(name) == nullptr) return {};
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("name: the container has a field of this name: '{}'", name));
}

Result<const plan::Field*> FindSource(const Transformation& transformation,
                                      const std::string& name, const plan::Schema& schema) {
  const plan::Field* field = schema.Find(name);
  if (field == nullptr) {
    std::vector<std::string> known;
    for (const plan::Field& each : schema.fields) known.push_back(each.name);
    return Fail(ErrorKind::kInvalidInput, fmt::format("source_fields: no such field: '{}'{}",
                                                      name, DidYouMean(name, known)));
  }
  const auto& accepts = transformation.accepts;
  if (accepts.empty() || std::ranges::find(accepts, field->type) != accepts.end()) return field;
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("source_fields: {} takes a field of type {}, '{}' is of type {}",
                          transformation.name, plan::FieldTypeName(accepts.front()),
                          field->name, plan::FieldTypeName(field->type)));
}

}  // namespace

std::span<const Transformation> AllTransformations() {
  static const std::vector<Transformation> all = {
      transformations::Cast(), transformations::CleanedEntityName(),
      transformations::ConvertFormattedNumeric(), transformations::CustomExpression()};
  return all;
}

const Transformation* FindTransformation(std::string_view name) {
  const auto all = AllTransformations();
  const auto found = std::ranges::find(all, name, &Transformation::name);
  return found == all.end() ? nullptr : &*found;
}

Result<plan::NamedExpression> CompileComputedField(const ComputedFieldDefinition& definition,
                                                   const plan::Schema& schema) {
  ASSAY_RETURN_IF_ERROR(CheckName(definition.name, schema));
  const Transformation* transformation = FindTransformation(definition.transformation);
  if (transformation == nullptr) {
    std::vector<std::string> names;
    for (const Transformation& each : AllTransformations()) names.push_back(each.name);
    return Fail(
        ErrorKind::kInvalidInput,
        fmt::format("transformation: must be {}, not '{}'{}", fmt::join(names, ", "),
                    definition.transformation, DidYouMean(definition.transformation, names)));
  }
  if (std::ssize(definition.source_fields) != transformation->source_fields) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("source_fields: {} takes {}, found {}", transformation->name,
                            transformation->source_fields == 0 ? "none" : "one field",
                            definition.source_fields.size()));
  }
  const plan::Field* source = nullptr;
  if (transformation->source_fields == 1) {
    ASSAY_TRY(source, FindSource(*transformation, definition.source_fields.front(), schema));
  }
  const Json properties =
      definition.properties.is_null() ? Json::object() : definition.properties;
  auto value = transformation->compile(source, properties);
  if (!value) return FailWithin("properties", value.error());
  const auto type = plan::TypeOf(*value, schema);
  if (!type) return FailWithin("properties", type.error());
  if (*type == plan::FieldType::kUnknown && value->kind() != plan::Expression::Kind::kColumn) {
    return Fail(ErrorKind::kUnsupported,
                "properties: the value has no type that a field can have; add a cast");
  }
  return plan::NamedExpression{definition.name, *std::move(value)};
}

}  // namespace assay::rules
