#include "api/authentication.h"

#include <strings.h>

#include "store/tokens.h"
#include "store/users.h"

namespace assay::api {
namespace {

constexpr std::string_view kScheme = "Bearer ";

Problem Unauthenticated(std::string message) {
  Problem problem(401, std::move(message));
  problem.headers.push_back({"WWW-Authenticate", "Bearer"});
  return problem;
}

/// The store's answer, a missing record being a token that no longer counts.
template <class T>
Answer<T> OrRevoked(Result<T> found) {
  if (found) return *std::move(found);
  if (found.error().kind != ErrorKind::kNotFound) return Refuse(std::move(found).error());
  return Refuse(Unauthenticated("the access token was revoked"));
}

}  // namespace

Answer<Caller> Authenticate(Dependencies& dependencies, const net::HttpRequest& request) {
  const std::string_view header = request.Header("Authorization");
  if (header.size() <= kScheme.size() ||
      strncasecmp(header.data(), kScheme.data(), kScheme.size()) != 0) {
    return Refuse(Unauthenticated(
        "an access token is needed: send it as 'Authorization: Bearer <token>'"));
  }
  const Timestamp now = dependencies.clock.Now();
  const Result<auth::TokenClaims> claims =
      dependencies.signer.Verify(std::string(header.substr(kScheme.size())), now);
  if (!claims) return Refuse(Unauthenticated(claims.error().message));
  store::Tokens tokens(dependencies.database);
  API_TRY(const store::Token token, OrRevoked(tokens.FindByUuid(claims->id)));
  if (token.revoked || token.user_id != claims->user_id) {
    return Refuse(Unauthenticated("the access token was revoked"));
  }
  API_TRY(const store::User user,
          OrRevoked(store::Users(dependencies.database).Get(token.user_id)));
  if (!user.is_active) return Refuse(Unauthenticated("this user was deactivated"));
  // The caller has no part in a full disk or a long write; only what nobody expects is told.
  if (const Status noted = tokens.Touch(token.id, now);
      !noted && noted.error().kind != ErrorKind::kUnavailable) {
    dependencies.log("the use of a token was not recorded: " + noted.error().message);
  }
  return Caller{.user_id = user.id,
                .name = user.name,
                .email = user.email,
                .role = ParseRole(user.role).value_or(Role::kMember),
                .token_id = token.id,
                .address = request.peer_address};
}

}  // namespace assay::api
