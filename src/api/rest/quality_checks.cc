// Quality checks: listing, writing and editing them.

#include <fmt/format.h>

#include "api/check_editing.h"
#include "api/paging.h"
#include "api/route.h"
#include "api/shapes/check_template.h"
#include "api/shapes/quality_check.h"
#include "api/sorting.h"
#include "api/transaction.h"
#include "operations/check_templates.h"

namespace assay::api::rest {
namespace {

/// What a check is before the body says more: of its rule, or of the template that the body
/// names.
Answer<store::QualityCheck> StartOf(const Call& call) {
  const Json template_id = call.body.value("template_id", Json());
  if (template_id.is_null()) return ReadNewQualityCheck(call.body);
  const auto found = store::CheckTemplates(call.database()).Get(template_id.get<int64_t>());
  if (!found && found.error().kind == ErrorKind::kNotFound) {
    return Refuse(Problem::InvalidKey("template_id", found.error().message));
  }
  if (!found) return Refuse(found.error());
  API_TRY(const auto variants, operations::VariantsOf(*found));
  if (variants.size() > 1) {
    return Refuse(Problem::InvalidKey(
        "template_id", fmt::format("its each() makes {} checks; POST them to "
                                   "/api/quality-check-templates/{}/quality-checks",
                                   variants.size(), found->id)));
  }
  store::QualityCheck check = operations::DeriveCheck(*found, variants.front());
  check.container_id = call.body.value("container_id", int64_t{0});
  return check;
}

Answer<Reply> Create(const Call& call) {
  API_TRY(store::QualityCheck check, StartOf(call));
  API_RETURN_IF_ERROR(RequireContainer(call.database(), check.container_id));
  const store::QualityCheck start = check;
  const Json body = check.template_id ? WithoutNulls(call.body) : call.body;
  API_RETURN_IF_ERROR(ApplyToQualityCheck(body, call.dependencies.clock.Now(), check));
  API_RETURN_IF_ERROR(RefuseWhatIsLocked(start, check));
  operations::AddTags(start.tags, check.tags);
  API_TRY(const auto stored, StoreNewCheck(call, call.database(), std::move(check)));
  API_TRY(Json printed, PrintStoredCheck(call, stored.id));
  return Created(std::move(printed));
}

/// Templates in place of checks, for clients that look for them here.
Answer<Reply> ListTemplates(const Call& call, const store::PageRequest& page) {
  const store::CheckTemplateFilter filter{.ids = call.query.Integers("id"),
                                          .rule_types = call.query.Texts("rule_type"),
                                          .tags = call.query.Texts("tag"),
                                          .is_locked = call.query.Boolean("template_locked"),
                                          .search = call.query.Text("search")};
  API_TRY(const auto found, store::CheckTemplates(call.database()).List(filter, page));
  API_TRY(std::vector<Json> items, PrintCheckTemplates(call.database(), found.items));
  return Ok(PrintPage(std::move(items), found.total, page));
}

std::vector<store::QualityCheckFilter::Asserted> AssertedOf(const Query& query) {
  using Asserted = store::QualityCheckFilter::Asserted;
  std::vector<Asserted> asserted;
  for (const std::string& name : query.Texts("asserted_state")) {
    asserted.push_back(name == "passed"   ? Asserted::kPassed
                       : name == "failed" ? Asserted::kFailed
                                          : Asserted::kNotYet);
  }
  return asserted;
}

Answer<Reply> List(const Call& call) {
  const store::PageRequest page = PageOf(call.query);
  if (call.query.Boolean("template_only").value_or(false)) return ListTemplates(call, page);
  store::QualityCheckFilter filter{.ids = call.query.Integers("id"),
                                   .datastore_ids = call.query.Integers("datastore"),
                                   .container_ids = call.query.Integers("container"),
                                   .rule_types = call.query.Texts("rule_type"),
                                   .fields = call.query.Texts("field"),
                                   .tags = call.query.Texts("tag"),
                                   .statuses = call.query.Texts("status"),
                                   .archived = ArchivedOf(call.query),
                                   .inferred = call.query.Boolean("inferred"),
                                   .favorite = call.query.Boolean("favorite"),
                                   .important = call.query.Boolean("important"),
                                   .owner_ids = call.query.Integers("owner"),
                                   .template_ids = call.query.Integers("template"),
                                   .asserted = AssertedOf(call.query),
                                   .search = call.query.Text("search")};
  filter.scope = call.scope;
  ApplySort(call.query,
            {{"sort_created", store::QualityCheckFilter::Sort::kCreated},
             {"sort_rule_type", store::QualityCheckFilter::Sort::kRuleType},
             {"sort_weight", store::QualityCheckFilter::Sort::kWeight}},
            filter);
  API_TRY(const auto found, store::QualityChecks(call.database()).List(filter, page));
  API_TRY(std::vector<Json> items, PrintQualityChecks(call.database(), found.items));
  return Ok(PrintPage(std::move(items), found.total, page));
}

Answer<Reply> Get(const Call& call) {
  API_TRY(Json printed, PrintStoredCheck(call, call.id("quality_check_id")));
  return Ok(std::move(printed));
}

Answer<Reply> Update(const Call& call) {
  API_TRY(const auto check, InTransaction(call.database(), [&](store::Access& transaction) {
            return EditStoredCheck(call, transaction, call.id("quality_check_id"), call.body);
          }));
  API_TRY(Json printed, PrintStoredCheck(call, check.id));
  return Ok(std::move(printed));
}

/// Drafters edit drafts and bring archived checks back as drafts.
Answer<bool> NeedsAuthor(const Call& call) {
  return LeavesTheDrafts(call, call.id("quality_check_id"), call.body);
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
       {.name = "favorite",
        .type = ParameterType::kBoolean,
        .doc = "Only those that users marked, or only others."},
       {.name = "important",
        .type = ParameterType::kBoolean,
        .doc = "Only authored ones and inferred ones with open anomalies, or only others."},
       {.name = "owner",
        .type = ParameterType::kInteger,
        .doc = "Only those of these users.",
        .repeats = true},
       {.name = "template",
        .type = ParameterType::kInteger,
        .doc = "Only those that are derived from these templates.",
        .repeats = true},
       {.name = "asserted_state",
        .doc = "Only those that passed and have no open anomalies, that have some, or that no "
               "scan asserted yet.",
        .repeats = true,
        .allowed = {"passed", "failed", "not_asserted"}},
       {.name = "search", .doc = "Only those with this in their description."},
       {.name = "template_only",
        .type = ParameterType::kBoolean,
        .doc = "True: templates in place of checks, as /api/quality-check-templates lists "
               "them, by id, rule_type, tag, template_locked and search."},
       {.name = "template_locked",
        .type = ParameterType::kBoolean,
        .doc = "With template_only: only locked ones, or only unlocked ones."}});
  AppendSorts({"sort_created", "sort_rule_type", "sort_weight"}, parameters);
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
                         .applies = NeedsAuthor}},
           .body = BodyDocumentation{.shape = QualityCheckUpdateShape()},
           .answers = {check, missing, same},
           .handle = Update}}};
}

}  // namespace assay::api::rest
