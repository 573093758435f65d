// Archiving and deleting quality checks, one or many.

#include <algorithm>

#include "api/paging.h"
#include "api/route.h"
#include "api/schema_check.h"
#include "base/fields.h"
#include "store/anomalies.h"
#include "store/quality_checks.h"

namespace assay::api::rest {
namespace {

struct Removal {
  int64_t id = 0;
  bool archive = true;
  std::string status = "Discarded";
  bool delete_anomalies = false;

  static const Fields<Removal>& JsonFields() {
    static const Fields<Removal> fields = {
        Required("id", &Removal::id, "The check."),
        Optional("archive", &Removal::archive, "False: delete it for good."),
        Optional("status", &Removal::status, "Of an archived one: Discarded or Invalid."),
        Optional("delete_anomalies", &Removal::delete_anomalies,
                 "Whether all anomalies that fail it are deleted, too."),
    };
    return fields;
  }
};

Shape RemovalShape() {
  return {.name = "QualityCheckRemoval",
          .schema = Constrain(AllowNullForOptional(Removal::JsonFields().Schema()),
                              {{"status", {{"enum", Json::array({"Discarded", "Invalid"})}}}})};
}

Status DeleteAnomalies(store::Access& transaction, int64_t check_id) {
  store::Anomalies anomalies(transaction);
  store::AnomalyFilter filter;
  filter.check_ids = {check_id};
  filter.archived = store::Archived::kInclude;
  while (true) {
    ASSAY_TRY(const auto page, anomalies.List(filter, {.page = 1, .size = 1000}));
    if (page.items.empty()) return {};
    for (const store::Anomaly& anomaly : page.items) {
      ASSAY_RETURN_IF_ERROR(anomalies.Delete(anomaly.id));
    }
  }
}

Status Remove(store::Access& transaction, const Removal& removal, const std::string& editor,
              Timestamp now) {
  store::QualityChecks checks(transaction);
  if (removal.delete_anomalies) {
    ASSAY_RETURN_IF_ERROR(DeleteAnomalies(transaction, removal.id));
  }
  if (!removal.archive) return checks.Delete(removal.id);
  return checks.Archive(removal.id, removal.status, editor, now);
}

Answer<Reply> RemoveAll(const Call& call, const std::vector<Removal>& removals) {
  const Timestamp now = call.dependencies.clock.Now();
  API_RETURN_IF_ERROR(call.database().InTransaction([&](store::Access& transaction) -> Status {
    for (const Removal& removal : removals) {
      ASSAY_RETURN_IF_ERROR(Remove(transaction, removal, call.caller.signature(), now));
    }
    return {};
  }));
  return NoContent();
}

Answer<Reply> DeleteOne(const Call& call) {
  const std::string status = call.query.Text("status");
  return RemoveAll(
      call, {{.id = call.id("quality_check_id"),
              .archive = call.query.Boolean("archive").value_or(true),
              .status = status.empty() ? "Discarded" : status,
              .delete_anomalies = call.query.Boolean("delete_anomalies").value_or(false)}});
}

Answer<Reply> DeleteMany(const Call& call) {
  std::vector<Removal> removals;
  for (const Json& item : call.body) {
    API_TRY(const Removal removal,
            At({"body"}, Removal::JsonFields().Parse(item, UnknownKeys::kIgnore)));
    removals.push_back(removal);
  }
  return RemoveAll(call, removals);
}

/// Deleting an anomaly for good takes an editor.
StrongerPermission ForAnomalies() {
  return {.permission = store::Permission::kEditor,
          .when = "anomalies are deleted, too",
          .applies = [](const Call& call) -> Answer<bool> {
            if (call.query.Boolean("delete_anomalies").value_or(false)) return true;
            return std::ranges::any_of(call.body, [](const Json& item) {
              return item.value("delete_anomalies", Json()) == true;
            });
          }};
}

}  // namespace

RouteGroup quality_check_removal() {
  const AnswerDocumentation done{.status = 204, .description = "It is done."};
  return {.title = "Quality checks",
          .routes = {
              {.method = "DELETE",
               .path = "/api/quality-checks/{quality_check_id}",
               .summary = "Archives a check, or deletes it for good.",
               .permission = store::Permission::kAuthor,
               .stronger = {ForAnomalies()},
               .query = {{.name = "archive",
                          .type = ParameterType::kBoolean,
                          .doc = "False: delete it for good."},
                         {.name = "status",
                          .doc = "Of an archived one; Discarded when absent.",
                          .allowed = {"Discarded", "Invalid"}},
                         {.name = "delete_anomalies",
                          .type = ParameterType::kBoolean,
                          .doc = "Whether all anomalies that fail it are deleted, too."}},
               .answers = {done, {.status = 404, .description = "There is no such check."}},
               .handle = DeleteOne},
              {.method = "DELETE",
               .path = "/api/quality-checks",
               .summary = "Archives or deletes several checks: all of them or none.",
               .permission = store::Permission::kAuthor,
               .stronger = {ForAnomalies()},
               .body = BodyDocumentation{.shape = RemovalShape(),
                                         .is_list = true,
                                         .item_ids = store::Thing::kQualityCheck},
               .answers = {done, {.status = 404, .description = "One of them does not exist."}},
               .handle = DeleteMany}}};
}

}  // namespace assay::api::rest
