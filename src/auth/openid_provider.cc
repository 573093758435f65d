#include "auth/openid_provider.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

#include "auth/base64.h"
#include "net/url.h"
#include "net/url_parts.h"

namespace assay::auth {
namespace {

constexpr std::chrono::hours kReadEndpointsEvery{1};
constexpr std::chrono::minutes kReadKeysAtMostEvery{1};

std::string RandomText() {
  char bytes[32];
  randombytes_buf(bytes, sizeof(bytes));
  return EncodeBase64(std::string_view(bytes, sizeof(bytes)), Base64::kUrl);
}

/// RFC 7636 4.2, method S256.
std::string ChallengeOf(const Secret& verifier) {
  unsigned char digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(verifier.Reveal().data()),
                     verifier.Reveal().size());
  return EncodeBase64(std::string_view(reinterpret_cast<const char*>(digest), sizeof(digest)),
                      Base64::kUrl);
}

std::string Form(const std::vector<std::pair<std::string, std::string>>& values) {
  std::string text;
  for (const auto& [name, value] : values) {
    text += (text.empty() ? "" : "&") + name + "=" +
            net::PercentEncode(value, net::SlashEncoding::kEncode);
  }
  return text;
}

std::string TextOf(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string WithoutFinalSlash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

bool IsThisMachine(const std::string& host) {
  return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

/// Tokens and codes go there, so it must be https.
Status CheckUrl(const std::string& url) {
  ASSAY_TRY(const net::UrlParts parts, net::ParseUrl(url));
  if (parts.scheme == "https" || IsThisMachine(parts.host)) return {};
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("must begin with https: {}", parts.Printable()));
}

}  // namespace

Status CheckOptions(const OpenIdOptions& options) {
  if (const Status issuer = CheckUrl(options.issuer); !issuer) {
    return FailWithin("issuer", issuer.error());
  }
  if (options.client_id.empty())
    return Fail(ErrorKind::kInvalidInput, "client_id: is required");
  if (const Status redirect = CheckUrl(options.redirect_url); !redirect) {
    return FailWithin("redirect_url", redirect.error());
  }
  if (!options.redirect_url.ends_with("/api/callback")) {
    return Fail(ErrorKind::kInvalidInput, "redirect_url: must end with /api/callback");
  }
  if (!(" " + options.scopes + " ").contains(" openid ")) {
    return Fail(ErrorKind::kInvalidInput, "scopes: must contain openid");
  }
  return {};
}

OpenIdProvider::OpenIdProvider(OpenIdOptions options, Clock& clock)
    : options_(std::move(options)),
      clock_(clock),
      client_({.ca_bundle_path = options_.ca_bundle_path}) {}

Result<Json> OpenIdProvider::GetJson(const net::HttpCall& call,
                                     const std::stop_token& stop) const {
  auto answer = client_.Send(call, stop);
  if (!answer) return FailWithin("OpenID provider", answer.error());
  if (answer->status != 200) {
    return Fail(ErrorKind::kUnavailable,
                fmt::format("the OpenID provider answered {}: {}", answer->status,
                            net::ParseUrl(call.url)->Printable()));
  }
  const Result<Json> json = ParseJson(answer->body);
  if (json && json->is_object()) return *json;
  return Fail(ErrorKind::kCorruptData, fmt::format("the OpenID provider sent no JSON: {}",
                                                   net::ParseUrl(call.url)->Printable()));
}

Result<OpenIdProvider::Endpoints> OpenIdProvider::ReadEndpoints(const std::stop_token& stop) {
  const Timestamp now = clock_.Now();
  {
    const std::lock_guard lock(mutex_);
    if (endpoints_ && now - endpoints_->read_at < kReadEndpointsEvery) return *endpoints_;
  }
  const std::string url =
      WithoutFinalSlash(options_.issuer) + "/.well-known/openid-configuration";
  ASSAY_TRY(const Json document, GetJson({.url = url}, stop));
  if (TextOf(document, "issuer") != options_.issuer) {
    return Fail(ErrorKind::kCorruptData,
                fmt::format("the OpenID provider calls itself {}; set the issuer to that",
                            TextOf(document, "issuer")));
  }
  Endpoints endpoints{.authorization = TextOf(document, "authorization_endpoint"),
                      .token = TextOf(document, "token_endpoint"),
                      .keys = TextOf(document, "jwks_uri"),
                      .user_info = TextOf(document, "userinfo_endpoint"),
                      .read_at = now};
  for (const std::string* each :
       {&endpoints.authorization, &endpoints.token, &endpoints.keys}) {
    if (!CheckUrl(*each)) {
      return Fail(ErrorKind::kCorruptData,
                  "the OpenID provider's configuration lacks an endpoint with https");
    }
  }
  if (!endpoints.user_info.empty() && !CheckUrl(endpoints.user_info)) endpoints.user_info = "";
  const std::lock_guard lock(mutex_);
  endpoints_ = endpoints;
  return endpoints;
}

Result<std::vector<VerificationKey>> OpenIdProvider::KeysFor(const std::string& key_id,
                                                             const std::string& url,
                                                             const std::stop_token& stop) {
  const Timestamp now = clock_.Now();
  {
    const std::lock_guard lock(mutex_);
    const bool is_known = std::ranges::any_of(
        keys_, [&](const VerificationKey& key) { return key_id.empty() || key.id == key_id; });
    const auto age = now - keys_read_at_;
    if (age < (is_known ? std::chrono::minutes(kReadEndpointsEvery) : kReadKeysAtMostEvery)) {
      return keys_;
    }
  }
  ASSAY_TRY(const Json key_set, GetJson({.url = url}, stop));
  auto keys = ReadKeySet(key_set);
  if (!keys) {
    return Fail(ErrorKind::kCorruptData,
                fmt::format("the answer of the OpenID provider {}", keys.error().message));
  }
  const std::lock_guard lock(mutex_);
  keys_ = *keys;
  keys_read_at_ = now;
  return keys_;
}

Result<OpenIdRequest> OpenIdProvider::Begin(std::stop_token stop) {
  if (sodium_init() < 0) return Fail(ErrorKind::kInternal, "no random numbers");
  ASSAY_TRY(const Endpoints endpoints, ReadEndpoints(stop));
  OpenIdRequest request{.url = {},
                        .state = RandomText(),
                        .nonce = RandomText(),
                        .verifier = Secret(RandomText())};
  const bool has_query = endpoints.authorization.find('?') != std::string::npos;
  request.url = endpoints.authorization + (has_query ? "&" : "?") +
                Form({{"response_type", "code"},
                      {"client_id", options_.client_id},
                      {"redirect_uri", options_.redirect_url},
                      {"scope", options_.scopes},
                      {"state", request.state},
                      {"nonce", request.nonce},
                      {"code_challenge", ChallengeOf(request.verifier)},
                      {"code_challenge_method", "S256"}});
  return request;
}

Result<Json> OpenIdProvider::Exchange(const Endpoints& endpoints, const OpenIdRequest& request,
                                      const std::string& code,
                                      const std::stop_token& stop) const {
  net::HttpCall call{.method = "POST",
                     .url = endpoints.token,
                     .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                                 {"Accept", "application/json"}},
                     .body = Form({{"grant_type", "authorization_code"},
                                   {"code", code},
                                   {"redirect_uri", options_.redirect_url},
                                   {"client_id", options_.client_id},
                                   {"code_verifier", request.verifier.Reveal()}})};
  if (!options_.client_secret.empty()) {
    // RFC 6749 2.3.1: both parts are form-encoded before they are joined.
    const std::string pair =
        net::PercentEncode(options_.client_id, net::SlashEncoding::kEncode) + ":" +
        net::PercentEncode(options_.client_secret.Reveal(), net::SlashEncoding::kEncode);
    call.headers.push_back({"Authorization", "Basic " + EncodeBase64(pair, Base64::kStandard)});
  }
  auto answer = client_.Send(call, stop);
  if (!answer) return FailWithin("OpenID provider", answer.error());
  const Json json = ParseJson(answer->body).value_or(Json());
  if (answer->status == 200 && json.is_object()) return json;
  if (answer->status >= 500) {
    return Fail(ErrorKind::kUnavailable,
                fmt::format("the OpenID provider answered {}", answer->status));
  }
  // RFC 6749 5.2: "invalid_grant", "invalid_client", ...
  return Fail(ErrorKind::kUnauthenticated,
              fmt::format("the OpenID provider refused the login: {} {}", answer->status,
                          json.is_object() ? TextOf(json, "error") : ""));
}

