// Users: who they are, what they may do.

#include "store/users.h"

#include "api/paging.h"
#include "api/route.h"
#include "api/schema_check.h"
#include "api/session.h"
#include "api/shapes/people.h"

namespace assay::api::rest {
namespace {

struct Input {
  std::optional<std::string> name;
  std::optional<std::string> email;
  std::optional<std::string> role;
  std::optional<std::vector<std::string>> teams;
  std::optional<bool> active;
  std::optional<Secret> password;
};

const Fields<Input>& InputFields() {
  static const Fields<Input> fields = {
      Optional("name", &Input::name, "How they log in, unique."),
      Optional("email", &Input::email, "Their address."),
      Optional("role", &Input::role, "Member (when absent), Manager or Admin."),
      Optional("teams", &Input::teams,
               "Names of teams, which replace the old ones; Public is always among them."),
      Optional("active", &Input::active, "False: they can neither log in nor use tokens."),
      Optional("password", &Input::password,
               "For one login, which must replace it; at least 12 characters."),
  };
  return fields;
}

Shape InputShape(const char* name, const std::vector<std::string>& required) {
  return {.name = name,
          .schema = RequestSchema(
              InputFields().Schema(), required,
              {{"name", {{"minLength", 1}, {"maxLength", 100}}},
               {"email", {{"maxLength", 254}}},
               {"role", {{"enum", Json::array({"Member", "Manager", "Admin"})}}}})};
}

struct PasswordChange {
  Secret current_password;
  Secret new_password;
};

const Fields<PasswordChange>& PasswordFields() {
  static const Fields<PasswordChange> fields = {
      Required("current_password", &PasswordChange::current_password, "The one so far."),
      Required("new_password", &PasswordChange::new_password, "At least 12 characters."),
  };
  return fields;
}

Answer<Json> Print(const Call& call, int64_t id) {
  API_TRY(const auto user, store::Users(call.database()).Get(id));
  API_TRY(std::vector<Json> printed, PrintUsers(call.database(), {user}));
  return std::move(printed.front());
}

Answer<void> Apply(const Call& call, const Input& input, store::User& user) {
  if (input.name) user.name = *input.name;
  if (input.email) user.email = *input.email;
  if (input.role) user.role = *input.role;
  if (input.teams) user.teams = *input.teams;
  if (input.active) user.is_active = *input.active;
  if (input.password) {
    API_RETURN_IF_ERROR(
        At({"body", "password"}, call.dependencies.passwords.Check(*input.password)));
    API_TRY(user.password_hash, call.dependencies.passwords.Hash(*input.password));
    user.password_is_one_time = true;
  }
  return {};
}

Answer<Reply> Create(const Call& call) {
  API_TRY(Input input, At({"body"}, InputFields().Parse(call.body, UnknownKeys::kIgnore)));
  std::optional<Secret> generated;
  if (!input.password) input.password = generated = auth::Passwords::Generate();
  store::User user;
  user.created = call.dependencies.clock.Now();
  API_RETURN_IF_ERROR(Apply(call, input, user));
  API_TRY(const auto stored,
          At({"body", "teams"}, store::Users(call.database()).Create(std::move(user))));
  API_TRY(Json printed, Print(call, stored.id));
  printed["one_time_password"] = generated ? Json(generated->Reveal()) : Json();
  return Created(std::move(printed));
}

Answer<Reply> List(const Call& call) {
  const store::PageRequest page = PageOf(call.query);
  API_TRY(const auto found, store::Users(call.database()).List(page));
  API_TRY(std::vector<Json> items, PrintUsers(call.database(), found.items));
  return Ok(PrintPage(std::move(items), found.total, page));
}

Answer<Reply> Get(const Call& call) {
  API_TRY(Json printed, Print(call, call.id("user_id")));
  return Ok(std::move(printed));
}

Answer<Reply> Me(const Call& call) {
  API_TRY(Json printed, Print(call, call.caller.user_id));
  return Ok(std::move(printed));
}

Answer<Reply> Update(const Call& call) {
  API_TRY(const Input input,
          At({"body"}, InputFields().Parse(call.body, UnknownKeys::kIgnore)));
  store::Users users(call.database());
  API_TRY(store::User user, users.Get(call.id("user_id")));
  API_RETURN_IF_ERROR(Apply(call, input, user));
  API_RETURN_IF_ERROR(At({"body", "teams"}, users.Update(user)));
  API_TRY(Json printed, Print(call, user.id));
  return Ok(std::move(printed));
}

Answer<Reply> Deactivate(const Call& call) {
  store::Users users(call.database());
  API_TRY(store::User user, users.Get(call.id("user_id")));
  user.is_active = false;
  API_RETURN_IF_ERROR(users.Update(user));
  return NoContent();
}

Answer<Reply> ChangePassword(const Call& call) {
  API_TRY(const PasswordChange change,
          At({"body"}, PasswordFields().Parse(call.body, UnknownKeys::kIgnore)));
  const auth::Passwords& passwords = call.dependencies.passwords;
  auth::LoginThrottle& throttle = call.dependencies.throttle;
  const Timestamp now = call.dependencies.clock.Now();
  API_TRY(store::User user, store::Users(call.database()).Get(call.caller.user_id));
  if (const auto wait = throttle.Wait(user.name, call.caller.address, now); wait.count() > 0) {
    return Refuse(TooManyPasswords(wait));
  }
  API_TRY(const bool matches, passwords.Matches(user.password_hash, change.current_password));
  if (!matches) {
    throttle.Failed(user.name, call.caller.address, now);
    return Refuse(Problem::InvalidKey("current_password", "is wrong"));
  }
  API_RETURN_IF_ERROR(At({"body", "new_password"}, passwords.Check(change.new_password)));
  API_TRY(user.password_hash, passwords.Hash(change.new_password));
  user.password_is_one_time = false;
  API_RETURN_IF_ERROR(store::Users(call.database()).Update(user));
  return NoContent();
}

Shape NewUserShape() {
  Json schema = UserShape().schema;
  schema["properties"]["one_time_password"] = {
      {"type", "string"},
      {"nullable", true},
      {"description", "Made here when none was given, and shown this once."}};
  return {.name = "NewUser", .schema = std::move(schema)};
}

}  // namespace

RouteGroup users() {
  const AnswerDocumentation missing{.status = 404, .description = "There is no such user."};
  const AnswerDocumentation user{.description = "The user.", .shape = UserShape()};
  return {
      .title = "Users",
      .routes = {
          {.method = "GET",
           .path = "/api/users",
           .summary = "Lists users.",
           .query = PagingParameters(),
           .answers = {{.description = "A page of users.",
                        .shape = UserShape(),
                        .form = AnswerDocumentation::Form::kPage}},
           .handle = List},
          {.method = "GET",
           .path = "/api/users/me",
           .summary = "Shows the user who asks.",
           .answers = {user},
           .handle = Me},
          {.method = "GET",
           .path = "/api/users/{user_id}",
           .summary = "Shows a user.",
           .answers = {user, missing},
           .handle = Get},
          {.method = "POST",
           .path = "/api/users",
           .summary = "Makes a user.",
           .access = Access::kAdmin,
           .body = BodyDocumentation{.shape = InputShape("UserCreate", {"name"})},
           .answers = {{.status = 201, .description = "The user.", .shape = NewUserShape()},
                       {.status = 409, .description = "The name is taken."}},
           .handle = Create},
          {.method = "PUT",
           .path = "/api/users/me/password",
           .summary = "Changes the password of the user who asks, and ends their logins.",
           .body = BodyDocumentation{.shape = {"PasswordChange", PasswordFields().Schema()}},
           .answers = {{.status = 204, .description = "It is changed."},
                       {.status = 429, .description = "Too many wrong passwords."}},
           .handle = ChangePassword},
          {.method = "PUT",
           .path = "/api/users/{user_id}",
           .summary = "Changes a user. What is absent keeps its value.",
           .access = Access::kAdmin,
           .body = BodyDocumentation{.shape = InputShape("UserUpdate", {})},
           .answers = {user,
                       missing,
                       {.status = 409,
                        .description =
                            "The name is taken, or no administrator would be left."}},
           .handle = Update},
          {.method = "DELETE",
           .path = "/api/users/{user_id}",
           .summary = "Deactivates a user: they can neither log in nor use their tokens.",
           .access = Access::kAdmin,
           .answers = {{.status = 204, .description = "It is done."},
                       missing,
                       {.status = 409, .description = "No administrator would be left."}},
           .handle = Deactivate}}};
}

}  // namespace assay::api::rest
