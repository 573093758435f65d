// Login at an OpenID Connect provider: authorization code flow with PKCE (RFC 7636).

#pragma once

#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "auth/id_token.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "net/http_client.h"

namespace assay::auth {

struct OpenIdOptions {
  std::string issuer;  // "https://login.example.com/realms/main"; http only on this machine
  std::string client_id;
  Secret client_secret;      // empty: a public client, with PKCE alone
  std::string redirect_url;  // ".../api/callback", as registered at the provider
  std::string scopes = "openid email profile";
  std::string ca_bundle_path;
};

/// One login that was begun. All but the URL stays here until the browser comes back.
struct OpenIdRequest {
  std::string url;  // where to send the browser
  std::string state;
  std::string nonce;
  Secret verifier;
};

/// Who logged in, as the provider says.
struct OpenIdIdentity {
  std::string subject;
  std::string email;  // empty when the provider gives none
  bool email_is_verified = false;
};

/// kInvalidInput naming the option when something is missing or not as it should be.
Status CheckOptions(const OpenIdOptions& options);

/// Thread-safe. Reads the provider's discovery document when it is first needed and every hour,
/// its keys also when a token names one that is not known (at most once a minute).
class OpenIdProvider {
 public:
  OpenIdProvider(OpenIdOptions options, Clock& clock);

  /// kUnavailable and other errors of net::HttpClient when the provider cannot be asked;
  /// kCorruptData when its documents are not as the standard says.
  Result<OpenIdRequest> Begin(std::stop_token stop);
  /// Exchanges the code that the browser brought back. kUnauthenticated when the provider
  /// refuses it, or its token is not as it should be; else as Begin.
  Result<OpenIdIdentity> Finish(const OpenIdRequest& request, const std::string& code,
                                std::stop_token stop);

 private:
  struct Endpoints {
    std::string authorization, token, keys, user_info;
    Timestamp read_at{};
  };

  Result<Json> GetJson(const net::HttpCall& call, const std::stop_token& stop) const;
  Result<Endpoints> ReadEndpoints(const std::stop_token& stop);
  Result<std::vector<VerificationKey>> KeysFor(const std::string& key_id,
                                               const std::string& url,
                                               const std::stop_token& stop);
  Result<Json> Exchange(const Endpoints& endpoints, const OpenIdRequest& request,
                        const std::string& code, const std::stop_token& stop) const;

  const OpenIdOptions options_;
  Clock& clock_;
  const net::HttpClient client_;
  std::mutex mutex_;
  std::optional<Endpoints> endpoints_;  // guarded by mutex_
  std::vector<VerificationKey> keys_;   // guarded by mutex_
  Timestamp keys_read_at_{};            // guarded by mutex_
};

}  // namespace assay::auth
