// Dealing with anomalies, one or many: changing, archiving and deleting them.

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "api/route.h"
#include "api/schema_check.h"
#include "api/shapes/anomaly.h"
#include "base/fields.h"
#include "store/anomalies.h"

namespace assay::api::rest {
namespace {

struct Change {
  std::optional<std::string> status;
  std::optional<std::string> description;
  std::optional<std::vector<std::string>> tags;
  std::optional<std::vector<int64_t>> assignee_ids;

  static const Fields<Change>& JsonFields() {
    static const Fields<Change> fields = {
        Optional("status", &Change::status,
                 "Active or Acknowledged; also opens an archived one again."),
        Optional("description", &Change::description, "For people."),
        Optional("tags", &Change::tags, "Names of tags; unknown ones are made."),
        Optional("assignee_ids", &Change::assignee_ids, "Users who look after it."),
    };
    return fields;
  }
};

struct Removal {
  bool archive = true;
  std::string status = "Resolved";

  static const Fields<Removal>& JsonFields() {
    static const Fields<Removal> fields = {
        Optional("archive", &Removal::archive, "False: delete it for good."),
        Optional("status", &Removal::status, "Of an archived one; Resolved when absent."),
    };
    return fields;
  }
};

const std::vector<std::string>& ArchivedStatuses() {
  static const std::vector<std::string> statuses = {"Resolved", "Invalid", "Duplicate",
                                                    "Discarded"};
  return statuses;
}

Json ChangeSchema() {
  return Constrain(AllowNullForOptional(Change::JsonFields().Schema()),
                   {{"status", {{"enum", Json::array({"Active", "Acknowledged"})}}},
                    {"description", {{"maxLength", 10000}}}});
}

Json RemovalSchema() {
  return Constrain(AllowNullForOptional(Removal::JsonFields().Schema()),
                   {{"status", {{"enum", ArchivedStatuses()}}}});
}

/// An item of a list: what is to be done, and to which anomaly.
Json WithId(Json schema) {
  schema["properties"]["id"] = {
      {"type", "integer"}, {"format", "int64"}, {"description", "The anomaly."}};
  schema["required"] = Json::array({"id"});
  return schema;
}

template <class T>
struct Target {
  int64_t id = 0;
  T what;
};

/// The items of a body that CheckSchema has passed.
template <class T>
Answer<std::vector<Target<T>>> ReadTargets(const Json& body) {
  std::vector<Target<T>> targets;
  for (const Json& item : body) {
    API_TRY(T what,
            At({"body", targets.size()}, T::JsonFields().Parse(item, UnknownKeys::kIgnore)));
    targets.push_back({item["id"].get<int64_t>(), std::move(what)});
  }
  return targets;
}

Result<store::Anomaly> Apply(store::Access& transaction, const Target<Change>& target) {
  const Change& change = target.what;
  store::Anomalies anomalies(transaction);
  ASSAY_TRY(store::Anomaly anomaly, anomalies.Get(target.id));
  if (anomaly.is_archived() && !change.status) {
    return Fail(ErrorKind::kConflict,
                fmt::format("this anomaly is archived: open it again with a status of Active "
                            "first: {}",
                            target.id));
  }
  if (change.status && *change.status != anomaly.status) {
    anomaly.status = *change.status;
    anomaly.is_new = false;
  }
  if (change.description) anomaly.description = change.description;
  if (change.tags) anomaly.tags = *change.tags;
  if (change.assignee_ids) anomaly.assignee_ids = *change.assignee_ids;
  ASSAY_RETURN_IF_ERROR(anomalies.Update(anomaly));
  return anomalies.Get(target.id);
}

Status Apply(store::Access& transaction, const Target<Removal>& target) {
  store::Anomalies anomalies(transaction);
  ASSAY_TRY(store::Anomaly anomaly, anomalies.Get(target.id));
  if (!target.what.archive) return anomalies.Delete(target.id);
  anomaly.status = target.what.status;
  anomaly.is_new = false;
  return anomalies.Update(anomaly);
}

/// The changed anomalies in the order given; all are changed or none.
Answer<std::vector<Json>> ChangeAll(const Call& call,
                                    const std::vector<Target<Change>>& targets) {
  using Anomalies = std::vector<store::Anomaly>;
  API_TRY(const Anomalies changed,
          At({"body"}, call.database().InTransaction(
                           [&](store::Access& transaction) -> Result<Anomalies> {
                             Anomalies anomalies;
                             for (const auto& target : targets) {
                               ASSAY_TRY(anomalies.emplace_back(), Apply(transaction, target));
                             }
                             return anomalies;
                           })));
  API_TRY(std::vector<Json> printed, PrintAnomalies(call.database(), changed));
  return printed;
}

Answer<Reply> RemoveAll(const Call& call, const std::vector<Target<Removal>>& targets) {
  API_RETURN_IF_ERROR(call.database().InTransaction([&](store::Access& transaction) -> Status {
    for (const auto& target : targets) ASSAY_RETURN_IF_ERROR(Apply(transaction, target));
    return {};
  }));
  return NoContent();
}

Answer<Reply> Update(const Call& call) {
  API_TRY(Change change,
          At({"body"}, Change::JsonFields().Parse(call.body, UnknownKeys::kIgnore)));
  API_TRY(std::vector<Json> printed,
          ChangeAll(call, {{call.id("anomaly_id"), std::move(change)}}));
  return Ok(std::move(printed.front()));
}

Answer<Reply> UpdateMany(const Call& call) {
  API_TRY(const auto targets, ReadTargets<Change>(call.body));
  API_TRY(std::vector<Json> printed, ChangeAll(call, targets));
  return Ok(Json(std::move(printed)));
}

Answer<Reply> Delete(const Call& call) {
  Removal removal;
  removal.archive = call.query.Boolean("archive").value_or(true);
  if (const std::string status = call.query.Text("status"); !status.empty())
    removal.status = status;
  return RemoveAll(call, {{call.id("anomaly_id"), removal}});
}

Answer<Reply> DeleteMany(const Call& call) {
  API_TRY(const auto targets, ReadTargets<Removal>(call.body));
  return RemoveAll(call, targets);
}

/// Whether any of the objects that a body holds, or is, has a value for `key` that counts.
bool AnyItem(const Json& body, const char* key,
             const std::function<bool(const Json&)>& counts) {
  if (body.is_object()) return counts(body.value(key, Json()));
  return std::ranges::any_of(body,
                             [&](const Json& item) { return counts(item.value(key, Json())); });
}

StrongerPermission ForDescriptions() {
  return {.permission = store::Permission::kEditor,
          .when = "a description changes",
          .applies = [](const Call& call) -> Answer<bool> {
            return AnyItem(call.body, "description",
                           [](const Json& value) { return value.is_string(); });
          }};
}

StrongerPermission ForDeletion() {
  return {.permission = store::Permission::kEditor,
          .when = "one is deleted for good",
          .applies = [](const Call& call) -> Answer<bool> {
            return !call.query.Boolean("archive").value_or(true) ||
                   AnyItem(call.body, "archive",
                           [](const Json& value) { return value == false; });
          }};
}

}  // namespace

RouteGroup anomaly_changes() {
  const AnswerDocumentation missing{.status = 404, .description = "There is no such anomaly."};
  const AnswerDocumentation one_missing{.status = 404,
                                        .description = "One of them does not exist."};
  const AnswerDocumentation done{.status = 204, .description = "It is done."};
  return {
      .title = "Anomalies",
      .routes = {
          {.method = "PUT",
           .path = "/api/anomalies/{anomaly_id}",
           .summary = "Acknowledges, describes, tags or assigns an anomaly, or opens it again.",
           .permission = store::Permission::kAuthor,
           .stronger = {ForDescriptions()},
           .body = BodyDocumentation{.shape = {"AnomalyUpdate", ChangeSchema()}},
           .answers = {{.description = "The anomaly.", .shape = AnomalyShape()},
                       missing,
                       {.status = 409, .description = "It is archived."}},
           .handle = Update},
          {.method = "PATCH",
           .path = "/api/anomalies",
           .summary = "Changes several anomalies: all of them or none.",
           .permission = store::Permission::kAuthor,
           .stronger = {ForDescriptions()},
           .body = BodyDocumentation{.shape = {"AnomalyItemUpdate", WithId(ChangeSchema())},
                                     .is_list = true,
                                     .item_ids = store::Thing::kAnomaly},
           .answers = {{.description = "The anomalies, in the order given.",
                        .shape = AnomalyShape(),
                        .form = AnswerDocumentation::Form::kList},
                       one_missing,
                       {.status = 409, .description = "One of them is archived."}},
           .handle = UpdateMany},
          {.method = "DELETE",
           .path = "/api/anomalies/{anomaly_id}",
           .summary = "Archives an anomaly, or deletes it for good.",
           .permission = store::Permission::kAuthor,
           .stronger = {ForDeletion()},
           .query = {{.name = "archive",
                      .type = ParameterType::kBoolean,
                      .doc = "False: delete it for good."},
                     {.name = "status",
                      .doc = "Of an archived one; Resolved when absent.",
                      .allowed = ArchivedStatuses()}},
           .answers = {done, missing},
           .handle = Delete},
          {.method = "DELETE",
           .path = "/api/anomalies",
           .summary = "Archives or deletes several anomalies: all of them or none.",
           .permission = store::Permission::kAuthor,
           .stronger = {ForDeletion()},
           .body = BodyDocumentation{.shape = {"AnomalyRemoval", WithId(RemovalSchema())},
                                     .is_list = true,
                                     .item_ids = store::Thing::kAnomaly},
           .answers = {done, one_missing},
           .handle = DeleteMany}}};
}

}  // namespace assay::api::rest
