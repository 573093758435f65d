// Access tokens: JWTs signed with HS256 that name a user and carry an id by which they are
// revoked.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"

namespace assay::auth {

/// What a token says. Times have whole seconds.
struct TokenClaims {
  std::string id;       // "jti": the store knows it, so that the token can be revoked
  int64_t user_id = 0;  // "sub", in decimal
  Timestamp issued_at{};
  std::optional<Timestamp> expires_at;  // absent: until revoked

  friend bool operator==(const TokenClaims&, const TokenClaims&) = default;
};

/// Signs and verifies tokens with one key. Immutable; thread-safe.
class TokenSigner {
 public:
  /// `key`: at least 32 random bytes that stay the same over restarts of a server.
  explicit TokenSigner(Secret key) : key_(std::move(key)) {}

  /// The token as clients send it after "Bearer ".
  Result<Secret> Issue(const TokenClaims& claims) const;

  /// kUnauthenticated when it is not one of ours (another key or algorithm, a claim missing or
  /// of another type) or has expired at `now`. Whether it was revoked is for the store to say.
  Result<TokenClaims> Verify(const std::string& token, Timestamp now) const;

 private:
  Secret key_;
};

}  // namespace assay::auth
