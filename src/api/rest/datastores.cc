// Places in connections: where data is read from, and where enrichment is written to.

#include "api/connection_check.h"
#include "api/connection_choice.h"
#include "api/enrichment_link.h"
#include "api/paging.h"
#include "api/route.h"
#include "api/shapes/datastore.h"
#include "api/sorting.h"
#include "connectors/connector_type.h"
#include "operations/requests.h"
#include "store/connections.h"
#include "store/operations.h"

namespace assay::api::rest {
namespace {

Answer<Json> Print(const Call& call, int64_t id) {
  API_TRY(const auto datastore, store::Datastores(call.database()).Get(id));
  API_TRY(std::vector<Json> printed, PrintDatastores(call.dependencies, {datastore}));
  return std::move(printed.front());
}

store::Operation SyncOf(const store::Datastore& datastore, const Call& call) {
  store::Operation operation;
  operation.created = call.dependencies.clock.Now();
  operation.type = "sync";
  operation.datastore_id = datastore.id;
  operation.triggered_by = call.caller.signature();
  operation.settings = operations::SyncRequest::JsonFields().Print(operations::SyncRequest());
  return operation;
}

/// 422 when the body names an enrichment datastore that does not exist.
Answer<void> CheckEnrichment(const Call& call, const DatastoreInput& input) {
  if (!input.enrichment_datastore_id) return {};
  const auto found = store::Datastores(call.database()).Get(*input.enrichment_datastore_id);
  if (found) return {};
  if (found.error().kind != ErrorKind::kNotFound) return Refuse(found.error());
  return Refuse(Problem::InvalidKey("enrichment_datastore_id", found.error().message));
}

/// All of it or nothing: the connection if it is new, the datastore, its link and its first
/// sync.
Result<store::Datastore> Store(const Call& call, const DatastoreInput& input,
                               store::Connection connection, store::Datastore datastore) {
  return call.database().InTransaction(
      [&](store::Access& transaction) -> Result<store::Datastore> {
        if (connection.id == 0) {
          store::Connections connections(transaction, call.dependencies.cipher);
          connection.created = datastore.created;
          ASSAY_TRY(connection, connections.Create(connection));
        }
        datastore.connection_id = connection.id;
        ASSAY_TRY(const store::Datastore stored,
                  store::Datastores(transaction).Create(datastore));
        if (input.enrichment_datastore_id) {
          ASSAY_RETURN_IF_ERROR(
              LinkEnrichment(transaction, stored.id, *input.enrichment_datastore_id));
        }
        if (input.wants_sync()) {
          ASSAY_TRY([[maybe_unused]] const auto sync,
                    store::Operations(transaction).Enqueue(SyncOf(stored, call)));
        }
        return stored;
      });
}

Answer<Reply> Create(const Call& call) {
  API_TRY(const DatastoreInput input, ReadDatastoreInput(call.body));
  API_TRY(const store::Connection connection, ChooseConnection(call.dependencies, input));
  store::Datastore datastore;
  datastore.created = call.dependencies.clock.Now();
  datastore.type = connection.type;
  datastore.enrichment_only = input.enrichment_only.value_or(input.enrich_only.value_or(false));
  if (datastore.enrichment_only)
    API_RETURN_IF_ERROR(operations::CheckCanHoldEnrichment(datastore.type));
  API_RETURN_IF_ERROR(ApplyToDatastore(input, call.database(), datastore));
  API_RETURN_IF_ERROR(CheckEnrichment(call, input));
  // A place that cannot be reached yet may still be set up: the answer says `connected: false`.
  API_TRY(const auto reached,
          CheckConnection(call.dependencies, connection, operations::PlaceOf(datastore),
                          AccessFor(datastore), call.stop));
  datastore.connected = reached.outcome.has_value();
  API_TRY(const auto stored, Store(call, input, connection, std::move(datastore)));
  if (input.wants_sync()) call.dependencies.wake_workers();
  API_TRY(Json printed, Print(call, stored.id));
  return Created(std::move(printed));
}

Answer<Reply> List(const Call& call) {
  store::DatastoreFilter filter{.ids = call.query.Integers("id"),
                                .name = call.query.Text("name"),
                                .search = call.query.Text("search"),
                                .types = call.query.Texts("datastore_type"),
                                .tags = call.query.Texts("tag"),
                                .enrichment_only = call.query.Boolean("enrichment_only")};
  filter.scope = call.scope;
  ApplySort(call.query,
            {{"sort_name", store::DatastoreFilter::Sort::kName},
             {"sort_created", store::DatastoreFilter::Sort::kCreated},
             {"sort_favorite", store::DatastoreFilter::Sort::kFavorite}},
            filter);
  const store::PageRequest page = PageOf(call.query);
  API_TRY(const auto found, store::Datastores(call.database()).List(filter, page));
  API_TRY(std::vector<Json> items, PrintDatastores(call.dependencies, found.items));
  return Ok(PrintPage(std::move(items), found.total, page));
}

Answer<Reply> Get(const Call& call) {
  API_TRY(Json printed, Print(call, call.id("datastore_id")));
  return Ok(std::move(printed));
}

Answer<Reply> Update(const Call& call) {
  API_TRY(const DatastoreInput input, ReadDatastoreInput(call.body));
  store::Datastores datastores(call.database());
  API_TRY(store::Datastore datastore, datastores.Get(call.id("datastore_id")));
  const auto enrichment_only =
      input.enrichment_only ? input.enrichment_only : input.enrich_only;
  if (enrichment_only.value_or(datastore.enrichment_only) != datastore.enrichment_only) {
    return Refuse(Problem::InvalidKey("enrichment_only", "cannot change"));
  }
  const store::Datastore before = datastore;
  API_RETURN_IF_ERROR(ApplyToDatastore(input, call.database(), datastore));
  API_RETURN_IF_ERROR(CheckEnrichment(call, input));
  datastore.connection_id = input.connection_id.value_or(before.connection_id);
  std::optional<operations::ConnectionTest> reached;
  if (operations::PlaceOf(datastore) != operations::PlaceOf(before) ||
      datastore.connection_id != before.connection_id) {
    DatastoreInput choice;
    choice.connection_id = datastore.connection_id;
    API_TRY(const auto connection, ChooseConnection(call.dependencies, choice));
    if (connectors::FamilyOfType(connection.type) != connectors::FamilyOfType(datastore.type)) {
      return Refuse(Problem::InvalidKey("connection_id", "leads to another kind of store"));
    }
    API_TRY(reached,
            CheckConnection(call.dependencies, connection, operations::PlaceOf(datastore),
                            AccessFor(datastore), call.stop));
  }
  API_RETURN_IF_ERROR(call.database().InTransaction([&](store::Access& transaction) -> Status {
    ASSAY_RETURN_IF_ERROR(CheckPrefixIsFree(transaction, datastore));
    store::Datastores stored(transaction);
    ASSAY_RETURN_IF_ERROR(stored.Update(datastore));
    if (input.enrichment_datastore_id) {
      ASSAY_RETURN_IF_ERROR(
          LinkEnrichment(transaction, datastore.id, *input.enrichment_datastore_id));
    }
    ASSAY_TRY(const store::Datastore after, stored.Get(datastore.id));
    ASSAY_RETURN_IF_ERROR(QueueMoveOfEnrichment(
        transaction, before, after, call.caller.signature(), call.dependencies.clock.Now()));
    if (!reached) return {};
    return stored.SetConnected(datastore.id, reached->outcome.has_value());
  }));
  call.dependencies.wake_workers();
  API_TRY(Json printed, Print(call, datastore.id));
  return Ok(std::move(printed));
}

Answer<Reply> Delete(const Call& call) {
  API_RETURN_IF_ERROR(store::Datastores(call.database()).Delete(call.id("datastore_id")));
  return NoContent();
}

std::vector<QueryParameter> ListParameters() {
  std::vector<QueryParameter> parameters = PagingParameters();
  parameters.insert(
      parameters.end(),
      {{.name = "id", .type = ParameterType::kInteger, .doc = "Only these.", .repeats = true},
       {.name = "name", .doc = "Only the one of exactly this name."},
       {.name = "search", .doc = "Only those with this in their name."},
       {.name = "datastore_type", .doc = "Only those of these connectors.", .repeats = true},
       {.name = "tag", .doc = "Only those with any of these tags.", .repeats = true},
       {.name = "enrichment_only",
        .type = ParameterType::kBoolean,
        .doc = "Only those for results, or only those for data; both when absent."}});
  AppendSorts({"sort_name", "sort_created", "sort_favorite"}, parameters);
  return parameters;
}

}  // namespace

RouteGroup datastores() {
  const AnswerDocumentation missing{.status = 404,
                                    .description = "There is no such datastore."};
  const AnswerDocumentation datastore{.description = "The datastore.",
                                      .shape = DatastoreShape()};
  return {
      .title = "Datastores",
      .routes = {
          {.method = "POST",
           .path = "/api/datastores",
           .summary = "Makes a datastore in a saved or a new connection.",
           .access = Access::kManager,
           .permission = store::Permission::kEditor,
           .body = BodyDocumentation{.shape = DatastoreCreateShape()},
           .answers =
               {{.status = 201,
                 .description = "The datastore; `connected` says whether it was reached.",
                 .shape = DatastoreShape()},
                {.status = 400, .description = "Something this version does not have."},
                {.status = 409,
                 .description = "Its name, its connection's name or its prefix is taken."},
                TooManyChecks()},
           .handle = Create},
          {.method = "GET",
           .path = "/api/datastores",
           .summary = "Lists datastores.",
           .permission = store::Permission::kReporter,
           .query = ListParameters(),
           .answers = {{.description = "A page of datastores.",
                        .shape = DatastoreShape(),
                        .form = AnswerDocumentation::Form::kPage}},
           .handle = List},
          {.method = "GET",
           .path = "/api/datastores/{datastore_id}",
           .summary = "Shows a datastore.",
           .permission = store::Permission::kReporter,
           .answers = {datastore, missing},
           .handle = Get},
          {.method = "PUT",
           .path = "/api/datastores/{datastore_id}",
           .summary = "Changes a datastore. What is absent keeps its value.",
           .permission = store::Permission::kEditor,
           .body = BodyDocumentation{.shape = DatastoreUpdateShape()},
           .answers = {datastore,
                       missing,
                       {.status = 400,
                        .description = "What it should write to holds no enrichment."},
                       {.status = 409,
                        .description = "Its name or its prefix is taken, or it is linked to "
                                       "another enrichment datastore."},
                       TooManyChecks()},
           .handle = Update},
          {.method = "DELETE",
           .path = "/api/datastores/{datastore_id}",
           .summary = "Deletes a datastore with its containers, checks and anomalies.",
           .access = Access::kAdmin,
           .answers = {{.status = 204, .description = "It is gone; its data is untouched."},
                       missing,
                       {.status = 409,
                        .description = "An operation runs on it, or others write to it."}},
           .handle = Delete}}};
}

}  // namespace assay::api::rest
