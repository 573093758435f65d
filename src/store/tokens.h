// Issued bearer tokens: what is needed to list and revoke them. The token itself is not kept.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "store/access.h"

namespace assay::store {

enum class TokenKind {
  kPersonal,  // made for a program, and listed
  kSession,   // of a login
};

/// "personal", "session".
const char* TokenKindName(TokenKind kind);

struct Token {
  int64_t id = 0;
  std::string uuid;  // its "jti" claim; unique
  int64_t user_id = 0;
  std::string name;
  Timestamp created{};
  std::optional<Timestamp> expiration;
  std::optional<Timestamp> last_used;
  bool revoked = false;
  TokenKind kind = TokenKind::kPersonal;
};

class Tokens {
 public:
  explicit Tokens(Access& access) : access_(access) {}

  Result<Token> Create(Token token);
  Result<Token> Get(int64_t id);
  Result<Token> FindByUuid(const std::string& uuid);
  /// Personal ones of one user, by id.
  Result<std::vector<Token>> List(int64_t user_id);
  /// Revoking a revoked one, and restoring one that is not, succeeds. kNotFound.
  Status Revoke(int64_t id);
  Status Restore(int64_t id);
  /// kNotFound; kConflict for a personal one that was not revoked before.
  Status Delete(int64_t id);
  /// Deletes sessions that expired before `now`, at most `limit`; returns how many.
  Result<int64_t> DeleteExpiredSessions(Timestamp now, int64_t limit);
  /// Remembers the use; writes at most once a minute for each token. kUnavailable, at once,
  /// when another write is going on: the next use can be remembered as well.
  Status Touch(int64_t id, Timestamp now);

 private:
  Status SetRevoked(int64_t id, bool revoked);

  Access& access_;
};

}  // namespace assay::store
