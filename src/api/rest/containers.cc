// Containers: what sync found, and what users decide about them.

#include "api/computed_containers.h"
#include "api/paging.h"
#include "api/route.h"
#include "api/shapes/container.h"
#include "api/shapes/container_input.h"
#include "api/shapes/references.h"
#include "api/sorting.h"
#include "operations/computed_definition.h"
#include "store/datastores.h"

namespace assay::api::rest {
namespace {

Answer<Json> Print(const Call& call, const store::Container& container) {
  API_TRY(std::vector<Json> printed, PrintContainers(call.database(), {container}));
  return std::move(printed.front());
}

Answer<Reply> List(const Call& call) {
  store::ContainerFilter filter{.ids = call.query.Integers("id"),
                                .datastore_ids = call.query.Integers("datastore"),
                                .name = call.query.Text("name"),
                                .search = call.query.Text("search"),
                                .container_types = call.query.Texts("container_type"),
                                .tags = call.query.Texts("tag"),
                                .deleted = ArchivedOf(call.query)};
  filter.scope = call.scope;
  ApplySort(call.query,
            {{"sort_name", store::ContainerFilter::Sort::kName},
             {"sort_created", store::ContainerFilter::Sort::kCreated}},
            filter);
  const store::PageRequest page = PageOf(call.query);
  API_TRY(const auto found, store::Containers(call.database()).List(filter, page));
  API_TRY(std::vector<Json> items, PrintContainers(call.database(), found.items));
  return Ok(PrintPage(std::move(items), found.total, page));
}

Answer<Reply> Listing(const Call& call) {
  const auto datastore_id = call.query.Integer("datastore");
  if (!datastore_id) {
    return Refuse(Problem::Invalid({{{"query", "datastore"}, "is required"}}));
  }
  API_TRY([[maybe_unused]] const auto datastore,
          store::Datastores(call.database()).Get(*datastore_id));
  API_TRY(const auto found,
          store::Containers(call.database()).Listing(*datastore_id, call.query.Text("type")));
  Json list = Json::array();
  for (const store::ContainerListing& container : found) {
    list.push_back(
        ContainerReference::JsonFields().Print({.id = container.id,
                                                .name = container.name,
                                                .container_type = container.container_type}));
  }
  return Ok(std::move(list));
}

Answer<Reply> Get(const Call& call) {
  API_TRY(const auto container,
          store::Containers(call.database()).Get(call.id("container_id")));
  API_TRY(Json printed, Print(call, container));
  return Ok(std::move(printed));
}

Answer<Reply> Update(const Call& call) {
  store::Containers containers(call.database());
  API_TRY(store::Container container, containers.Get(call.id("container_id")));
  const bool is_computed = operations::IsComputed(container.container_type);
  const Json definition_before = container.definition;
  if (is_computed) {
    API_TRY(container, RedefineContainer(call, std::move(container)));
  }
  API_TRY(const auto fields, store::FieldRecords(call.database()).OfContainer(container.id));
  API_RETURN_IF_ERROR(ApplyToContainer(call.body, fields, container));
  const bool is_redefined = container.definition != definition_before;
  API_RETURN_IF_ERROR(call.database().InTransaction([&](store::Access& transaction) -> Status {
    if (is_computed) ASSAY_RETURN_IF_ERROR(store::Containers(transaction).Redefine(container));
    if (is_redefined) ASSAY_RETURN_IF_ERROR(QueueProfile(call, transaction, container));
    for (const store::Field& field : StatusChanges(fields, container.read_options)) {
      ASSAY_RETURN_IF_ERROR(store::FieldRecords(transaction).SetStatus(field.id, field.status));
    }
    return store::Containers(transaction).Update(container);
  }));
  if (is_redefined) call.dependencies.wake_workers();
  API_TRY(Json printed, Print(call, container));
  return Ok(std::move(printed));
}

Answer<Reply> ListFields(const Call& call) {
  API_TRY(const auto container,
          store::Containers(call.database()).Get(call.id("container_id")));
  API_TRY(const auto fields, store::FieldRecords(call.database()).OfContainer(container.id));
  API_TRY(auto tags, store::FieldTags(call.database()).OfContainer(container.id));
  Json list = Json::array();
  for (const store::Field& field : fields) list.push_back(PrintField(field, tags[field.name]));
  return Ok(std::move(list));
}

std::vector<QueryParameter> ListParameters() {
  std::vector<QueryParameter> parameters = PagingParameters();
  parameters.insert(
      parameters.end(),
      {{.name = "id", .type = ParameterType::kInteger, .doc = "Only these.", .repeats = true},
       {.name = "datastore",
        .type = ParameterType::kInteger,
        .doc = "Only those of these datastores.",
        .repeats = true},
       {.name = "container_type", .doc = "Only those of these types.", .repeats = true},
       {.name = "name", .doc = "Only those of exactly this name."},
       {.name = "search", .doc = "Only those with this in their name."},
       {.name = "tag", .doc = "Only those with any of these tags.", .repeats = true},
       ArchivedParameter()});
  AppendSorts({"sort_name", "sort_created"}, parameters);
  return parameters;
}

}  // namespace

RouteGroup containers() {
  const AnswerDocumentation missing{.status = 404,
                                    .description = "There is no such container."};
  const AnswerDocumentation container{.description = "The container.",
                                      .shape = ContainerShape()};
  return {
      .title = "Containers",
      .routes = {
          {.method = "GET",
           .path = "/api/containers",
           .summary = "Lists containers.",
           .permission = store::Permission::kReporter,
           .query = ListParameters(),
           .answers = {{.description = "A page of containers.",
                        .shape = ContainerShape(),
                        .form = AnswerDocumentation::Form::kPage}},
           .handle = List},
          {.method = "GET",
           .path = "/api/containers/listing",
           .summary = "Names all containers of a datastore.",
           .permission = store::Permission::kReporter,
           .query = {{.name = "datastore",
                      .type = ParameterType::kInteger,
                      .doc = "The datastore; required."},
                     {.name = "type", .doc = "Only those of this type."}},
           .answers = {{.description = "All containers, by name.",
                        .shape = ContainerListingShape(),
                        .form = AnswerDocumentation::Form::kList},
                       {.status = 404, .description = "There is no such datastore."}},
           .handle = Listing},
          {.method = "GET",
           .path = "/api/containers/{container_id}",
           .summary = "Shows a container.",
           .permission = store::Permission::kReporter,
           .answers = {container, missing},
           .handle = Get},
          {.method = "PUT",
           .path = "/api/containers/{container_id}",
           .summary =
               "Changes how a container is read and described, and what a computed one is "
               "made of, which profiles it. What is absent keeps its value.",
           .permission = store::Permission::kEditor,
           .query = {ForceParameter()},
           .body = BodyDocumentation{.shape = ContainerUpdateShape()},
           .answers = {container,
                       missing,
                       {.status = 409,
                        .description = "The name is taken, or fields would vanish that checks "
                                       "or anomalies are about; force_drop_fields goes on."}},
           .handle = Update},
          {.method = "GET",
           .path = "/api/containers/{container_id}/fields",
           .summary = "Lists all fields of a container, in the order of its data.",
           .permission = store::Permission::kReporter,
           .answers = {{.description = "The fields.",
                        .shape = FieldShape(),
                        .form = AnswerDocumentation::Form::kList},
                       missing},
           .handle = ListFields}}};
}

}  // namespace assay::api::rest
