// Changing many quality checks at once, marking one, and making one like another.

#include <fmt/format.h>

#include <algorithm>

#include "api/check_editing.h"
#include "api/route.h"
#include "api/shapes/quality_check.h"
#include "api/transaction.h"
#include "base/fields.h"
#include "operations/check_templates.h"
#include "store/fields.h"

namespace assay::api::rest {
namespace {

Answer<Reply> EditMany(const Call& call) {
  API_TRY(const auto ids,
          InTransaction(call.database(),
                        [&](store::Access& transaction) -> Answer<std::vector<int64_t>> {
                          std::vector<int64_t> edited;
                          for (const Json& item : call.body) {
                            const auto id = item["id"].get<int64_t>();
                            auto check = EditStoredCheck(call, transaction, id, item);
                            if (!check)
                              return Refuse(OfItem(edited.size(), std::move(check).error()));
                            edited.push_back(id);
                          }
                          return edited;
                        }));
  API_TRY(Json printed, PrintStoredChecks(call, ids));
  return Ok(std::move(printed));
}

Answer<bool> OneLeavesTheDrafts(const Call& call) {
  for (const Json& item : call.body) {
    auto leaves = LeavesTheDrafts(call, item["id"].get<int64_t>(), item);
    if (!leaves || *leaves) return leaves;
  }
  return false;
}

struct Mark {
  std::optional<bool> favorite;

  static const Fields<Mark>& JsonFields() {
    static const Fields<Mark> fields = {
        Optional("favorite", &Mark::favorite, "Absent: the opposite of what it is."),
    };
    return fields;
  }
};

Answer<Reply> SetFavorite(const Call& call) {
  const int64_t id = call.id("quality_check_id");
  store::QualityChecks checks(call.database());
  API_TRY(const auto check, checks.Get(id));
  const Json wanted = call.body.is_null() ? Json() : call.body.value("favorite", Json());
  API_RETURN_IF_ERROR(
      checks.SetFavorite(id, wanted.is_null() ? !check.favorite : wanted.get<bool>()));
  API_TRY(Json printed, PrintStoredCheck(call, id));
  return Ok(std::move(printed));
}

/// 422 unless the container has each of the check's fields, with the same type.
Answer<void> CheckFieldsFit(store::Access& access, const store::QualityCheck& original,
                            int64_t container_id) {
  if (container_id == original.container_id) return {};
  store::FieldRecords records(access);
  API_TRY(const auto theirs, records.OfContainer(original.container_id));
  API_TRY(const auto ours, records.OfContainer(container_id));
  for (const std::string& name : original.fields) {
    const auto find = [&](const std::vector<store::Field>& fields) {
      const auto found = std::ranges::find(fields, name, &store::Field::name);
      return found == fields.end() ? "" : found->type;
    };
    if (!find(ours).empty() && find(ours) == find(theirs)) continue;
    return Refuse(Problem::InvalidKey(
        "fields",
        fmt::format("container {} has no field '{}' of the same type; name its fields",
                    container_id, name)));
  }
  return {};
}

Answer<Reply> Clone(const Call& call) {
  const Json body = call.body.is_null() ? Json::object() : call.body;
  API_TRY(const auto original,
          store::QualityChecks(call.database()).Get(call.id("quality_check_id")));
  store::QualityCheck copy = original;
  copy.id = 0;
  copy.status = "Draft";
  copy.deleted_at.reset();
  copy.inferred = false;
  copy.evidence = Json::object();
  copy.favorite = false;
  copy.template_id.reset();
  copy.template_locked.reset();
  copy.template_values = Json::array();
  copy.owner_id.reset();
  copy.additional_metadata = operations::MetadataOfCopy(copy.additional_metadata);
  if (const Json id = body.value("container_id", Json()); !id.is_null()) {
    copy.container_id = id.get<int64_t>();
  }
  API_RETURN_IF_ERROR(RequireContainer(call.database(), copy.container_id));
  if (body.value("fields", Json()).is_null()) {
    API_RETURN_IF_ERROR(CheckFieldsFit(call.database(), original, copy.container_id));
  }
  API_RETURN_IF_ERROR(ApplyToQualityCheck(body, call.dependencies.clock.Now(), copy));
  API_TRY(const auto stored, StoreNewCheck(call, call.database(), std::move(copy)));
  API_TRY(Json printed, PrintStoredCheck(call, stored.id));
  return Created(std::move(printed));
}

Shape EditShape() {
  Shape shape = QualityCheckDerivedShape("QualityCheckEdit", {"id"});
  shape.schema["properties"]["id"] = {
      {"type", "integer"}, {"format", "int64"}, {"description", "The check."}};
  return shape;
}

}  // namespace

RouteGroup quality_check_changes() {
  const AnswerDocumentation missing{.status = 404, .description = "There is no such check."};
  const AnswerDocumentation same{
      .status = 409, .description = "The container has a check that asserts the same."};
  return {
      .title = "Quality checks",
      .routes = {
          {.method = "PATCH",
           .path = "/api/quality-checks",
           .summary = "Edits, activates or restores several checks: all of them or none.",
           .permission = store::Permission::kDrafter,
           .stronger = {{.permission = store::Permission::kAuthor,
                         .when = "one is active, or does not end up a draft",
                         .applies = OneLeavesTheDrafts}},
           .body = BodyDocumentation{.shape = EditShape(),
                                     .is_list = true,
                                     .item_ids = store::Thing::kQualityCheck},
           .answers = {{.description = "The checks, in the order of the request.",
                        .shape = QualityCheckShape(),
                        .form = AnswerDocumentation::Form::kList},
                       missing,
                       same},
           .handle = EditMany},
          {.method = "PATCH",
           .path = "/api/quality-checks/{quality_check_id}/favorite",
           .summary = "Marks a check, or takes the mark away.",
           .permission = store::Permission::kReporter,
           .body = BodyDocumentation{.shape = Shape{"QualityCheckFavorite",
                                                    Mark::JsonFields().Schema()},
                                     .is_required = false},
           .answers = {{.description = "The check.", .shape = QualityCheckShape()}, missing},
           .handle = SetFavorite},
          {.method = "POST",
           .path = "/api/quality-checks/{quality_check_id}/clone",
           .summary = "Writes a check like another one, for another container or changed. A "
                      "draft unless status says otherwise.",
           .permission = store::Permission::kDrafter,
           .stronger = {{.permission = store::Permission::kAuthor,
                         .when = "the copy is no draft",
                         .applies = [](const Call& call) -> Answer<bool> {
                           const Json status =
                               call.body.is_null() ? Json() : call.body.value("status", Json());
                           return !status.is_null() && status != "Draft";
                         }}},
           .body = BodyDocumentation{.shape = QualityCheckDerivedShape("QualityCheckClone", {}),
                                     .is_required = false},
           .answers =
               {{.status = 201, .description = "The copy.", .shape = QualityCheckShape()},
                missing,
                same},
           .handle = Clone}}};
}

}  // namespace assay::api::rest
