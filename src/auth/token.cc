#include "auth/token.h"

#include <fmt/format.h>
#include <jwt.h>

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <memory>

#include "base/fields.h"
#include "base/json.h"

namespace assay::auth {
namespace {

struct FreeJwt {
  void operator()(jwt_t* jwt) const { jwt_free(jwt); }
};
using Jwt = std::unique_ptr<jwt_t, FreeJwt>;

struct FreeText {
  void operator()(char* text) const { std::free(text); }
};

const unsigned char* Bytes(const Secret& key) {
  return reinterpret_cast<const unsigned char*>(key.Reveal().data());
}

int64_t Seconds(Timestamp time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

Timestamp FromSeconds(int64_t seconds) {
  return Timestamp(std::chrono::seconds(seconds));
}

std::unexpected<Error> NotOurs() {
  return Fail(ErrorKind::kUnauthenticated, "the access token is not valid");
}

/// What the token holds; the library's own getters do not tell a text from a number.
struct Payload {
  std::string id;
  std::string subject;
  int64_t issued_at = 0;
  std::optional<int64_t> expires_at;
};

const Fields<Payload>& PayloadFields() {
  static const Fields<Payload> fields = {
      Required("jti", &Payload::id, "Its id."),
      Required("sub", &Payload::subject, "The user's id."),
      Required("iat", &Payload::issued_at, "Seconds since 1970."),
      Optional("exp", &Payload::expires_at, "Seconds since 1970."),
  };
  return fields;
}

std::optional<int64_t> ParseId(std::string_view digits) {
  int64_t id = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
  if (fault != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return id;
}

}  // namespace

Result<Secret> TokenSigner::Issue(const TokenClaims& claims) const {
  jwt_t* raw = nullptr;
  if (jwt_new(&raw) != 0)
    return Fail(ErrorKind::kResourceLimit, "no memory to make an access token");
  const Jwt jwt(raw);
  int faults =
      jwt_set_alg(raw, JWT_ALG_HS256, Bytes(key_), static_cast<int>(key_.Reveal().size()));
  faults |= jwt_add_grant(raw, "jti", claims.id.c_str());
  faults |= jwt_add_grant(raw, "sub", std::to_string(claims.user_id).c_str());
  faults |= jwt_add_grant_int(raw, "iat", Seconds(claims.issued_at));
  if (claims.expires_at) faults |= jwt_add_grant_int(raw, "exp", Seconds(*claims.expires_at));
  const std::unique_ptr<char, FreeText> text(faults == 0 ? jwt_encode_str(raw) : nullptr);
  if (!text)
    return Fail(ErrorKind::kInternal,
                fmt::format("cannot sign an access token of user {}", claims.user_id));
  return Secret(text.get());
}

Result<TokenClaims> TokenSigner::Verify(const std::string& token, Timestamp now) const {
  jwt_t* raw = nullptr;
  // The library reads a C string: bytes after a NUL would go unseen.
  if (token.find('\0') != std::string::npos ||
      jwt_decode(&raw, token.c_str(), Bytes(key_), static_cast<int>(key_.Reveal().size())) !=
          0) {
    return NotOurs();
  }
  const Jwt jwt(raw);
  // With our key the library accepts every HMAC that the token's own header asks for.
  if (jwt_get_alg(raw) != JWT_ALG_HS256) return NotOurs();
  const std::unique_ptr<char, FreeText> text(jwt_get_grants_json(raw, nullptr));
  const Result<Json> json = text ? ParseJson(text.get()) : Json();
  if (!json) return NotOurs();
  const Result<Payload> payload = PayloadFields().Parse(*json, UnknownKeys::kIgnore);
  if (!payload || payload->id.empty()) return NotOurs();
  const std::optional<int64_t> user_id = ParseId(payload->subject);
  if (!user_id) return NotOurs();
  TokenClaims claims{.id = payload->id,
                     .user_id = *user_id,
                     .issued_at = FromSeconds(payload->issued_at),
                     .expires_at = {}};
  if (payload->expires_at) {
    claims.expires_at = FromSeconds(*payload->expires_at);
    if (now >= *claims.expires_at) {
      return Fail(ErrorKind::kUnauthenticated, "the access token has expired");
    }
  }
  return claims;
}

}  // namespace assay::auth
