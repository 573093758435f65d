// ID tokens of OpenID Connect: JWTs signed by a provider whose public keys are in a JWK set.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"

namespace assay::auth {

/// A public key of a provider.
struct VerificationKey {
  std::string id;         // "kid"; may be empty
  std::string algorithm;  // "RS256" or "ES256": what it verifies
  std::string pem;
};

/// The keys for signatures among a JWK set (RFC 7517): RSA of at least 2048 bits, and P-256.
/// Others are left out. kInvalidInput when it is no set.
Result<std::vector<VerificationKey>> ReadKeySet(const Json& key_set);

/// What a token must say (OpenID Connect Core 3.1.3.7).
struct ExpectedClaims {
  std::string issuer;
  std::string client_id;
  std::string nonce;
  Timestamp now{};
};

/// The id of the key that signed it; "" when it names none. kUnauthenticated when it is no JWT
/// or is signed with another algorithm than RS256 and ES256.
Result<std::string> KeyIdOf(const std::string& token);

/// The claims, when one of the keys (the named one, if it names one) signed the token and it
/// says what is expected; clocks may differ by a minute. kUnauthenticated otherwise, naming the
/// claim that is wrong.
Result<Json> VerifyIdToken(const std::string& token, const std::vector<VerificationKey>& keys,
                           const ExpectedClaims& expected);

}  // namespace assay::auth
