// Logging in with a password, and out.

#include "api/route.h"
#include "api/schema_check.h"
#include "api/session.h"
#include "api/shapes/session.h"
#include "base/fields.h"
#include "store/audit.h"

namespace assay::api::rest {
namespace {

struct Credentials {
  std::string username;
  Secret password;
  std::optional<Secret> new_password;
};

const Fields<Credentials>& CredentialsFields() {
  static const Fields<Credentials> fields = {
      Required("username", &Credentials::username, "The name, or the email address."),
      Required("password", &Credentials::password, "The password."),
      Optional("new_password", &Credentials::new_password,
               "Replaces a password that was for one login; at least 12 characters."),
  };
  return fields;
}

/// The user whose password it is. 401 without saying what is wrong; 429 after many failures.
Answer<store::User> Recognise(const Call& call, const Credentials& credentials) {
  auth::LoginThrottle& throttle = call.dependencies.throttle;
  const Timestamp now = call.dependencies.clock.Now();
  const auto wait = throttle.Wait(credentials.username, call.caller.address, now);
  if (wait.count() > 0) return Refuse(TooManyPasswords(wait));
  auto user = store::Users(call.database()).FindForLogin(credentials.username);
  if (!user && user.error().kind != ErrorKind::kNotFound) return Refuse(user.error());
  API_TRY(const bool matches, call.dependencies.passwords.Matches(
                                  user ? user->password_hash : Secret(), credentials.password));
  if (!matches) {
    throttle.Failed(credentials.username, call.caller.address, now);
    return Refuse(Problem(401, "the user name or the password is wrong"));
  }
  throttle.Succeeded(credentials.username);
  return *std::move(user);
}

Answer<void> ReplacePassword(const Call& call, const Secret& password, store::User user) {
  API_RETURN_IF_ERROR(
      At({"body", "new_password"}, call.dependencies.passwords.Check(password)));
  API_TRY(user.password_hash, call.dependencies.passwords.Hash(password));
  user.password_is_one_time = false;
  store::Database acting = call.database().As({.user_id = user.id,
                                               .name = user.name,
                                               .address = call.caller.address,
                                               .now = call.dependencies.clock.Now()});
  API_RETURN_IF_ERROR(store::Users(acting).Update(user));
  return {};
}

Answer<Reply> Login(const Call& call) {
  API_TRY(const Credentials credentials,
          At({"body"}, CredentialsFields().Parse(call.body, UnknownKeys::kIgnore)));
  API_TRY(const store::User user, Recognise(call, credentials));
  if (user.password_is_one_time) {
    if (!credentials.new_password) {
      return Refuse(Problem(403, "this password was for one login: send new_password along"));
    }
    if (*credentials.new_password == credentials.password) {
      return Refuse(Problem::InvalidKey("new_password", "must differ from the old one"));
    }
    API_RETURN_IF_ERROR(ReplacePassword(call, *credentials.new_password, user));
  }
  API_TRY(const IssuedToken session,
          StartSession(call.dependencies, user, "password", call.caller.address));
  API_TRY(Json printed, PrintSession(call.database(), session, user));
  return Ok(std::move(printed));
}

Answer<Reply> Logout(const Call& call) {
  API_RETURN_IF_ERROR(call.database().InTransaction([&](store::Access& access) -> Status {
    ASSAY_TRY(const auto token, store::Tokens(access).Get(call.caller.token_id));
    if (token.kind != store::TokenKind::kSession) {
      return Fail(ErrorKind::kConflict, "this token is not of a login; revoke it instead");
    }
    ASSAY_RETURN_IF_ERROR(store::Tokens(access).Delete(token.id));
    store::AuditEntry entry;
    entry.action = "logout";
    entry.entity_type = store::EntityTypeName(store::EntityType::kUser);
    entry.entity_id = call.caller.user_id;
    entry.entity_name = call.caller.name;
    return store::AuditLog(access).Add(std::move(entry));
  }));
  return NoContent();
}

}  // namespace

RouteGroup login() {
  return {
      .title = "Login",
      .routes = {
          {.method = "POST",
           .path = "/api/login",
           .summary = "Gives a token of a few hours for a user name and a password.",
           .access = Access::kEveryone,
           .body =
               BodyDocumentation{.shape = {"Credentials",
                                           AllowNullForOptional(CredentialsFields().Schema())}},
           .answers = {{.description = "The token.", .shape = SessionShape()},
                       {.status = 401, .description = "Name or password are wrong."},
                       {.status = 403,
                        .description = "The password was for one login and must be replaced."},
                       {.status = 429, .description = "Too many failed logins."}},
           .handle = Login},
          {.method = "POST",
           .path = "/api/logout",
           .summary = "Ends the login whose token the request carries.",
           .answers = {{.status = 204, .description = "The token no longer works."},
                       {.status = 409, .description = "The token is not of a login."}},
           .handle = Logout}}};
}

}  // namespace assay::api::rest
