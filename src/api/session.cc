#include "api/session.h"

#include <fmt/format.h>

#include "store/audit.h"

namespace assay::api {

Result<IssuedToken> StartSession(const Dependencies& dependencies, const store::User& user,
                                 const std::string& method, const std::string& address) {
  const Timestamp now = dependencies.clock.Now();
  store::Database acting = dependencies.database.As(
      {.user_id = user.id, .name = user.name, .address = address, .now = now});
  return acting.InTransaction([&](store::Access& transaction) -> Result<IssuedToken> {
    store::Token token;
    token.user_id = user.id;
    token.name = "login with " + method;
    token.created = now;
    token.expiration = now + kSessionLength;
    token.kind = store::TokenKind::kSession;
    store::AuditEntry entry;
    entry.action = "login";
    entry.entity_type = store::EntityTypeName(store::EntityType::kUser);
    entry.entity_id = user.id;
    entry.entity_name = user.name;
    entry.after = {{"method", method}};
    ASSAY_RETURN_IF_ERROR(store::AuditLog(transaction).Add(std::move(entry)));
    return IssueToken(transaction, dependencies.signer, std::move(token));
  });
}

Problem TooManyPasswords(std::chrono::seconds wait) {
  const auto seconds = std::to_string(wait.count());
  Problem problem(429,
                  fmt::format("too many wrong passwords; try again in {} seconds", seconds));
  problem.headers.push_back({"Retry-After", seconds});
  return problem;
}

}  // namespace assay::api
