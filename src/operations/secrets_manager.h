// The secrets manager of a connection: a store outside that its properties refer to by ${key}.

#pragma once

#include <memory>

#include "auth/secret_stores/secret_store.h"
#include "base/fields.h"
#include "store/connections.h"

namespace assay::operations {

/// Settings of HashiCorp Vault, or of a store that is used like it: type "http", the default.
struct HttpSecretsManager {
  std::string type = "http";
  std::string login_url;
  std::string token_jsonpath = "$.auth.client_token";
  std::string secret_url;
  std::string token_header_name = "X-Vault-Token";
  std::string data_jsonpath = "$.data";
  std::string ca_bundle;

  static const Fields<HttpSecretsManager>& JsonFields();
};

/// Settings of AWS Secrets Manager: type "aws".
struct AwsSecretsManager {
  std::string type = "aws";
  std::string secret_id;
  std::string region;
  std::string endpoint;
  std::string ca_bundle;
  std::string profile;
  std::string role_arn;
  std::string external_id;

  static const Fields<AwsSecretsManager>& JsonFields();
};

/// Gives the connection the secrets manager that `given` describes, as users write it, or takes
/// it away if that is {}. Of the secrets in it, "credentials_payload" (JSON, as a text or as it
/// is) and "headers" (an object of texts) go to Connection::secrets; absent ones keep what was
/// stored, unless login_url or secret_url now lead to another server: then they must be given
/// again, so that nobody can have stored secrets sent to himself.
/// kInvalidInput naming the key, after which `connection` must not be used.
Status ApplySecretsManager(const Json& given, store::Connection& connection);

/// Whether ${key} in the connection's properties means anything.
bool HasSecretsManager(const store::Connection& connection);

/// The store that the connection names; it must have one. Nothing is asked yet. kInvalidInput
/// naming the setting.
Result<std::unique_ptr<auth::SecretStore>> OpenSecretStore(const store::Connection& connection);

}  // namespace assay::operations
