// Containers that users define: made, tried, and, like any other, deleted.

#include <fmt/format.h>

#include "api/computed_containers.h"
#include "api/route.h"
#include "api/schema_check.h"
#include "api/shapes/container.h"
#include "api/shapes/container_input.h"
#include "operations/computed_definition.h"

namespace assay::api::rest {
namespace {

struct ValidationInput {
  std::map<std::string, Json> container;
};

const Fields<ValidationInput>& ValidationFields() {
  static const Fields<ValidationInput> fields = {
      Required("container", &ValidationInput::container,
               "As the body of POST /api/containers; the name may be absent."),
  };
  return fields;
}

Answer<Reply> Create(const Call& call) {
  API_TRY(store::Container container, ReadComputedContainer(call, call.body, {"body"}));
  API_RETURN_IF_ERROR(ApplyToContainer(call.body, {}, container));
  API_TRY(const auto stored,
          call.database().InTransaction(
              [&](store::Access& transaction) -> Result<store::Container> {
                ASSAY_TRY(store::Container created,
                          store::Containers(transaction).Create(std::move(container)));
                ASSAY_RETURN_IF_ERROR(QueueProfile(call, transaction, created));
                return created;
              }));
  call.dependencies.wake_workers();
  API_TRY(std::vector<Json> printed, PrintContainers(call.database(), {stored}));
  return Created(std::move(printed.front()));
}

Answer<Reply> Validate(const Call& call) {
  API_RETURN_IF_ERROR(
      ReadComputedContainer(call, call.body["container"], {"body", "container"}));
  return NoContent();
}

Answer<Reply> Delete(const Call& call) {
  store::Containers containers(call.database());
  API_TRY(const auto container, containers.Get(call.id("container_id")));
  API_RETURN_IF_ERROR(RefuseWhileUsed(call, container));
  if (operations::IsComputed(container.container_type)) {
    API_RETURN_IF_ERROR(containers.Delete(container.id));
  } else {
    API_RETURN_IF_ERROR(containers.MarkDeleted(container.id, call.dependencies.clock.Now()));
  }
  return NoContent();
}

}  // namespace

RouteGroup computed_containers() {
  Json validation = ValidationFields().Schema();
  validation["properties"]["container"] = ComputedContainerShape(Naming::kOptional).schema;
  return {
      .title = "Computed containers",
      .routes = {
          {.method = "POST",
           .path = "/api/containers",
           .summary = "Makes a container that is computed of others, and profiles it.",
           .permission = store::Permission::kEditor,
           .body = BodyDocumentation{.shape = ComputedContainerShape(Naming::kRequired)},
           .answers = {{.status = 201,
                        .description = "The container; its profile is queued.",
                        .shape = ContainerShape()},
                       {.status = 409, .description = "The datastore has one of this name."}},
           .handle = Create},
          {.method = "POST",
           .path = "/api/containers/validate",
           .summary = "Tells whether a computed container can be made, and makes none.",
           .permission = store::Permission::kEditor,
           .query = {{.name = "timeout_seconds",
                      .type = ParameterType::kInteger,
                      .doc = "Means nothing: no row is read."}},
           .body = BodyDocumentation{.shape = {.name = "ContainerValidation",
                                               .schema = std::move(validation)}},
           .answers = {{.status = 204, .description = "It can be made."}},
           .handle = Validate},
          {.method = "DELETE",
           .path = "/api/containers/{container_id}",
           .summary = "Deletes a container: a computed one with its checks and anomalies; of "
                      "others these are kept, and a sync can bring them back.",
           .permission = store::Permission::kEditor,
           .answers = {{.status = 204, .description = "It is gone."},
                       {.status = 404, .description = "There is no such container."},
                       {.status = 409,
                        .description = "Others are computed of it, those named."}},
           .handle = Delete}}};
}

}  // namespace assay::api::rest
