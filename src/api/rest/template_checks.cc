// From templates to checks, and from a check to a template.

#include <fmt/format.h>

#include <algorithm>

#include "api/check_editing.h"
#include "api/route.h"
#include "api/shapes/check_template.h"
#include "api/shapes/quality_check.h"
#include "api/transaction.h"
#include "operations/check_templates.h"

namespace assay::api::rest {
namespace {

/// One target of a template: a check for each of its variants.
Answer<void> MakeChecksFor(const Call& call, store::Access& access,
                           const store::CheckTemplate& check_template,
                           const std::vector<operations::TemplateVariant>& variants,
                           const Json& item, std::vector<int64_t>& made) {
  const auto container_id = item["container_id"].get<int64_t>();
  API_RETURN_IF_ERROR(RequireContainer(access, container_id));
  const Json given = WithoutNulls(item);
  // A filter of the target's own takes the place of the template's and of its variants.
  const bool has_own_filter = !check_template.is_locked && given.contains("filter");
  for (const operations::TemplateVariant& variant : variants) {
    store::QualityCheck derived = operations::DeriveCheck(check_template, variant);
    if (has_own_filter) derived.template_values = Json::array();
    derived.container_id = container_id;
    store::QualityCheck check = derived;
    API_RETURN_IF_ERROR(ApplyToQualityCheck(given, call.dependencies.clock.Now(), check));
    API_RETURN_IF_ERROR(RefuseWhatIsLocked(derived, check));
    operations::AddTags(derived.tags, check.tags);
    API_TRY(const auto stored, StoreNewCheck(call, access, std::move(check)));
    made.push_back(stored.id);
    if (has_own_filter) break;
  }
  return {};
}

Answer<Reply> MakeChecks(const Call& call) {
  API_TRY(const auto check_template,
          store::CheckTemplates(call.database()).Get(call.id("template_id")));
  API_TRY(const auto variants, operations::VariantsOf(check_template));
  const size_t most = operations::kMostChecksAtOnce;
  if (call.body.size() * variants.size() > most) {
    return Refuse(Problem::Invalid(
        {{{"body"},
          fmt::format("makes more than {} checks: name fewer targets in one call", most)}}));
  }
  API_TRY(const auto ids,
          InTransaction(call.database(),
                        [&](store::Access& transaction) -> Answer<std::vector<int64_t>> {
                          std::vector<int64_t> made;
                          for (size_t i = 0; i < call.body.size(); ++i) {
                            auto done = MakeChecksFor(call, transaction, check_template,
                                                      variants, call.body[i], made);
                            if (!done) return Refuse(OfItem(i, std::move(done).error()));
                          }
                          return made;
                        }));
  API_TRY(Json printed, PrintStoredChecks(call, ids));
  return Created(std::move(printed));
}

Answer<Reply> MakeTemplate(const Call& call) {
  API_TRY(const auto check,
          store::QualityChecks(call.database()).Get(call.id("quality_check_id")));
  store::CheckTemplate made = operations::TemplateOf(check);
  API_RETURN_IF_ERROR(
      ApplyToCheckTemplate(call.body.is_null() ? Json::object() : call.body, made));
  made.created = made.last_updated = call.dependencies.clock.Now();
  made.last_editor = call.caller.signature();
  API_TRY(const auto stored, store::CheckTemplates(call.database()).Create(std::move(made)));
  API_TRY(std::vector<Json> printed, PrintCheckTemplates(call.database(), {stored}));
  return Created(std::move(printed.front()));
}

}  // namespace

RouteGroup template_checks() {
  return {
      .title = "Check templates",
      .routes = {
          {.method = "POST",
           .path = "/api/quality-check-templates/{template_id}/quality-checks",
           .summary = "Makes checks of a template, for many containers and fields: all of them "
                      "or none. What an item gives takes the place of what the template says.",
           .permission = store::Permission::kDrafter,
           .stronger = {{.permission = store::Permission::kAuthor,
                         .when = "one is no draft",
                         .applies = [](const Call& call) -> Answer<bool> {
                           return std::ranges::any_of(call.body, [](const Json& item) {
                             return item.value("status", Json()) != "Draft";
                           });
                         }}},
           .body = BodyDocumentation{.shape = QualityCheckDerivedShape("TemplateTarget",
                                                                       {"container_id"}),
                                     .is_list = true},
           .answers = {{.status = 201,
                        .description = "The checks, by target.",
                        .shape = QualityCheckShape(),
                        .form = AnswerDocumentation::Form::kList},
                       {.status = 404, .description = "There is no such template."},
                       {.status = 409,
                        .description = "A container has a check that asserts the same."}},
           .handle = MakeChecks},
          {.method = "POST",
           .path = "/api/quality-checks/{quality_check_id}/template",
           .summary = "Makes a template of what a check asserts. The check does not follow it.",
           .access = Access::kManager,
           .permission = store::Permission::kReporter,
           .body = BodyDocumentation{.shape = CheckTemplateUpdateShape(), .is_required = false},
           .answers =
               {{.status = 201, .description = "The template.", .shape = CheckTemplateShape()},
                {.status = 404, .description = "There is no such check."}},
           .handle = MakeTemplate}}};
}

}  // namespace assay::api::rest
