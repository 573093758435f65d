// AWS Secrets Manager as a store of secrets.

#pragma once

#include <memory>
#include <string>

#include "auth/aws_credentials.h"
#include "auth/secret_stores/secret_store.h"

namespace assay::auth {

struct AwsStoreOptions {
  std::string secret_id;  // a name or an ARN
  std::string region;     // empty: the ARN's, else the environment's
  std::string endpoint;   // empty: the environment's, else AWS's of the region
  std::string ca_bundle_path;
  AwsCredentialsOptions credentials;  // need secretsmanager:GetSecretValue
};

/// Nothing is asked yet. The current version of the secret is read: a JSON object's keys, or
/// for any other text the one key "SecretString". kInvalidInput naming the option.
Result<std::unique_ptr<SecretStore>> OpenAwsStore(const AwsStoreOptions& options);

}  // namespace assay::auth
