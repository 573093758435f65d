// Global tags: colour, category and weight of the labels on datastores, containers, checks and
// anomalies.

#include "api/paging.h"
#include "api/route.h"
#include "api/schema_check.h"
#include "base/fields.h"
#include "store/tags.h"

namespace assay::api::rest {
namespace {

struct View {
  int64_t id = 0;
  Timestamp created{};
  std::string type = "global";
  std::string name;
  std::string color;
  std::optional<std::string> description;
  std::optional<std::string> category;
  int64_t weight_modifier = 0;
};

const Fields<View>& ViewFields() {
  static const Fields<View> fields = {
      Required("id", &View::id, "Its id."),
      Required("created", &View::created, "When it was made."),
      Required("type", &View::type, "Always global."),
      Required("name", &View::name, "Its name."),
      Required("color", &View::color, "As #RRGGBB."),
      Optional("description", &View::description, "For people."),
      Optional("category", &View::category, "What kind of label it is."),
      Required("weight_modifier", &View::weight_modifier,
               "What it adds to the weight of a check that has it, or whose container has it."),
  };
  return fields;
}

struct Input {
  std::optional<std::string> type;
  std::optional<std::string> name;
  std::optional<std::string> color;
  std::optional<std::string> description;
  std::optional<std::string> category;
  std::optional<int64_t> weight_modifier;
};

const Fields<Input>& InputFields() {
  static const Fields<Input> fields = {
      Optional("type", &Input::type, "global."),
      Optional("name", &Input::name, "Its name, unique."),
      Optional("color", &Input::color, "As #RRGGBB; #FF9933 when absent."),
      Optional("description", &Input::description, "For people."),
      Optional("category", &Input::category, "What kind of label it is."),
      Optional("weight_modifier", &Input::weight_modifier, "-10 to 10; 0 when absent."),
  };
  return fields;
}

Shape InputShape(const char* name, const std::vector<std::string>& required) {
  return {.name = name,
          .schema = RequestSchema(InputFields().Schema(), required,
                                  {{"type", {{"enum", Json::array({"global"})}}},
                                   {"name", {{"minLength", 1}, {"maxLength", 100}}},
                                   {"description", {{"maxLength", 1000}}},
                                   {"category", {{"maxLength", 100}}},
                                   {"weight_modifier", {{"minimum", -10}, {"maximum", 10}}}})};
}

bool IsColor(const std::string& text) {
  return text.size() == 7 && text.front() == '#' &&
         text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
}

Answer<void> Apply(const Json& body, store::Tag& tag) {
  API_TRY(const Input input, At({"body"}, InputFields().Parse(body, UnknownKeys::kIgnore)));
  if (input.color && !IsColor(*input.color)) {
    return Refuse(Problem::InvalidKey("color", "must be # and six hexadecimal digits"));
  }
  if (input.name) tag.name = *input.name;
  if (input.color) tag.color = *input.color;
  if (input.description) tag.description = input.description;
  if (input.category) tag.category = input.category;
  if (input.weight_modifier) tag.weight_modifier = *input.weight_modifier;
  return {};
}

Json Print(const store::Tag& tag) {
  return ViewFields().Print({.id = tag.id,
                             .created = tag.created,
                             .name = tag.name,
                             .color = tag.color,
                             .description = tag.description,
                             .category = tag.category,
                             .weight_modifier = tag.weight_modifier});
}

Answer<Reply> Create(const Call& call) {
  store::Tag tag;
  tag.created = call.dependencies.clock.Now();
  API_RETURN_IF_ERROR(Apply(call.body, tag));
  API_TRY(const auto stored, store::Tags(call.database()).Create(std::move(tag)));
  return Created(Print(stored));
}

Answer<Reply> List(const Call& call) {
  const store::PageRequest page = PageOf(call.query);
  API_TRY(const auto found, store::Tags(call.database()).List(call.query.Text("search"), page));
  std::vector<Json> items;
  for (const store::Tag& tag : found.items) items.push_back(Print(tag));
  return Ok(PrintPage(std::move(items), found.total, page));
}

Answer<Reply> Get(const Call& call) {
  API_TRY(const auto tag, store::Tags(call.database()).Find(call.name("tag_name")));
  return Ok(Print(tag));
}

Answer<Reply> Update(const Call& call) {
  store::Tags tags(call.database());
  API_TRY(store::Tag tag, tags.Find(call.name("tag_name")));
  API_RETURN_IF_ERROR(Apply(call.body, tag));
  API_RETURN_IF_ERROR(tags.Update(tag));
  return Ok(Print(tag));
}

Answer<Reply> Delete(const Call& call) {
  API_RETURN_IF_ERROR(store::Tags(call.database()).Delete(call.name("tag_name")));
  return NoContent();
}

}  // namespace

RouteGroup global_tags() {
  const Shape shape{"Tag", ViewFields().Schema()};
  const AnswerDocumentation missing{.status = 404, .description = "There is no such tag."};
  const AnswerDocumentation tag{.description = "The tag.", .shape = shape};
  const AnswerDocumentation taken{.status = 409, .description = "The name is taken."};
  std::vector<QueryParameter> parameters = PagingParameters();
  parameters.push_back({.name = "search", .doc = "Only those with this in their name."});
  return {.title = "Tags",
          .routes = {
              {.method = "GET",
               .path = "/api/global-tags",
               .summary = "Lists tags, by name.",
               .query = parameters,
               .answers = {{.description = "A page of tags.",
                            .shape = shape,
                            .form = AnswerDocumentation::Form::kPage}},
               .handle = List},
              {.method = "POST",
               .path = "/api/global-tags",
               .summary = "Makes a tag. Tags that are put on something are made by that, too.",
               .access = Access::kManager,
               .body = BodyDocumentation{.shape = InputShape("TagCreate", {"name"})},
               .answers = {{.status = 201, .description = "The tag.", .shape = shape}, taken},
               .handle = Create},
              {.method = "GET",
               .path = "/api/global-tags/{tag_name}",
               .summary = "Shows a tag.",
               .answers = {tag, missing},
               .handle = Get},
              {.method = "PUT",
               .path = "/api/global-tags/{tag_name}",
               .summary = "Changes a tag, and with its weight that of checks. What is absent "
                          "keeps its value.",
               .access = Access::kManager,
               .body = BodyDocumentation{.shape = InputShape("TagUpdate", {})},
               .answers = {tag, missing, taken},
               .handle = Update},
              {.method = "DELETE",
               .path = "/api/global-tags/{tag_name}",
               .summary = "Deletes a tag and takes it off everything.",
               .access = Access::kManager,
               .answers = {{.status = 204, .description = "It is gone."}, missing},
               .handle = Delete}}};
}

}  // namespace assay::api::rest
