// HashiCorp Vault, and any store that is used in its way: log in for a token, then get the
// secret with it.

#pragma once

#include <map>
#include <memory>
#include <string>

#include "auth/secret_stores/secret_store.h"

namespace assay::auth {

struct HttpStoreOptions {
  std::string login_url;       // POST; empty: no login, `headers` must do
  Secret credentials_payload;  // JSON for the login: {"role_id": ..., "secret_id": ...}
  std::string token_jsonpath = "$.auth.client_token";  // in the login's answer
  std::string secret_url;                              // GET
  std::string token_header_name = "X-Vault-Token";
  std::string data_jsonpath = "$.data";   // in the secret's answer
  std::map<std::string, Secret> headers;  // of both requests: X-Vault-Namespace
  std::string ca_bundle_path;             // PEM; empty: the system's
};

/// Nothing is asked yet. kInvalidInput naming the option ("login_url: ...").
///
/// Vault's engine KV version 2 wraps what it holds once more: where the data path leads to
/// {"data": {...}, "metadata": {..., "version": n}}, the inner object is taken, so that the
/// default path fits both versions.
Result<std::unique_ptr<SecretStore>> OpenHttpStore(HttpStoreOptions options);

}  // namespace assay::auth
