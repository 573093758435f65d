// What scans found: listing and showing anomalies.

#include "store/anomalies.h"

#include "api/paging.h"
#include "api/route.h"
#include "api/shapes/anomaly.h"
#include "api/sorting.h"

namespace assay::api::rest {
namespace {

Answer<Json> Print(const Call& call, int64_t id) {
  API_TRY(const auto anomaly, store::Anomalies(call.database()).Get(id));
  API_TRY(std::vector<Json> printed, PrintAnomalies(call.database(), {anomaly}));
  return std::move(printed.front());
}

Answer<Reply> List(const Call& call) {
  store::AnomalyFilter filter{.ids = call.query.Integers("id"),
                              .uuid = call.query.Text("uuid"),
                              .datastore_ids = call.query.Integers("datastore"),
                              .container_ids = call.query.Integers("container"),
                              .check_ids = call.query.Integers("quality_check"),
                              .operation_ids = call.query.Integers("operation"),
                              .container_scan_ids = call.query.Integers("container_scan"),
                              .types = call.query.Texts("anomaly_type"),
                              .statuses = call.query.Texts("status"),
                              .archived = ArchivedOf(call.query),
                              .rule_types = call.query.Texts("rule_type"),
                              .tags = call.query.Texts("tag"),
                              .fields = call.query.Texts("field"),
                              .source_enriched = call.query.Boolean("source_enriched"),
                              .created_from = call.query.Time("start_date"),
                              .created_to = call.query.Time("end_date")};
  filter.scope = call.scope;
  ApplySort(call.query,
            {{"sort_created", store::AnomalyFilter::Sort::kCreated},
             {"sort_weight", store::AnomalyFilter::Sort::kWeight}},
            filter);
  const store::PageRequest page = PageOf(call.query);
  API_TRY(const auto found, store::Anomalies(call.database()).List(filter, page));
  API_TRY(std::vector<Json> items, PrintAnomalies(call.database(), found.items));
  return Ok(PrintPage(std::move(items), found.total, page));
}

Answer<Reply> Get(const Call& call) {
  API_TRY(Json printed, Print(call, call.id("anomaly_id")));
  return Ok(std::move(printed));
}

Answer<Reply> SourceRecords(const Call& call) {
  store::Anomalies anomalies(call.database());
  API_TRY(const auto anomaly, anomalies.Get(call.id("anomaly_id")));
  API_TRY(const auto records, anomalies.SourceRecords(anomaly.id));
  const auto limit = static_cast<size_t>(call.query.Integer("limit").value_or(10));
  return Ok(PrintSourceRecords(anomaly, records, limit));
}

std::vector<QueryParameter> ListParameters() {
  const auto ids = [](const char* name, const char* doc) {
    return QueryParameter{
        .name = name, .type = ParameterType::kInteger, .doc = doc, .repeats = true};
  };
  std::vector<QueryParameter> parameters = PagingParameters();
  parameters.insert(
      parameters.end(),
      {ids("id", "Only these."),
       {.name = "uuid", .doc = "Only the one of this uuid."},
       ids("datastore", "Only those of these datastores."),
       ids("container", "Only those of these containers."),
       ids("quality_check", "Only those that fail any of these checks."),
       ids("operation", "Only those that these scans found."),
       ids("container_scan", "Only those that these parts of scans found."),
       {.name = "anomaly_type",
        .doc = "Only those of this type.",
        .repeats = true,
        .allowed = {"record", "shape"}},
       {.name = "status",
        .doc = "Only those of these statuses, archived ones too.",
        .repeats = true,
        .allowed = {"Active", "Acknowledged", "Resolved", "Invalid", "Duplicate", "Discarded"}},
       ArchivedParameter(),
       {.name = "rule_type", .doc = "Only those that fail these rules.", .repeats = true},
       {.name = "tag", .doc = "Only those with any of these tags.", .repeats = true},
       {.name = "field",
        .doc = "Only those that fail checks on any of these fields.",
        .repeats = true},
       {.name = "source_enriched",
        .type = ParameterType::kBoolean,
        .doc = "Whether their rows are in the enrichment store."},
       {.name = "start_date", .type = ParameterType::kTime, .doc = "Only those found since."},
       {.name = "end_date",
        .type = ParameterType::kTimeUntil,
        .doc = "Only those found until."}});
  AppendSorts({"sort_created", "sort_weight"}, parameters);
  return parameters;
}

}  // namespace

RouteGroup anomalies() {
  const AnswerDocumentation missing{.status = 404, .description = "There is no such anomaly."};
  const AnswerDocumentation anomaly{.description = "The anomaly.", .shape = AnomalyShape()};
  return {.title = "Anomalies",
          .routes = {{.method = "GET",
                      .path = "/api/anomalies",
                      .summary = "Lists anomalies, newest first.",
                      .permission = store::Permission::kReporter,
                      .query = ListParameters(),
                      .answers = {{.description = "A page of anomalies.",
                                   .shape = AnomalyShape(),
                                   .form = AnswerDocumentation::Form::kPage}},
                      .handle = List},
                     {.method = "GET",
                      .path = "/api/anomalies/{anomaly_id}",
                      .summary = "Shows an anomaly.",
                      .permission = store::Permission::kReporter,
                      .answers = {anomaly, missing},
                      .handle = Get},
                     {.method = "GET",
                      .path = "/api/anomalies/{anomaly_id}/source-record",
                      .summary = "Shows the rows kept as examples of an anomaly.",
                      .permission = store::Permission::kViewer,
                      .query = {{.name = "limit",
                                 .type = ParameterType::kInteger,
                                 .doc = "How many at most; 10 when absent.",
                                 .minimum = 1,
                                 .maximum = 10000}},
                      .answers = {{.description = "The rows.", .shape = SourceRecordsShape()},
                                  missing},
                      .handle = SourceRecords}}};
}

}  // namespace assay::api::rest
