// Saved endpoints with their credentials.

#include "api/connection_check.h"
#include "api/paging.h"
#include "api/route.h"
#include "api/shapes/connection.h"
#include "api/sorting.h"

namespace assay::api::rest {
namespace {

store::Connections Connections(const Call& call) {
  return store::Connections(call.database(), call.dependencies.cipher);
}

Answer<Json> Print(const Call& call, const store::Connection& connection) {
  API_TRY(std::vector<Json> printed,
          PrintConnections(call.database(), {connection}, call.scope));
  return std::move(printed.front());
}

Answer<Reply> Create(const Call& call) {
  API_TRY(store::Connection connection, ReadNewConnection(call.body, {"body"}));
  connection.created = call.dependencies.clock.Now();
  API_TRY(connection, Connections(call).Create(std::move(connection)));
  API_TRY(Json printed, Print(call, connection));
  return Created(std::move(printed));
}

Answer<Reply> List(const Call& call) {
  store::ConnectionFilter filter{.ids = call.query.Integers("id"),
                                 .name = call.query.Text("name"),
                                 .search = call.query.Text("search"),
                                 .types = call.query.Texts("type")};
  ApplySort(call.query,
            {{"sort_id", store::ConnectionFilter::Sort::kId},
             {"sort_name", store::ConnectionFilter::Sort::kName},
             {"sort_created", store::ConnectionFilter::Sort::kCreated}},
            filter);
  const store::PageRequest page = PageOf(call.query);
  API_TRY(const auto found, Connections(call).List(filter, page));
  API_TRY(std::vector<Json> items, PrintConnections(call.database(), found.items, call.scope));
  return Ok(PrintPage(std::move(items), found.total, page));
}

Answer<Reply> Get(const Call& call) {
  API_TRY(const auto connection, Connections(call).Get(call.id("connection_id")));
  API_TRY(Json printed, Print(call, connection));
  return Ok(std::move(printed));
}

Answer<Reply> Update(const Call& call) {
  API_TRY(const auto before, Connections(call).Get(call.id("connection_id")));
  store::Connection after = before;
  API_RETURN_IF_ERROR(ApplyToConnection(call.body, {"body"}, after));
  // A change of credentials hits every datastore at once, so it must work before it is kept.
  if (after.properties != before.properties || after.secrets != before.secrets) {
    API_TRY(const auto test,
            CheckConnectionAndItsDatastores(call.dependencies, after, call.stop));
    API_RETURN_IF_ERROR(RequireConnected(test));
  }
  API_RETURN_IF_ERROR(Connections(call).Update(after));
  API_TRY(Json printed, Print(call, after));
  return Ok(std::move(printed));
}

Answer<Reply> Delete(const Call& call) {
  API_RETURN_IF_ERROR(Connections(call).Delete(call.id("connection_id")));
  return NoContent();
}

std::vector<QueryParameter> ListParameters() {
  std::vector<QueryParameter> parameters = PagingParameters();
  parameters.insert(
      parameters.end(),
      {{.name = "id", .type = ParameterType::kInteger, .doc = "Only these.", .repeats = true},
       {.name = "name", .doc = "Only the one of exactly this name."},
       {.name = "search", .doc = "Only those with this in their name."},
       {.name = "type", .doc = "Only those of these connectors.", .repeats = true}});
  AppendSorts({"sort_id", "sort_name", "sort_created"}, parameters);
  return parameters;
}

}  // namespace

RouteGroup connections() {
  const AnswerDocumentation missing{.status = 404,
                                    .description = "There is no such connection."};
  return {
      .title = "Connections",
      .routes = {
          {.method = "POST",
           .path = "/api/connections",
           .summary = "Saves a connection.",
           .access = Access::kManager,
           .permission = store::Permission::kReporter,
           .body = BodyDocumentation{.shape = ConnectionCreateShape()},
           .answers =
               {{.status = 201, .description = "The connection.", .shape = ConnectionShape()},
                {.status = 409, .description = "The name is taken."}},
           .handle = Create},
          {.method = "GET",
           .path = "/api/connections",
           .summary = "Lists connections.",
           .permission = store::Permission::kReporter,
           .query = ListParameters(),
           .answers = {{.description = "A page of connections.",
                        .shape = ConnectionShape(),
                        .form = AnswerDocumentation::Form::kPage}},
           .handle = List},
          {.method = "GET",
           .path = "/api/connections/{connection_id}",
           .summary = "Shows a connection, without its secrets.",
           .permission = store::Permission::kReporter,
           .answers = {{.description = "The connection.", .shape = ConnectionShape()}, missing},
           .handle = Get},
          {.method = "PUT",
           .path = "/api/connections/{connection_id}",
           .summary = "Changes a connection after trying it. What is absent keeps its value.",
           .access = Access::kManager,
           .permission = store::Permission::kReporter,
           .body = BodyDocumentation{.shape = ConnectionUpdateShape()},
           .answers = {{.description = "The connection.", .shape = ConnectionShape()},
                       {.status = 400, .description = "The data store refuses it."},
                       missing,
                       {.status = 409, .description = "The name is taken."},
                       TooManyChecks()},
           .handle = Update},
          {.method = "DELETE",
           .path = "/api/connections/{connection_id}",
           .summary = "Deletes a connection that no datastore uses.",
           .access = Access::kManager,
           .answers = {{.status = 204, .description = "It is gone."},
                       missing,
                       {.status = 409, .description = "Datastores use it; they are named."}},
           .handle = Delete}}};
}

}  // namespace assay::api::rest
