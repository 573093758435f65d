// Logging in at an OpenID Connect provider, with a browser.

#include <fmt/format.h>

#include "api/openid_login.h"
#include "api/route.h"
#include "api/session.h"
#include "api/shapes/session.h"

namespace assay::api::rest {
namespace {

// Ties the answer of the provider to the browser that began: somebody else's link must not log
// one in as somebody else.
constexpr std::string_view kCookie = "assay_login=";

Answer<OpenIdLogin*> Configured(const Call& call) {
  if (call.dependencies.openid != nullptr) return call.dependencies.openid;
  return Refuse(Problem(404,
                        "login with OpenID Connect is not set up: see `oidc` of the "
                        "configuration file"));
}

std::string CookieFor(const std::string& value, int seconds) {
  return fmt::format("{}{}; Path=/api/callback; Max-Age={}; HttpOnly; SameSite=Lax", kCookie,
                     value, seconds);
}

bool HasCookie(std::string_view cookies, const std::string& value) {
  while (!cookies.empty()) {
    const size_t end = std::min(cookies.find(';'), cookies.size());
    std::string_view cookie = cookies.substr(0, end);
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
    while (cookie.starts_with(' ')) cookie.remove_prefix(1);
    if (cookie.starts_with(kCookie) && cookie.substr(kCookie.size()) == value) return true;
  }
  return false;
}

Answer<Reply> Begin(const Call& call) {
  API_TRY(OpenIdLogin* const openid, Configured(call));
  API_TRY(const auth::OpenIdRequest request, openid->Begin(call.stop));
  return Reply{.status = 302,
               .headers = {{"Location", request.url},
                           {"Set-Cookie", CookieFor(request.state, 600)},
                           {"Cache-Control", "no-store"}}};
}

/// The user of that address; made when the configuration says so.
Answer<store::User> UserOf(const Call& call, const OpenIdPolicy& policy,
                           const auth::OpenIdIdentity& identity) {
  if (identity.email.empty()) {
    return Refuse(
        Problem(403, "the OpenID provider tells no email address; add the scope email"));
  }
  if (!identity.email_is_verified &&
      policy.unverified_email == OpenIdPolicy::UnverifiedEmail::kRefuse) {
    return Refuse(Problem(403, "the OpenID provider has not verified the email address"));
  }
  auto user = store::Users(call.database()).FindByEmail(identity.email);
  if (user) {
    if (user->is_active) return *std::move(user);
    return Refuse(Problem(403, "this user was deactivated"));
  }
  if (user.error().kind != ErrorKind::kNotFound) return Refuse(std::move(user).error());
  if (policy.unknown_users == OpenIdPolicy::UnknownUsers::kRefuse) {
    return Refuse(Problem(403, "no user has this email address; ask an administrator"));
  }
  const Timestamp now = call.dependencies.clock.Now();
  store::User made;
  made.created = now;
  made.user_id = "oidc|" + identity.subject;
  made.name = identity.email;
  made.email = identity.email;
  store::Database acting = call.database().As(
      {.user_id = {}, .name = identity.email, .address = call.caller.address, .now = now});
  API_TRY(made, store::Users(acting).Create(std::move(made)));
  return made;
}

Answer<Reply> Finish(const Call& call) {
  API_TRY(OpenIdLogin* const openid, Configured(call));
  const std::string state = call.query.Text("state");
  if (const std::string error = call.query.Text("error"); !error.empty()) {
    return Refuse(Problem(401, "the OpenID provider refused the login: " + error));
  }
  if (state.empty() || !HasCookie(call.caller.cookies, state)) {
    return Refuse(Problem(401, "this login was begun in another browser; begin again"));
  }
  auto identity = openid->Finish(state, call.query.Text("code"), call.stop);
  if (!identity && identity.error().kind == ErrorKind::kUnauthenticated) {
    return Refuse(Problem(401, identity.error().message));
  }
  if (!identity) return Refuse(std::move(identity).error());
  API_TRY(const store::User user, UserOf(call, openid->policy(), *identity));
  API_TRY(const IssuedToken session,
          StartSession(call.dependencies, user, "OpenID Connect", call.caller.address));
  API_TRY(Json printed, PrintSession(call.database(), session, user));
  Reply reply = Ok(std::move(printed));
  reply.headers = {{"Set-Cookie", CookieFor("", 0)}, {"Cache-Control", "no-store"}};
  return reply;
}

}  // namespace

RouteGroup openid() {
  const AnswerDocumentation off{.status = 404, .description = "It is not set up."};
  const AnswerDocumentation unavailable{.status = 503,
                                        .description = "The provider cannot be reached."};
  return {
      .title = "Login",
      .routes = {
          {.method = "GET",
           .path = "/api/oidc/login",
           .summary = "Sends a browser to the OpenID Connect provider.",
           .access = Access::kEveryone,
           .answers = {{.status = 302, .description = "To the provider."}, off, unavailable},
           .handle = Begin},
          {.method = "GET",
           .path = "/api/callback",
           .summary = "Where the provider sends the browser back to: gives a token of a few "
                      "hours.",
           .access = Access::kEveryone,
           .query = {{.name = "code", .doc = "Of the provider."},
                     {.name = "state", .doc = "As it was given to the provider."},
                     {.name = "error", .doc = "Why the provider refuses."}},
           .answers = {{.description = "The token.", .shape = SessionShape()},
                       {.status = 401, .description = "The login failed."},
                       {.status = 403, .description = "The user is not let in."},
                       off,
                       unavailable},
           .handle = Finish}}};
}

}  // namespace assay::api::rest
