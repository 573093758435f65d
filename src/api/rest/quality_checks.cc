// Quality checks: listing, writing and editing them.

#include "api/check_validation.h"
#include "api/paging.h"
#include "api/route.h"
#include "api/shapes/quality_check.h"
#include "api/sorting.h"
#include "operations/check_records.h"
#include "rules/rule_type.h"
#include "store/containers.h"
#include "store/users.h"

namespace assay::api::rest {
namespace {

Answer<Json> Print(const Call& call, int64_t id) {
  API_TRY(const auto check, store::QualityChecks(call.database()).Get(id));
  API_TRY(std::vector<Json> printed, PrintQualityChecks(call.database(), {check}));
  return std::move(printed.front());
}

/// 422 when `key` names a user that does not exist.
Answer<void> CheckUser(const Call& call, const char* key, const std::optional<int64_t>& id) {
  if (!id) return {};
  const auto user = store::Users(call.database()).Get(*id);
  if (user) return {};
  if (user.error().kind != ErrorKind::kNotFound) return Refuse(user.error());
  return Refuse(Problem::InvalidKey(key, user.error().message));
}

Answer<void> Validate(const Call& call, const store::QualityCheck& check) {
  API_RETURN_IF_ERROR(CheckUser(call, "owner_id", check.owner_id));
  API_RETURN_IF_ERROR(
      CheckUser(call, "default_anomaly_assignee_id", check.default_anomaly_assignee_id));
  // An archived check asserts nothing; its container may have changed since.
  if (check.is_archived()) return {};
  return ValidateCheck(call.caller, call.database(), check, call.dependencies.clock.Now());
}

Answer<Reply> Create(const Call& call) {
  const Timestamp now = call.dependencies.clock.Now();
  API_TRY(store::QualityCheck check, ReadNewQualityCheck(call.body));
  const auto container = store::Containers(call.database()).Get(check.container_id);
  if (!container && container.error().kind == ErrorKind::kNotFound) {
    return Refuse(Problem::InvalidKey("container_id", container.error().message));
  }
  if (!container) return Refuse(container.error());
  API_RETURN_IF_ERROR(ApplyToQualityCheck(call.body, now, check));
  API_RETURN_IF_ERROR(Validate(call, check));
  // Old names of a rule are stored as the current one.
  API_TRY(const auto record,
          operations::ToRecord(operations::ToDefinition(check), check.container_id));
  check.rule_type = record.rule_type;
  check.rule_weight = record.rule_weight;
  check.created = now;
  check.last_updated = now;
  check.last_editor = call.caller.signature();
  check.is_new = false;
  if (!check.owner_id) check.owner_id = call.caller.user_id;
  API_TRY(const auto stored, store::QualityChecks(call.database()).Create(std::move(check)));
  API_TRY(Json printed, Print(call, stored.id));
  return Created(std::move(printed));
}

Answer<Reply> List(const Call& call) {
  const store::PageRequest page = PageOf(call.query);
  if (call.query.Boolean("template_only").value_or(false)) return Ok(PrintPage({}, 0, page));
  store::QualityCheckFilter filter{.ids = call.query.Integers("id"),
                                   .datastore_ids = call.query.Integers("datastore"),
                                   .container_ids = call.query.Integers("container"),
                                   .rule_types = call.query.Texts("rule_type"),
                                   .fields = call.query.Texts("field"),
                                   .tags = call.query.Texts("tag"),
                                   .statuses = call.query.Texts("status"),
                                   .archived = ArchivedOf(call.query),
                                   .inferred = call.query.Boolean("inferred"),
                                   .search = call.query.Text("search")};
  filter.scope = call.scope;
  ApplySort(call.query,
            {{"sort_created", store::QualityCheckFilter::Sort::kCreated},
             {"sort_rule_type", store::QualityCheckFilter::Sort::kRuleType}},
            filter);
  API_TRY(const auto found, store::QualityChecks(call.database()).List(filter, page));
  API_TRY(std::vector<Json> items, PrintQualityChecks(call.database(), found.items));
  return Ok(PrintPage(std::move(items), found.total, page));
}

Answer<Reply> Get(const Call& call) {
  API_TRY(Json printed, Print(call, call.id("quality_check_id")));
  return Ok(std::move(printed));
}

Answer<Reply> Update(const Call& call) {
  const Timestamp now = call.dependencies.clock.Now();
  store::QualityChecks checks(call.database());
  API_TRY(store::QualityCheck check, checks.Get(call.id("quality_check_id")));
  API_RETURN_IF_ERROR(ApplyToQualityCheck(call.body, now, check));
  API_RETURN_IF_ERROR(Validate(call, check));
  check.last_updated = now;
  check.last_editor = call.caller.signature();
  check.is_new = false;
  API_RETURN_IF_ERROR(checks.Update(check));
  API_TRY(Json printed, Print(call, check.id));
  return Ok(std::move(printed));
}

/// Drafters edit drafts and bring archived checks back as drafts.
Answer<bool> LeavesTheDrafts(const Call& call) {
  API_TRY(const auto check,
          store::QualityChecks(call.database()).Get(call.id("quality_check_id")));
  const Json status = call.body.value("status", Json());
  return check.status == "Active" ||
         (status.is_null() ? Json(check.status) : status) != "Draft";
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
       {.name = "container",
        .type = ParameterType::kInteger,
        .doc = "Only those of these containers.",
        .repeats = true},
       {.name = "rule_type", .doc = "Only those of these rules.", .repeats = true},
       {.name = "field",
        .doc = "Only those that look at any of these fields.",
        .repeats = true},
       {.name = "tag", .doc = "Only those with any of these tags.", .repeats = true},
       {.name = "status",
        .doc = "Only those of these statuses, archived ones too.",
        .repeats = true,
        .allowed = {"Active", "Draft", "Invalid", "Discarded"}},
       ArchivedParameter(),
       {.name = "inferred",
        .type = ParameterType::kBoolean,
        .doc = "Only inferred ones, or only authored ones."},
       {.name = "search", .doc = "Only those with this in their description."},
       {.name = "template_only",
        .type = ParameterType::kBoolean,
        .doc = "Only templates, of which there are none."}});
  AppendSorts({"sort_created", "sort_rule_type"}, parameters);
  return parameters;
}

}  // namespace

