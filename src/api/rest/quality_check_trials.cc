// Trying quality checks on the data: what a scan would say, with nothing stored of it.

#include "api/check_editing.h"
#include "api/check_validation.h"
#include "api/connection_check.h"
#include "api/route.h"
#include "api/schema_check.h"
#include "api/shapes/check_trial.h"
#include "api/shapes/quality_check.h"
#include "operations/check_records.h"
#include "operations/check_trial.h"
#include "store/containers.h"

namespace assay::api::rest {
namespace {

Answer<Json> Try(const Call& call, const store::QualityCheck& check,
                 const CheckTrialInput& input) {
  API_TRY(const auto container, store::Containers(call.database()).Get(check.container_id));
  API_TRY(const auto trial, call.dependencies.connection_trials.Begin(call.stop));
  const operations::DatastoreAccess datastores(call.database(), call.dependencies.cipher);
  store::Operation operation;
  operation.datastore_id = container.datastore_id;
  operations::JobContext context(operation, call.database(), call.dependencies.clock.Now(),
                                 trial->token());
  const auto scan =
      operations::TryCheck(datastores, call.dependencies.operations, check,
                           {.max_rows_per_file = input.max_records_analyzed_per_partition,
                            .variables = input.check_variables},
                           context);
  if (!scan) {
    // A file that is gone or broken is neither a missing page nor a fault of the server.
    const ErrorKind kind = scan.error().kind;
    const bool is_of_the_data = kind == ErrorKind::kNotFound || kind == ErrorKind::kCorruptData;
    if (is_of_the_data) return Refuse(Problem(400, scan.error().message));
    return Refuse(trial->Told(scan.error(),
                              "reading the data took too long for a trial: limit the records, "
                              "or activate the check and scan"));
  }
  return PrintCheckTrial(*scan);
}

Answer<Reply> Validate(const Call& call) {
  const Json& body = call.body["quality_check"];
  API_TRY(const CheckTrialInput input, ReadCheckTrial(call.body));
  API_TRY(store::QualityCheck check, ReadNewQualityCheck(body));
  API_RETURN_IF_ERROR(RequireContainer(call.database(), check.container_id));
  API_RETURN_IF_ERROR(ApplyToQualityCheck(body, call.dependencies.clock.Now(), check));
  check.status = "Draft";
  API_RETURN_IF_ERROR(CheckCheck(call, call.database(), check, nullptr));
  API_TRY(const auto record,
          operations::ToRecord(operations::ToDefinition(check), check.container_id));
  check.rule_type = record.rule_type;
  API_TRY(Json printed, Try(call, check, input));
  return Ok(std::move(printed));
}

Answer<Reply> DryRun(const Call& call) {
  API_TRY(const CheckTrialInput input,
          ReadCheckTrial(call.body.is_null() ? Json::object() : call.body));
  API_TRY(const auto check,
          store::QualityChecks(call.database()).Get(call.id("quality_check_id")));
  // Also for its reference: the answer may show records of that.
  API_RETURN_IF_ERROR(
      ValidateCheck(call.caller, call.database(), check, call.dependencies.clock.Now()));
  API_TRY(Json printed, Try(call, check, input));
  return Ok(std::move(printed));
}

}  // namespace

RouteGroup quality_check_trials() {
  const AnswerDocumentation outcome{.description = "What a scan would say.",
                                    .shape = CheckTrialShape()};
  const AnswerDocumentation unread{.status = 400,
                                   .description = "The data cannot be read, with the reason."};
  const AnswerDocumentation too_long{.status = 504, .description = "Reading took too long."};
  return {
      .title = "Quality checks",
      .routes = {{.method = "POST",
                  .path = "/api/quality-checks/validate",
                  .summary = "Runs a check on the data without saving it; stores nothing.",
                  .permission = store::Permission::kAuthor,
                  .body = BodyDocumentation{.shape = CheckValidationShape()},
                  .answers = {outcome, unread, TooManyChecks(), too_long},
                  .handle = Validate},
                 {.method = "POST",
                  .path = "/api/quality-checks/{quality_check_id}/dry-run",
                  .summary = "Runs a saved check on the data; stores nothing.",
                  .permission = store::Permission::kAuthor,
                  .body = BodyDocumentation{.shape = CheckDryRunShape(), .is_required = false},
                  .answers = {outcome,
                              {.status = 404, .description = "There is no such check."},
                              unread,
                              TooManyChecks(),
                              too_long},
                  .handle = DryRun}}};
}

}  // namespace assay::api::rest
