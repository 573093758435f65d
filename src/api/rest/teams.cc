// Teams: which users may do what with which datastores.

#include "api/paging.h"
#include "api/route.h"
#include "api/schema_check.h"
#include "api/shapes/people.h"

namespace assay::api::rest {
namespace {

struct Input {
  std::optional<std::string> name;
  std::optional<std::string> description;
  std::optional<std::string> permission;
};

const Fields<Input>& InputFields() {
  static const Fields<Input> fields = {
      Optional("name", &Input::name, "Its name, unique."),
      Optional("description", &Input::description, "For people."),
      Optional("permission", &Input::permission,
               "Reporter, Viewer (when absent), Drafter, Author or Editor."),
  };
  return fields;
}

Shape InputShape(const char* name, const std::vector<std::string>& required) {
  Json permissions = Json::array();
  for (const store::Permission permission : store::AllPermissions()) {
    permissions.push_back(store::PermissionName(permission));
  }
  return {.name = name,
          .schema = RequestSchema(InputFields().Schema(), required,
                                  {{"name", {{"minLength", 1}, {"maxLength", 100}}},
                                   {"description", {{"maxLength", 1000}}},
                                   {"permission", {{"enum", std::move(permissions)}}}})};
}

void Apply(const Input& input, store::Team& team) {
  if (input.name) team.name = *input.name;
  if (input.description) team.description = input.description;
  if (input.permission) team.permission = *input.permission;
}

Answer<Json> Print(const Call& call, int64_t id) {
  API_TRY(const auto team, store::Teams(call.database()).Get(id));
  API_TRY(std::vector<Json> printed, PrintTeams(call.database(), {team}));
  return std::move(printed.front());
}

Answer<Reply> Create(const Call& call) {
  API_TRY(const Input input,
          At({"body"}, InputFields().Parse(call.body, UnknownKeys::kIgnore)));
  store::Team team;
  team.created = call.dependencies.clock.Now();
  team.permission = store::PermissionName(store::Permission::kViewer);
  Apply(input, team);
  API_TRY(team, store::Teams(call.database()).Create(std::move(team)));
  API_TRY(Json printed, Print(call, team.id));
  return Created(std::move(printed));
}

Answer<Reply> List(const Call& call) {
  const store::PageRequest page = PageOf(call.query);
  API_TRY(const auto found, store::Teams(call.database()).List(page));
  API_TRY(std::vector<Json> items, PrintTeams(call.database(), found.items));
  return Ok(PrintPage(std::move(items), found.total, page));
}

Answer<Reply> Get(const Call& call) {
  API_TRY(Json printed, Print(call, call.id("team_id")));
  return Ok(std::move(printed));
}

Answer<Reply> Update(const Call& call) {
  API_TRY(const Input input,
          At({"body"}, InputFields().Parse(call.body, UnknownKeys::kIgnore)));
  store::Teams teams(call.database());
  API_TRY(store::Team team, teams.Get(call.id("team_id")));
  Apply(input, team);
  API_RETURN_IF_ERROR(teams.Update(team));
  API_TRY(Json printed, Print(call, team.id));
  return Ok(std::move(printed));
}

Answer<Reply> Delete(const Call& call) {
  API_RETURN_IF_ERROR(store::Teams(call.database()).Delete(call.id("team_id")));
  return NoContent();
}

}  // namespace

RouteGroup teams() {
  const AnswerDocumentation missing{.status = 404, .description = "There is no such team."};
  const AnswerDocumentation team{.description = "The team.", .shape = TeamShape()};
  return {
      .title = "Teams",
      .routes = {
          {.method = "GET",
           .path = "/api/teams",
           .summary = "Lists teams.",
           .query = PagingParameters(),
           .answers = {{.description = "A page of teams.",
                        .shape = TeamShape(),
                        .form = AnswerDocumentation::Form::kPage}},
           .handle = List},
          {.method = "GET",
           .path = "/api/teams/{team_id}",
           .summary = "Shows a team.",
           .answers = {team, missing},
           .handle = Get},
          {.method = "POST",
           .path = "/api/teams",
           .summary = "Makes a team; users are put into it by changing them.",
           .access = Access::kAdmin,
           .body = BodyDocumentation{.shape = InputShape("TeamCreate", {"name"})},
           .answers = {{.status = 201, .description = "The team.", .shape = TeamShape()},
                       {.status = 409, .description = "The name is taken."}},
           .handle = Create},
          {.method = "PUT",
           .path = "/api/teams/{team_id}",
           .summary = "Changes a team. What is absent keeps its value.",
           .access = Access::kAdmin,
           .body = BodyDocumentation{.shape = InputShape("TeamUpdate", {})},
           .answers = {team,
                       missing,
                       {.status = 409,
                        .description = "The name is taken, or it is Public, which keeps its."}},
           .handle = Update},
          {.method = "DELETE",
           .path = "/api/teams/{team_id}",
           .summary = "Deletes a team that has neither datastores nor users.",
           .access = Access::kAdmin,
           .answers = {{.status = 204, .description = "It is gone."},
                       missing,
                       {.status = 409,
                        .description = "It is used, by those named; or Public."}},
           .handle = Delete}}};
}

}  // namespace assay::api::rest
