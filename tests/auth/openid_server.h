// An OpenID Connect provider for tests, without pages: a code is whatever Authorize() returns.

#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "net/http_server.h"
#include "net/url.h"
#include "net/url_parts.h"
#include "tests/auth/signing_key.h"

namespace assay::auth::testing {

class OpenIdServer {
 public:
  OpenIdServer() {
    server_ = net::HttpServer::Start({}, [this](const net::HttpRequest& request) {
                return Answer(request);
              }).value();
    issuer = fmt::format("http://127.0.0.1:{}", server_->port());
  }
  ~OpenIdServer() { server_->Stop(); }

  /// What the provider does when the browser comes with this URL and the user agrees: the code
  /// that it sends back. `claims` go into the ID token.
  std::string Authorize(const std::string& url, const Json& claims) {
    const std::lock_guard lock(mutex);
    const auto query = net::ParseQuery(net::ParseUrl(url)->query).value();
    for (const auto& [name, value] : query) {
      asked[name] = value;
    }
    id_claims = {{"iss", issuer}, {"aud", asked["client_id"]},
                 {"sub", "u1"},   {"nonce", asked["nonce"]},
                 {"iat", now},    {"exp", now + 300}};
    if (claims.is_object()) id_claims.update(claims);
    return "code-1";
  }

  std::string issuer;
  std::mutex mutex;
  std::map<std::string, std::string> asked;      // the query of the authorization
  std::map<std::string, std::string> exchanged;  // the form of the last exchange
  std::string exchange_authorization;            // its header
  Json id_claims = Json::object();
  Json user_info = Json::object();  // empty: there is no such endpoint
  SigningKey key = SigningKey::Rsa("k1");
  Json keys = Json::array({key.Jwk()});
  int key_reads = 0;
  int64_t now = 0;

 private:
  static net::HttpResponse Reply(const Json& body, int status = 200) {
    return {.status = status, .content_type = "application/json", .body = body.dump()};
  }

  net::HttpResponse Answer(const net::HttpRequest& request) {
    const std::lock_guard lock(mutex);
    if (request.path == "/.well-known/openid-configuration") {
      Json document = {{"issuer", issuer},
                       {"authorization_endpoint", issuer + "/auth"},
                       {"token_endpoint", issuer + "/token"},
                       {"jwks_uri", issuer + "/keys"}};
      if (!user_info.empty()) document["userinfo_endpoint"] = issuer + "/me";
      return Reply(document);
    }
    if (request.path == "/keys") {
      ++key_reads;
      return Reply({{"keys", keys}});
    }
    if (request.path == "/me") {
      const bool knows = request.Header("Authorization") == "Bearer access-1";
      return knows ? Reply(user_info) : Reply({}, 401);
    }
    exchanged.clear();
    const auto form = net::ParseQuery(request.body).value();
    for (const auto& [name, value] : form) {
      exchanged[name] = value;
    }
    exchange_authorization = request.Header("Authorization");
    if (exchanged["code"] != "code-1") return Reply({{"error", "invalid_grant"}}, 400);
    return Reply({{"access_token", "access-1"},
                  {"token_type", "Bearer"},
                  {"id_token", key.Sign(id_claims)}});
  }

  std::unique_ptr<net::HttpServer> server_;
};

}  // namespace assay::auth::testing
