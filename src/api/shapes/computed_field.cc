#include "api/shapes/computed_field.h"

#include "api/schema_check.h"
#include "rules/transformation.h"

namespace assay::api {
namespace {

struct SourceView {
  std::string name;

  static const Fields<SourceView>& JsonFields() {
    static const Fields<SourceView> fields = {
        Required("name", &SourceView::name, "Its name."),
    };
    return fields;
  }
};

struct View {
  int64_t id = 0;
  Timestamp created{};
  std::string name, transformation_type;
  std::vector<SourceView> source_fields;
  Json properties;
  int64_t container_id = 0;
  Json additional_metadata;
};

const Fields<View>& ViewFields() {
  static const Fields<View> fields = {
      Required("id", &View::id, "Its id."),
      Required("created", &View::created, "When it was made."),
      Required("name", &View::name, "Its name, unique in its container."),
      Required("transformation_type", &View::transformation_type,
               "cast, cleanedEntityName, convertFormattedNumeric or customExpression."),
      Required("source_fields", &View::source_fields, "The field that it is made of."),
      Required("properties", &View::properties, "As the transformation takes them."),
      Required("container_id", &View::container_id, "The container that it is a field of."),
      Required("additional_metadata", &View::additional_metadata, "As users gave it."),
  };
  return fields;
}

struct Input {
  std::optional<int64_t> container_id;
  std::optional<std::string> name, transformation;
  std::optional<std::vector<Json>> source_fields;
  std::optional<std::map<std::string, Json>> properties, additional_metadata;
};

const Fields<Input>& InputFields() {
  static const Fields<Input> fields = {
      Optional("container_id", &Input::container_id,
               "The container that it becomes a field of; cannot change."),
      Optional("name", &Input::name, "Its name, which no field of the container has."),
      Optional("transformation", &Input::transformation,
               "cast, cleanedEntityName, convertFormattedNumeric or customExpression."),
      Optional(
          "source_fields", &Input::source_fields,
          "The name of the field that it is made of, or an object with that name; none for "
          "customExpression."),
      Optional("properties", &Input::properties,
               "As GET /api/computed-fields/specifications says."),
      Optional("additional_metadata", &Input::additional_metadata,
               "Any object; kept as it is."),
  };
  return fields;
}

Shape InputShape(const char* name, const std::vector<std::string>& required) {
  return {.name = name,
          .schema = RequestSchema(InputFields().Schema(), required,
                                  {{"name", {{"minLength", 1}, {"maxLength", 255}}}})};
}

Answer<std::vector<std::string>> ReadSources(const std::vector<Json>& sources) {
  std::vector<std::string> names;
  for (const Json& source : sources) {
    const bool is_object = source.is_object() && source.contains("name");
    const Json& name = is_object ? source["name"] : source;
    if (!name.is_string()) {
      return Refuse(Problem::Invalid(
          {{{"body", "source_fields", names.size()}, "must be the name of a field"}}));
    }
    names.push_back(name.get<std::string>());
  }
  return names;
}

struct TransformationView {
  std::string transformation, description;
  int64_t source_fields = 0;
  std::vector<std::string> source_field_types;
  Json properties;
};

const Fields<TransformationView>& TransformationFields() {
  using V = TransformationView;
  static const Fields<V> fields = {
      Required("transformation", &V::transformation, "Its name."),
      Required("description", &V::description, "What it does."),
      Required("source_fields", &V::source_fields, "How many fields it takes: 0 or 1."),
      Required("source_field_types", &V::source_field_types, "Of which types; empty: any."),
      Required("properties", &V::properties, "JSON Schema of its properties."),
  };
  return fields;
}

}  // namespace

Shape ComputedFieldShape() {
  return {.name = "ComputedField", .schema = ViewFields().Schema()};
}

Json PrintComputedField(const store::ComputedField& field) {
  std::vector<SourceView> sources;
  for (const std::string& name : field.source_fields) sources.push_back({name});
  return ViewFields().Print({.id = field.id,
                             .created = field.created,
                             .name = field.name,
                             .transformation_type = field.transformation,
                             .source_fields = std::move(sources),
                             .properties = field.properties,
                             .container_id = field.container_id,
                             .additional_metadata = field.additional_metadata});
}

Shape ComputedFieldCreateShape() {
  return InputShape("ComputedFieldCreate", {"container_id", "name", "transformation"});
}

Shape ComputedFieldUpdateShape() {
  return InputShape("ComputedFieldUpdate", {});
}

Answer<void> ApplyToComputedField(const Json& body, store::ComputedField& field) {
  API_TRY(const Input input, At({"body"}, InputFields().Parse(body, UnknownKeys::kIgnore)));
  if (input.name) field.name = *input.name;
  if (input.transformation) field.transformation = *input.transformation;
  if (input.source_fields) {
    API_TRY(field.source_fields, ReadSources(*input.source_fields));
  }
  if (input.properties) field.properties = body["properties"];
  if (input.additional_metadata) field.additional_metadata = body["additional_metadata"];
  return {};
}

Shape TransformationShape() {
  return {.name = "Transformation", .schema = TransformationFields().Schema()};
}

std::vector<Json> PrintTransformations() {
  std::vector<Json> printed;
  for (const rules::Transformation& transformation : rules::AllTransformations()) {
    std::vector<std::string> types;
    for (const plan::FieldType type : transformation.accepts)
      types.push_back(plan::FieldTypeName(type));
    printed.push_back(
        TransformationFields().Print({.transformation = transformation.name,
                                      .description = transformation.summary,
                                      .source_fields = transformation.source_fields,
                                      .source_field_types = std::move(types),
                                      .properties = transformation.properties_schema}));
  }
  return printed;
}

}  // namespace assay::api
