#include "auth/id_token.h"

#include <fmt/format.h>
#include <jwt.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <memory>

#include "auth/base64.h"

namespace assay::auth {
namespace {

constexpr std::chrono::seconds kClockSkew{60};
constexpr int kLeastRsaBits = 2048;

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Number = std::unique_ptr<BIGNUM, Deleter<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Deleter<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Deleter<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Memory = std::unique_ptr<BIO, Deleter<BIO_free>>;
using Jwt = std::unique_ptr<jwt_t, Deleter<jwt_free>>;
using Text = std::unique_ptr<char, Deleter<std::free>>;

std::string TextOf(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string BytesOf(const Json& jwk, const char* name) {
  return DecodeBase64(TextOf(jwk, name), Base64::kUrl).value_or("");
}

Key BuildKey(const char* type, OSSL_PARAM_BLD* builder) {
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) <= 0 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) <= 0) {
    return nullptr;
  }
  return Key(key);
}

Number ToNumber(const std::string& bytes) {
  return Number(BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()),
                          static_cast<int>(bytes.size()), nullptr));
}

Key RsaKey(const Json& jwk) {
  const std::string modulus = BytesOf(jwk, "n"), exponent = BytesOf(jwk, "e");
  if (modulus.empty() || exponent.empty()) return nullptr;
  const Number n = ToNumber(modulus), e = ToNumber(exponent);
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!n || !e || !builder ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) {
    return nullptr;
  }
  Key key = BuildKey("RSA", builder.get());
  if (!key || EVP_PKEY_get_bits(key.get()) < kLeastRsaBits) return nullptr;
  return key;
}

Key EllipticKey(const Json& jwk) {
  const std::string x = BytesOf(jwk, "x"), y = BytesOf(jwk, "y");
  if (TextOf(jwk, "crv") != "P-256" || x.size() != 32 || y.size() != 32) return nullptr;
  const std::string point = "\x04" + x + y;  // uncompressed
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!builder ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) !=
          1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size()) != 1) {
    return nullptr;
  }
  return BuildKey("EC", builder.get());
}

std::string ToPem(EVP_PKEY* key) {
  const Memory memory(BIO_new(BIO_s_mem()));
  if (!memory || PEM_write_bio_PUBKEY(memory.get(), key) != 1) return "";
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &data);
  return std::string(data, static_cast<size_t>(size));
}

std::unexpected<Error> Refused(std::string message) {
  return Fail(ErrorKind::kUnauthenticated, std::move(message));
}

/// The first part of a token.
Result<Json> HeaderOf(const std::string& token) {
  // The library reads C strings: what follows a NUL would go unseen.
  const size_t dot = token.find('.');
  const auto bytes = dot == std::string::npos || token.find('\0') != std::string::npos
                         ? std::nullopt
                         : DecodeBase64(std::string_view(token).substr(0, dot), Base64::kUrl);
  const Result<Json> header = bytes ? ParseJson(*bytes) : Json();
  if (!header || !header->is_object()) return Refused("the ID token is not a JWT");
  const std::string algorithm = TextOf(*header, "alg");
  if (algorithm != "RS256" && algorithm != "ES256") {
    return Refused("the ID token must be signed with RS256 or ES256");
  }
  return *header;
}

/// The payload, if this key signed the token with its own algorithm.
std::optional<Json> ClaimsSignedBy(const std::string& token, const VerificationKey& key) {
  jwt_t* raw = nullptr;
  if (jwt_decode(&raw, token.c_str(), reinterpret_cast<const unsigned char*>(key.pem.c_str()),
                 static_cast<int>(key.pem.size())) != 0) {
    return std::nullopt;
  }
  const Jwt jwt(raw);
  if (jwt_get_alg(raw) != jwt_str_alg(key.algorithm.c_str())) return std::nullopt;
  const Text text(jwt_get_grants_json(raw, nullptr));
  Result<Json> claims = text ? ParseJson(text.get()) : Json();
  if (!claims || !claims->is_object()) return std::nullopt;
  return *std::move(claims);
}

std::optional<Timestamp> TimeOf(const Json& claims, const char* name) {
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number()) return std::nullopt;
  const double seconds = found->get<double>();
  if (!(seconds >= 0 && seconds < 1e11)) return std::nullopt;
  return Timestamp(std::chrono::seconds(static_cast<int64_t>(seconds)));
}

bool IsFor(const Json& claims, const std::string& client_id) {
  const Json audience = claims.value("aud", Json());
  if (audience.is_string()) return audience == client_id;
  if (!audience.is_array()) return false;
  // Of several audiences, the party it was made for must be us.
  if (audience.size() > 1 && TextOf(claims, "azp") != client_id) return false;
  for (const Json& each : audience) {
    if (each == client_id) return true;
  }
  return false;
}

Status CheckClaims(const Json& claims, const ExpectedClaims& expected) {
  if (TextOf(claims, "iss") != expected.issuer) {
    return Refused("the ID token is of another issuer");
  }
  if (!IsFor(claims, expected.client_id)) return Refused("the ID token is for another client");
  const auto expires = TimeOf(claims, "exp"), issued = TimeOf(claims, "iat");
  if (!expires || !issued) return Refused("the ID token does not say when it is valid");
  if (*expires + kClockSkew <= expected.now) return Refused("the ID token has expired");
  if (*issued - kClockSkew > expected.now) {
    return Refused("the ID token is of the future; check the clocks");
  }
  if (expected.nonce.empty() || TextOf(claims, "nonce") != expected.nonce) {
    return Refused("the ID token is not of this login");
  }
  if (TextOf(claims, "sub").empty()) return Refused("the ID token names nobody");
  return {};
}

}  // namespace

Result<std::vector<VerificationKey>> ReadKeySet(const Json& key_set) {
  const Json list = key_set.is_object() ? key_set.value("keys", Json()) : Json();
  if (!list.is_array()) return Fail(ErrorKind::kInvalidInput, "is not a JWK set");
  std::vector<VerificationKey> keys;
  for (const Json& jwk : list) {
    if (!jwk.is_object()) continue;
    if (const std::string use = TextOf(jwk, "use"); !use.empty() && use != "sig") continue;
    const std::string type = TextOf(jwk, "kty");
    const Key key = type == "RSA" ? RsaKey(jwk) : type == "EC" ? EllipticKey(jwk) : nullptr;
    if (!key) continue;
    const char* algorithm = type == "RSA" ? "RS256" : "ES256";
    if (const std::string wanted = TextOf(jwk, "alg"); !wanted.empty() && wanted != algorithm) {
      continue;
    }
    keys.push_back({.id = TextOf(jwk, "kid"), .algorithm = algorithm, .pem = ToPem(key.get())});
  }
  return keys;
}

Result<std::string> KeyIdOf(const std::string& token) {
  ASSAY_TRY(const Json header, HeaderOf(token));
  return TextOf(header, "kid");
}

Result<Json> VerifyIdToken(const std::string& token, const std::vector<VerificationKey>& keys,
                           const ExpectedClaims& expected) {
  ASSAY_TRY(const Json header, HeaderOf(token));
  const std::string id = TextOf(header, "kid"), algorithm = TextOf(header, "alg");
  for (const VerificationKey& key : keys) {
    if ((!id.empty() && key.id != id) || key.algorithm != algorithm) continue;
    std::optional<Json> claims = ClaimsSignedBy(token, key);
    if (!claims) continue;
    ASSAY_RETURN_IF_ERROR(CheckClaims(*claims, expected));
    return *std::move(claims);
  }
  return Refused("no key of the provider verifies the ID token");
}

}  // namespace assay::auth