RouteGroup quality_checks() {
  const AnswerDocumentation missing{.status = 404, .description = "There is no such check."};
  const AnswerDocumentation same{
      .status = 409, .description = "The container has a check that asserts the same."};
  const AnswerDocumentation check{.description = "The check.", .shape = QualityCheckShape()};
  return {
      .title = "Quality checks",
      .routes = {
          {.method = "GET",
           .path = "/api/quality-checks",
           .summary = "Lists checks.",
           .permission = store::Permission::kReporter,
           .query = ListParameters(),
           .answers = {{.description = "A page of checks.",
                        .shape = QualityCheckShape(),
                        .form = AnswerDocumentation::Form::kPage}},
           .handle = List},
          {.method = "POST",
           .path = "/api/quality-checks",
           .summary = "Writes a check.",
           .permission = store::Permission::kDrafter,
           .stronger = {{.permission = store::Permission::kAuthor,
                         .when = "the check is no draft",
                         .applies = [](const Call& call) -> Answer<bool> {
                           return call.body.value("status", Json()) != "Draft";
                         }}},
           .body = BodyDocumentation{.shape = QualityCheckCreateShape()},
           .answers =
               {{.status = 201, .description = "The check.", .shape = QualityCheckShape()},
                same},
           .handle = Create},
          {.method = "GET",
           .path = "/api/quality-checks/{quality_check_id}",
           .summary = "Shows a check.",
           .permission = store::Permission::kReporter,
           .answers = {check, missing},
           .handle = Get},
          {.method = "PUT",
           .path = "/api/quality-checks/{quality_check_id}",
           .summary =
               "Edits a check. What is absent keeps its value; status Active or Draft brings "
               "an archived one back.",
           .permission = store::Permission::kDrafter,
           .stronger = {{.permission = store::Permission::kAuthor,
                         .when = "the check is active, or does not end up a draft",
                         .applies = LeavesTheDrafts}},
           .body = BodyDocumentation{.shape = QualityCheckUpdateShape()},
           .answers = {check, missing, same},
           .handle = Update}}};
}

}  // namespace assay::api::rest
