// Running operations on datastores, and how they went.

#include "store/operations.h"

#include <chrono>
#include <thread>

#include "api/paging.h"
#include "api/route.h"
#include "api/shapes/operation.h"
#include "api/sorting.h"
#include "operations/datastore_access.h"
#include "operations/requests.h"
#include "store/datastores.h"

namespace assay::api::rest {
namespace {

// Clients look at once and then only every 10 seconds: what is quick should have ended by then.
constexpr std::chrono::milliseconds kWaitForQuickOnes{500};
// A running operation notices an abort within a second.
constexpr std::chrono::milliseconds kWaitForAbort{1500};
constexpr std::chrono::milliseconds kLookEvery{10};

/// The operation when it has ended or `limit` has passed.
Result<store::Operation> WaitForEnd(const Call& call, int64_t id,
                                    std::chrono::milliseconds limit) {
  const auto until = std::chrono::steady_clock::now() + limit;
  while (true) {
    ASSAY_TRY(store::Operation operation, store::Operations(call.database()).Get(id));
    if (operation.end_time || call.stop.stop_requested() ||
        std::chrono::steady_clock::now() >= until) {
      return operation;
    }
    std::this_thread::sleep_for(kLookEvery);
  }
}

Answer<Json> Print(const Call& call, const store::Operation& operation) {
  API_TRY(std::vector<Json> printed,
          PrintOperations(call.database(), {operation}, Detail::kFull));
  return std::move(printed.front());
}

Answer<Reply> Run(const Call& call) {
  API_TRY(const auto request, At({"body"}, operations::ParseOperationRequest(call.body)));
  API_TRY(const auto datastore, store::Datastores(call.database()).Get(request.datastore_id));
  if (operations::ReadsIncrementally(request))
    API_RETURN_IF_ERROR(operations::CheckCanBeReadIncrementally(datastore.type));
  store::Operation operation;
  operation.created = call.dependencies.clock.Now();
  operation.type = request.type;
  operation.datastore_id = request.datastore_id;
  operation.settings = request.settings;
  operation.triggered_by = call.caller.signature();
  API_TRY(const auto queued, store::Operations(call.database()).Enqueue(std::move(operation)));
  call.dependencies.wake_workers();
  API_TRY(const auto current, WaitForEnd(call, queued.id, kWaitForQuickOnes));
  API_TRY(Json printed, Print(call, current));
  return Ok(std::move(printed));
}

Answer<Reply> List(const Call& call) {
  store::OperationFilter filter{.ids = call.query.Integers("id"),
                                .datastore_ids = call.query.Integers("datastore"),
                                .container_ids = call.query.Integers("container"),
                                .types = call.query.Texts("operation_type"),
                                .states = {},
                                .created_from = call.query.Time("start_date"),
                                .created_to = call.query.Time("end_date")};
  for (const std::string& result : call.query.Texts("result")) {
    API_TRY(const auto state, store::ParseOperationState(result));
    filter.states.push_back(state);
    if (state == store::OperationState::kRunning) {
      filter.states.push_back(store::OperationState::kQueued);
    }
  }
  filter.scope = call.scope;
  ApplySort(call.query,
            {{"sort_created", store::OperationFilter::Sort::kCreated},
             {"sort_duration", store::OperationFilter::Sort::kDuration}},
            filter);
  const store::PageRequest page = PageOf(call.query);
  API_TRY(const auto found, store::Operations(call.database()).List(filter, page));
  API_TRY(std::vector<Json> items,
          PrintOperations(call.database(), found.items, Detail::kBrief));
  return Ok(PrintPage(std::move(items), found.total, page));
}

Answer<Reply> Get(const Call& call) {
  API_TRY(const auto operation,
          store::Operations(call.database()).Get(call.id("operation_id")));
  API_TRY(Json printed, Print(call, operation));
  return Ok(std::move(printed));
}

Answer<Reply> Abort(const Call& call) {
  const int64_t id = call.id("operation_id");
  API_RETURN_IF_ERROR(
      store::Operations(call.database())
          .RequestAbort(id, call.caller.signature(), call.dependencies.clock.Now()));
  call.dependencies.wake_workers();
  API_TRY(const auto operation, WaitForEnd(call, id, kWaitForAbort));
  API_TRY(Json printed, Print(call, operation));
  return Ok(std::move(printed));
}

Answer<Reply> Heartbeat(const Call& call) {
  API_TRY(const auto operation,
          store::Operations(call.database()).Get(call.id("operation_id")));
  return Ok(PrintHeartbeat(operation));
}

Shape RunShape() {
  return {
      .name = "OperationRun",
      .schema = {
          {"type", "object"},
          {"description", "Besides these, the settings of the type: docs/api.md lists them."},
          {"properties",
           {{"type", {{"type", "string"}, {"description", "sync, profile or scan."}}},
            {"datastore_id", {{"type", "integer"}, {"format", "int64"}}}}},
          {"required", {"type", "datastore_id"}},
          {"additionalProperties", Json::object()}}};
}

std::vector<QueryParameter> ListParameters() {
  std::vector<QueryParameter> parameters = PagingParameters();
  parameters.insert(
      parameters.end(),
      {{.name = "id", .type = ParameterType::kInteger, .doc = "Only these.", .repeats = true},
       {.name = "datastore",
        .type = ParameterType::kInteger,
        .doc = "Only those on these datastores.",
        .repeats = true},
       {.name = "container",
        .type = ParameterType::kInteger,
        .doc = "Only those that worked on any of these containers.",
        .repeats = true},
       {.name = "operation_type", .doc = "Only those of these types.", .repeats = true},
       {.name = "result",
        .doc = "Only those with these results.",
        .repeats = true,
        .allowed = {"running", "success", "failure", "aborted"}},
       {.name = "start_date",
        .type = ParameterType::kTime,
        .doc = "Only those asked for since."},
       {.name = "end_date",
        .type = ParameterType::kTimeUntil,
        .doc = "Only those asked for until."}});
  AppendSorts({"sort_created", "sort_duration"}, parameters);
  return parameters;
}

}  // namespace

RouteGroup operations() {
  const AnswerDocumentation missing{.status = 404,
                                    .description = "There is no such operation."};
  const AnswerDocumentation operation{.description = "The operation.",
                                      .shape = OperationShape()};
  return {
      .title = "Operations",
      .routes = {
          {.method = "POST",
           .path = "/api/operations/run",
           .summary =
               "Queues an operation. One that is over within half a second is answered as "
               "ended.",
           .permission = store::Permission::kEditor,
           .body = BodyDocumentation{.shape = RunShape()},
           .answers = {operation,
                       {.status = 400, .description = "Something this version does not have."},
                       {.status = 404, .description = "There is no such datastore."}},
           .handle = Run},
          {.method = "GET",
           .path = "/api/operations",
           .summary = "Lists operations, newest first.",
           .permission = store::Permission::kReporter,
           .query = ListParameters(),
           .answers = {{.description = "A page of operations.",
                        .shape = OperationShape(),
                        .form = AnswerDocumentation::Form::kPage}},
           .handle = List},
          {.method = "GET",
           .path = "/api/operations/{operation_id}",
           .summary = "Shows an operation; a scan with what it did to each container.",
           .permission = store::Permission::kReporter,
           .answers = {operation, missing},
           .handle = Get},
          {.method = "PUT",
           .path = "/api/operations/abort/{operation_id}",
           .summary = "Asks an operation to stop; one that has ended stays as it is.",
           .permission = store::Permission::kEditor,
           .answers = {operation, missing},
           .handle = Abort},
          {.method = "GET",
           .path = "/api/operations/{operation_id}/heartbeat",
           .summary = "Shows how far an operation is.",
           .permission = store::Permission::kReporter,
           .answers = {{.description = "How far it is.", .shape = HeartbeatShape()}, missing},
           .handle = Heartbeat}}};
}

}  // namespace assay::api::rest
