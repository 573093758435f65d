// Personal tokens, for programs that act for a user.

#include <chrono>

#include "api/issued_token.h"
#include "api/route.h"
#include "api/schema_check.h"
#include "api/shapes/people.h"

namespace assay::api::rest {
namespace {

struct Input {
  std::string name;
  int64_t expires_in_days = 90;
  bool scim_endpoints_only = false;
};

const Fields<Input>& InputFields() {
  static const Fields<Input> fields = {
      Required("name", &Input::name, "What it is for, to find it again."),
      Optional("expires_in_days", &Input::expires_in_days, "1 to 365; 90 when absent."),
      Optional("scim_endpoints_only", &Input::scim_endpoints_only,
               "Must be false: there are no such endpoints."),
  };
  return fields;
}

struct Revocation {
  bool revoke = true;
};

const Fields<Revocation>& RevocationFields() {
  static const Fields<Revocation> fields = {
      Required("revoke", &Revocation::revoke, "True: it stops working; false: it works again."),
  };
  return fields;
}

Shape InputShape() {
  return {.name = "UserTokenCreate",
          .schema = Constrain(AllowNullForOptional(InputFields().Schema()),
                              {{"name", {{"minLength", 1}, {"maxLength", 100}}},
                               {"expires_in_days", {{"minimum", 1}, {"maximum", 365}}}})};
}

Shape NewTokenShape() {
  Json schema = TokenShape().schema;
  schema["properties"]["bearer_token"] = {{"type", "string"},
                                          {"description", "The token; shown this once."}};
  return {.name = "NewUserToken", .schema = std::move(schema)};
}

Answer<Json> Print(const Call& call, const store::Token& token) {
  API_TRY(const auto user, store::Users(call.database()).Get(token.user_id));
  return PrintToken(token, user.name, call.dependencies.clock.Now());
}

/// A personal token that the caller may deal with: their own, or anyone's for administrators;
/// others do not exist for them.
Answer<store::Token> FindOwn(const Call& call) {
  API_TRY(auto token, store::Tokens(call.database()).Get(call.id("token_id")));
  const bool is_own = token.user_id == call.caller.user_id || call.caller.role == Role::kAdmin;
  if (is_own && token.kind == store::TokenKind::kPersonal) return token;
  return Refuse(Problem(404, "no token " + std::to_string(token.id)));
}

Answer<Reply> Create(const Call& call) {
  API_TRY(const Input input,
          At({"body"}, InputFields().Parse(call.body, UnknownKeys::kIgnore)));
  if (input.scim_endpoints_only) {
    return Refuse(Problem::InvalidKey("scim_endpoints_only", "is not supported"));
  }
  store::Token token;
  token.user_id = call.caller.user_id;
  token.name = input.name;
  token.created = call.dependencies.clock.Now();
  token.expiration = token.created + std::chrono::days(input.expires_in_days);
  API_TRY(const IssuedToken issued,
          IssueToken(call.database(), call.dependencies.signer, std::move(token)));
  API_TRY(Json printed, Print(call, issued.record));
  printed["bearer_token"] = issued.text.Reveal();
  return Created(std::move(printed));
}

Answer<Reply> List(const Call& call) {
  const int64_t user_id = call.query.Integer("user").value_or(call.caller.user_id);
  if (user_id != call.caller.user_id && call.caller.role != Role::kAdmin) {
    return Refuse(Problem(403, "only administrators may list the tokens of others"));
  }
  API_TRY(const auto user, store::Users(call.database()).Get(user_id));
  API_TRY(const auto tokens, store::Tokens(call.database()).List(user_id));
  Json list = Json::array();
  for (const store::Token& token : tokens) {
    list.push_back(PrintToken(token, user.name, call.dependencies.clock.Now()));
  }
  return Ok(std::move(list));
}

Answer<Reply> Update(const Call& call) {
  API_TRY(const Revocation input,
          At({"body"}, RevocationFields().Parse(call.body, UnknownKeys::kIgnore)));
  API_TRY(store::Token token, FindOwn(call));
  store::Tokens tokens(call.database());
  API_RETURN_IF_ERROR(input.revoke ? tokens.Revoke(token.id) : tokens.Restore(token.id));
  API_TRY(token, tokens.Get(token.id));
  API_TRY(Json printed, Print(call, token));
  return Ok(std::move(printed));
}

Answer<Reply> Delete(const Call& call) {
  API_TRY(const store::Token token, FindOwn(call));
  API_RETURN_IF_ERROR(store::Tokens(call.database()).Delete(token.id));
  return NoContent();
}

}  // namespace

RouteGroup user_tokens() {
  const AnswerDocumentation missing{.status = 404, .description = "There is no such token."};
  return {.title = "Tokens",
          .routes = {
              {.method = "GET",
               .path = "/api/user-tokens",
               .summary = "Lists the tokens of the user who asks.",
               .query = {{.name = "user",
                          .type = ParameterType::kInteger,
                          .doc = "Those of another user; for administrators."}},
               .answers = {{.description = "The tokens.",
                            .shape = TokenShape(),
                            .form = AnswerDocumentation::Form::kList},
                           missing},
               .handle = List},
              {.method = "POST",
               .path = "/api/user-tokens",
               .summary = "Makes a token with the rights of the user who asks.",
               .body = BodyDocumentation{.shape = InputShape()},
               .answers = {{.status = 201,
                            .description = "The token with its text, which is shown this once.",
                            .shape = NewTokenShape()}},
               .handle = Create},
              {.method = "PUT",
               .path = "/api/user-tokens/{token_id}",
               .summary = "Revokes a token, or restores a revoked one.",
               .body = BodyDocumentation{.shape = {"UserTokenRevocation",
                                                   RevocationFields().Schema()}},
               .answers = {{.description = "The token.", .shape = TokenShape()}, missing},
               .handle = Update},
              {.method = "DELETE",
               .path = "/api/user-tokens/{token_id}",
               .summary = "Deletes a revoked token.",
               .answers = {{.status = 204, .description = "It is gone."},
                           missing,
                           {.status = 409, .description = "It is not revoked."}},
               .handle = Delete}}};
}

}  // namespace assay::api::rest
