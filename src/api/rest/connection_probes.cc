// Trying connections and datastores, saved or only proposed.

#include "api/connection_check.h"
#include "api/connection_choice.h"
#include "api/route.h"
#include "api/shapes/connection.h"

namespace assay::api::rest {
namespace {

store::Connections Connections(const Call& call) {
  return store::Connections(call.database(), call.dependencies.cipher);
}

Answer<Reply> TestConnection(const Call& call) {
  API_TRY(auto connection, Connections(call).Get(call.id("connection_id")));
  if (!call.body.is_null()) {
    API_RETURN_IF_ERROR(ApplyToConnection(call.body, {"body"}, connection));
  }
  API_TRY(const auto test,
          CheckConnectionAndItsDatastores(call.dependencies, connection, call.stop));
  return Ok(PrintConnectionCheck(test));
}

Answer<Reply> TestProposal(const Call& call) {
  API_TRY(const DatastoreInput input, ReadDatastoreInput(call.body));
  API_TRY(const store::Connection connection, ChooseConnection(call.dependencies, input));
  store::Datastore datastore;
  datastore.type = connection.type;
  datastore.enrichment_only = input.enrichment_only.value_or(input.enrich_only.value_or(false));
  API_RETURN_IF_ERROR(ApplyToDatastore(input, call.database(), datastore));
  API_TRY(const auto test,
          CheckConnection(call.dependencies, connection, operations::PlaceOf(datastore),
                          AccessFor(datastore), call.stop));
  API_RETURN_IF_ERROR(RequireConnected(test));
  return NoContent();
}

Answer<Reply> TestDatastore(const Call& call) {
  store::Datastores datastores(call.database());
  API_TRY(const auto datastore, datastores.Get(call.id("datastore_id")));
  API_TRY(const auto connection, Connections(call).Get(datastore.connection_id));
  API_TRY(const auto test,
          CheckConnection(call.dependencies, connection, operations::PlaceOf(datastore),
                          AccessFor(datastore), call.stop));
  API_RETURN_IF_ERROR(datastores.SetConnected(datastore.id, test.outcome.has_value()));
  return Ok(PrintConnectionCheck(test));
}

}  // namespace

RouteGroup connection_probes() {
  const AnswerDocumentation outcome{
      .description = "The outcome.",
      .shape = Shape{"ConnectionCheck", ConnectionCheckView::JsonFields().Schema()}};
  return {
      .title = "Connection tests",
      .routes = {
          {.method = "POST",
           .path = "/api/connections/{connection_id}/test",
           .summary =
               "Tries a connection with the root paths of its datastores; a body changes "
               "it for this test only.",
           .access = Access::kManager,
           .body = BodyDocumentation{.shape = ConnectionUpdateShape(), .is_required = false},
           .answers = {outcome,
                       {.status = 404, .description = "There is no such connection."},
                       TooManyChecks()},
           .handle = TestConnection},
          {.method = "POST",
           .path = "/api/datastores/connection",
           .summary = "Tries what a new datastore would use; stores nothing.",
           .access = Access::kManager,
           .permission = store::Permission::kEditor,
           .body = BodyDocumentation{.shape = DatastoreTestShape()},
           .answers = {{.status = 204, .description = "All rights are there."},
                       {.status = 400, .description = "What is missing, and what to do."},
                       TooManyChecks()},
           .handle = TestProposal},
          {.method = "POST",
           .path = "/api/datastores/{datastore_id}/connection",
           .summary = "Tries a saved datastore.",
           .access = Access::kManager,
           .permission = store::Permission::kReporter,
           .answers = {outcome,
                       {.status = 404, .description = "There is no such datastore."},
                       TooManyChecks()},
           .handle = TestDatastore}}};
}

}  // namespace assay::api::rest