Result<OpenIdIdentity> OpenIdProvider::Finish(const OpenIdRequest& request,
                                              const std::string& code, std::stop_token stop) {
  ASSAY_TRY(const Endpoints endpoints, ReadEndpoints(stop));
  ASSAY_TRY(const Json tokens, Exchange(endpoints, request, code, stop));
  const std::string id_token = TextOf(tokens, "id_token");
  ASSAY_TRY(const std::string key_id, KeyIdOf(id_token));
  ASSAY_TRY(const auto keys, KeysFor(key_id, endpoints.keys, stop));
  ASSAY_TRY(Json claims, VerifyIdToken(id_token, keys,
                                       {.issuer = options_.issuer,
                                        .client_id = options_.client_id,
                                        .nonce = request.nonce,
                                        .now = clock_.Now()}));
  const std::string subject = TextOf(claims, "sub");
  const std::string access_token = TextOf(tokens, "access_token");
  // Providers may keep the address out of the ID token (OpenID Connect Core 5.4).
  if (TextOf(claims, "email").empty() && !endpoints.user_info.empty() &&
      !access_token.empty()) {
    ASSAY_TRY(claims, GetJson({.url = endpoints.user_info,
                               .headers = {{"Authorization", "Bearer " + access_token},
                                           {"Accept", "application/json"}}},
                              stop));
    if (TextOf(claims, "sub") != subject) {
      return Fail(ErrorKind::kUnauthenticated,
                  "the OpenID provider speaks of two different users");
    }
  }
  return OpenIdIdentity{.subject = subject,
                        .email = TextOf(claims, "email"),
                        .email_is_verified = claims.value("email_verified", Json()) == true};
}

}  // namespace assay::auth
