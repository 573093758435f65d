// Templates of quality checks, and what saving one does to the checks that are derived from it.

#include <fmt/format.h>

#include <set>

#include "api/authorization.h"
#include "api/check_validation.h"
#include "api/paging.h"
#include "api/route.h"
#include "api/shapes/check_template.h"
#include "api/sorting.h"
#include "api/transaction.h"
#include "operations/check_templates.h"

namespace assay::api::rest {
namespace {

Answer<Json> Print(const Call& call, int64_t id) {
  API_TRY(const auto found, store::CheckTemplates(call.database()).Get(id));
  API_TRY(std::vector<Json> printed, PrintCheckTemplates(call.database(), {found}));
  return std::move(printed.front());
}

Answer<Reply> List(const Call& call) {
  store::CheckTemplateFilter filter{.ids = call.query.Integers("id"),
                                    .rule_types = call.query.Texts("rule_type"),
                                    .tags = call.query.Texts("tag"),
                                    .is_locked = call.query.Boolean("template_locked"),
                                    .search = call.query.Text("search")};
  ApplySort(call.query,
            {{"sort_created", store::CheckTemplateFilter::Sort::kCreated},
             {"sort_rule_type", store::CheckTemplateFilter::Sort::kRuleType}},
            filter);
  const store::PageRequest page = PageOf(call.query);
  API_TRY(const auto found, store::CheckTemplates(call.database()).List(filter, page));
  API_TRY(std::vector<Json> items, PrintCheckTemplates(call.database(), found.items));
  return Ok(PrintPage(std::move(items), found.total, page));
}

Answer<Reply> Create(const Call& call) {
  API_TRY(store::CheckTemplate made, ReadNewCheckTemplate(call.body));
  API_RETURN_IF_ERROR(ApplyToCheckTemplate(call.body, made));
  made.created = made.last_updated = call.dependencies.clock.Now();
  made.last_editor = call.caller.signature();
  API_TRY(const auto stored, store::CheckTemplates(call.database()).Create(std::move(made)));
  API_TRY(Json printed, Print(call, stored.id));
  return Created(std::move(printed));
}

Answer<Reply> Get(const Call& call) {
  API_TRY(Json printed, Print(call, call.id("template_id")));
  return Ok(std::move(printed));
}

/// The same problem, said of a check that the request does not name.
Problem About(const store::QualityCheck& check, Problem problem) {
  if (problem.status != 422) return problem;
  return Problem::Invalid(
      {{{"body"},
        fmt::format("does not fit a check of this template, of {} (container {}): {}",
                    check.container_name, check.container_id, problem.message)}});
}

Answer<void> CheckChanges(const Call& call, store::Access& access,
                          const operations::TemplateChanges& changes) {
  std::set<int64_t> containers;
  for (const auto* checks : {&changes.deleted, &changes.changed, &changes.added}) {
    for (const store::QualityCheck& check : *checks) containers.insert(check.container_id);
  }
  API_RETURN_IF_ERROR(
      RequirePermissionOn(call.caller, access, containers, store::Permission::kAuthor));
  for (const auto* checks : {&changes.changed, &changes.added}) {
    for (const store::QualityCheck& check : *checks) {
      if (check.is_archived()) continue;
      auto fits = ValidateCheck(call.caller, access, check, call.dependencies.clock.Now());
      if (!fits) return Refuse(About(check, std::move(fits).error()));
    }
  }
  return {};
}

Answer<void> Save(const Call& call, store::Access& access, int64_t id) {
  store::CheckTemplates templates(access);
  API_TRY(const store::CheckTemplate before, templates.Get(id));
  store::CheckTemplate after = before;
  API_RETURN_IF_ERROR(ApplyToCheckTemplate(call.body, after));
  after.last_updated = call.dependencies.clock.Now();
  after.last_editor = call.caller.signature();
  API_TRY(const auto derived, store::QualityChecks(access).OfTemplate(id));
  API_TRY(const auto changes,
          At({"body"}, operations::ChangesOf(before, after, derived, after.last_editor,
                                             after.last_updated)));
  API_RETURN_IF_ERROR(CheckChanges(call, access, changes));
  API_RETURN_IF_ERROR(templates.Update(after));
  API_RETURN_IF_ERROR(operations::ApplyTemplateChanges(access, changes));
  return {};
}

Answer<Reply> Update(const Call& call) {
  const int64_t id = call.id("template_id");
  API_RETURN_IF_ERROR(InTransaction(call.database(), [&](store::Access& transaction) {
    return Save(call, transaction, id);
  }));
  API_TRY(Json printed, Print(call, id));
  return Ok(std::move(printed));
}

Answer<Reply> Delete(const Call& call) {
  API_RETURN_IF_ERROR(store::CheckTemplates(call.database()).Delete(call.id("template_id")));
  return NoContent();
}

std::vector<QueryParameter> ListParameters() {
  std::vector<QueryParameter> parameters = PagingParameters();
  parameters.insert(
      parameters.end(),
      {{.name = "id", .type = ParameterType::kInteger, .doc = "Only these.", .repeats = true},
       {.name = "rule_type", .doc = "Only those of these rules.", .repeats = true},
       {.name = "tag", .doc = "Only those with any of these tags.", .repeats = true},
       {.name = "template_locked",
        .type = ParameterType::kBoolean,
        .doc = "Only locked ones, or only unlocked ones."},
       {.name = "search", .doc = "Only those with this in their description."}});
  AppendSorts({"sort_created", "sort_rule_type"}, parameters);
  return parameters;
}

}  // namespace

RouteGroup quality_check_templates() {
  const AnswerDocumentation missing{.status = 404, .description = "There is no such template."};
  const AnswerDocumentation found{.description = "The template.",
                                  .shape = CheckTemplateShape()};
  return {.title = "Check templates",
          .routes = {
              {.method = "GET",
               .path = "/api/quality-check-templates",
               .summary = "Lists templates.",
               .query = ListParameters(),
               .answers = {{.description = "A page of templates.",
                            .shape = CheckTemplateShape(),
                            .form = AnswerDocumentation::Form::kPage}},
               .handle = List},
              {.method = "POST",
               .path = "/api/quality-check-templates",
               .summary = "Makes a template.",
               .access = Access::kManager,
               .body = BodyDocumentation{.shape = CheckTemplateCreateShape()},
               .answers = {{.status = 201,
                            .description = "The template.",
                            .shape = CheckTemplateShape()}},
               .handle = Create},
              {.method = "GET",
               .path = "/api/quality-check-templates/{template_id}",
               .summary = "Shows a template.",
               .answers = {found, missing},
               .handle = Get},
              {.method = "PUT",
               .path = "/api/quality-check-templates/{template_id}",
               .summary = "Changes a template, and the checks that follow it: on all of their "
                          "datastores the caller needs Author. What is absent keeps its value.",
               .access = Access::kManager,
               .body = BodyDocumentation{.shape = CheckTemplateUpdateShape()},
               .answers = {found,
                           missing,
                           {.status = 409,
                            .description = "One of its checks would assert the same as another "
                                           "check of its container."}},
               .handle = Update},
              {.method = "DELETE",
               .path = "/api/quality-check-templates/{template_id}",
               .summary = "Deletes a template. Its checks stay.",
               .access = Access::kManager,
               .answers = {{.status = 204, .description = "It is gone."}, missing},
               .handle = Delete}}};
}

}  // namespace assay::api::rest
