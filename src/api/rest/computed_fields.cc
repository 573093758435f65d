// Fields that users define over the others of a container.

#include "api/computed_containers.h"
#include "api/named_fault.h"
#include "api/route.h"
#include "api/shapes/computed_field.h"
#include "operations/computed_definition.h"
#include "store/containers.h"

namespace assay::api::rest {
namespace {

Answer<void> Check(const Call& call, const store::ComputedField& field) {
  return AtNamedKey({"body"}, operations::CheckComputedField(call.database(), field));
}

Answer<Reply> Create(const Call& call) {
  store::ComputedField field;
  field.created = call.dependencies.clock.Now();
  field.container_id = call.body["container_id"].get<int64_t>();
  const auto container = store::Containers(call.database()).Get(field.container_id);
  if (!container && container.error().kind == ErrorKind::kNotFound)
    return Refuse(Problem::InvalidKey("container_id", container.error().message));
  if (!container) return Refuse(container.error());
  API_RETURN_IF_ERROR(ApplyToComputedField(call.body, field));
  API_RETURN_IF_ERROR(Check(call, field));
  API_TRY(const auto stored, store::ComputedFields(call.database()).Create(std::move(field)));
  return Created(PrintComputedField(stored));
}

Answer<Reply> Update(const Call& call) {
  store::ComputedFields fields(call.database());
  API_TRY(store::ComputedField field, fields.Get(call.id("computed_field_id")));
  const std::string name_before = field.name;
  API_RETURN_IF_ERROR(ApplyToComputedField(call.body, field));
  API_RETURN_IF_ERROR(Check(call, field));
  if (field.name != name_before)
    API_RETURN_IF_ERROR(RefuseDroppingFields(call, field.container_id, {name_before}));
  API_RETURN_IF_ERROR(fields.Update(field));
  return Ok(PrintComputedField(field));
}

Answer<Reply> Delete(const Call& call) {
  store::ComputedFields fields(call.database());
  API_TRY(const auto field, fields.Get(call.id("computed_field_id")));
  API_RETURN_IF_ERROR(RefuseDroppingFields(call, field.container_id, {field.name}));
  API_RETURN_IF_ERROR(fields.Delete(field.id));
  return NoContent();
}

Answer<Reply> Specifications(const Call&) {
  Json list = Json::array();
  for (Json& transformation : PrintTransformations()) list.push_back(std::move(transformation));
  return Ok(std::move(list));
}

}  // namespace

RouteGroup computed_fields() {
  const AnswerDocumentation missing{.status = 404,
                                    .description = "There is no such computed field."};
  const AnswerDocumentation field{.description = "The computed field.",
                                  .shape = ComputedFieldShape()};
  const AnswerDocumentation vanishes{
      .status = 409,
      .description = "Checks or anomalies are about it; force_drop_fields goes on."};
  return {.title = "Computed fields",
          .routes = {
              {.method = "GET",
               .path = "/api/computed-fields/specifications",
               .summary = "Lists the transformations and what they take.",
               .answers = {{.description = "The transformations.",
                            .shape = TransformationShape(),
                            .form = AnswerDocumentation::Form::kList}},
               .handle = Specifications},
              {.method = "POST",
               .path = "/api/computed-fields",
               .summary =
                   "Adds a field to a container that is computed of its others. Checks can be "
                   "about it once it was profiled.",
               .permission = store::Permission::kEditor,
               .body = BodyDocumentation{.shape = ComputedFieldCreateShape()},
               .answers = {{.status = 201,
                            .description = "The computed field.",
                            .shape = ComputedFieldShape()},
                           {.status = 409, .description = "The name is taken."}},
               .handle = Create},
              {.method = "PUT",
               .path = "/api/computed-fields/{computed_field_id}",
               .summary = "Changes a computed field. What is absent keeps its value.",
               .permission = store::Permission::kEditor,
               .query = {ForceParameter()},
               .body = BodyDocumentation{.shape = ComputedFieldUpdateShape()},
               .answers = {field, missing, vanishes},
               .handle = Update},
              {.method = "DELETE",
               .path = "/api/computed-fields/{computed_field_id}",
               .summary = "Removes a computed field; what profiles found of it is kept.",
               .permission = store::Permission::kEditor,
               .query = {ForceParameter()},
               .answers = {{.status = 204, .description = "It is gone."}, missing, vanishes},
               .handle = Delete}}};
}

}  // namespace assay::api::rest
