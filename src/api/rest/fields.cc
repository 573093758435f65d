// Fields: what people decide about them.

#include <fmt/format.h>

#include "api/route.h"
#include "api/schema_check.h"
#include "api/shapes/container.h"
#include "base/clock.h"
#include "base/fields.h"
#include "sensitive/detector.h"
#include "store/containers.h"

namespace assay::api::rest {
namespace {

struct TagChange {
  std::string tag, state;

  static const Fields<TagChange>& JsonFields() {
    static const Fields<TagChange> fields = {
        Required("tag", &TagChange::tag, "What the values are: email, card, ..."),
        Required("state", &TagChange::state,
                 "accepted, also of what no profile proposed; dismissed; or proposed, which "
                 "leaves it to profiles."),
    };
    return fields;
  }
};

struct Change {
  std::optional<std::string> status;
  std::optional<std::vector<TagChange>> field_tags;

  static const Fields<Change>& JsonFields() {
    static const Fields<Change> fields = {
        Optional("status", &Change::status,
                 "Masked hides its values in full, whatever its tags; Active ends that."),
        Optional("field_tags", &Change::field_tags,
                 "Tags to decide on; others keep their state. No profile undoes it."),
    };
    return fields;
  }
};

Json ChangeSchema() {
  Json schema = Constrain(AllowNullForOptional(Change::JsonFields().Schema()),
                          {{"status", {{"enum", Json::array({"Active", "Masked"})}}}});
  Json& tag = schema["properties"]["field_tags"]["items"]["properties"];
  Json names = Json::array();
  for (const sensitive::Detector& detector : sensitive::AllDetectors())
    names.push_back(detector.name);
  tag["tag"]["enum"] = std::move(names);
  tag["state"]["enum"] = Json::array({"proposed", "accepted", "dismissed"});
  schema["properties"]["id"] = {
      {"type", "integer"}, {"format", "int64"}, {"description", "The field."}};
  schema["required"] = Json::array({"id"});
  return schema;
}

Status Apply(store::Access& transaction, int64_t id, const Change& change, Timestamp now) {
  store::FieldRecords fields(transaction);
  ASSAY_TRY(const store::Field field, fields.Get(id));
  if (change.status && *change.status != field.status) {
    if (field.status != "Active" && field.status != "Masked") {
      return Fail(ErrorKind::kConflict,
                  fmt::format("the field is {}, so nothing of it is shown: {}", field.status,
                              field.name));
    }
    ASSAY_RETURN_IF_ERROR(fields.SetStatus(id, *change.status));
  }
  for (const TagChange& tag : change.field_tags.value_or(std::vector<TagChange>())) {
    ASSAY_RETURN_IF_ERROR(store::FieldTags(transaction).Decide(id, tag.tag, tag.state, now));
  }
  return {};
}

Answer<Reply> UpdateMany(const Call& call) {
  std::vector<std::pair<int64_t, Change>> changes;
  for (const Json& item : call.body) {
    API_TRY(Change change, At({"body", changes.size()},
                              Change::JsonFields().Parse(item, UnknownKeys::kIgnore)));
    changes.emplace_back(item["id"].get<int64_t>(), std::move(change));
  }
  const Timestamp now = call.dependencies.clock.Now();
  API_RETURN_IF_ERROR(call.database().InTransaction([&](store::Access& transaction) -> Status {
    for (const auto& [id, change] : changes)
      ASSAY_RETURN_IF_ERROR(Apply(transaction, id, change, now));
    return {};
  }));
  Json list = Json::array();
  for (const auto& [id, change] : changes) {
    API_TRY(const store::Field field, store::FieldRecords(call.database()).Get(id));
    API_TRY(auto tags, store::FieldTags(call.database()).OfContainer(field.container_id));
    list.push_back(PrintField(field, tags[field.name]));
  }
  return Ok(std::move(list));
}

}  // namespace

RouteGroup fields() {
  return {.title = "Fields",
          .routes = {
              {.method = "PATCH",
               .path = "/api/fields",
               .summary = "Changes what fields are said to hold and whether their values "
                          "are hidden: all of them or none.",
               .permission = store::Permission::kEditor,
               .body = BodyDocumentation{.shape = {"FieldChange", ChangeSchema()},
                                         .is_list = true,
                                         .item_ids = store::Thing::kField},
               .answers = {{.description = "The fields, in the order given.",
                            .shape = FieldShape(),
                            .form = AnswerDocumentation::Form::kList},
                           {.status = 404, .description = "There is no such field."},
                           {.status = 409, .description = "A field is Missing or Excluded."}},
               .handle = UpdateMany}}};
}

}  // namespace assay::api::rest
