// Where AWS credentials come from.

#pragma once

#include <string>

#include "base/secret.h"

namespace assay::auth {

enum class AwsCredentialsSource {
  kStatic,     // the keys given here
  kDefault,    // the standard chain: environment, profile, process, web identity, container,
               // instance
  kAnonymous,  // unsigned requests, for public buckets
};

/// What to authenticate with. Turned into a provider of the AWS runtime by the object store;
/// the secret members never print.
struct AwsCredentialsOptions {
  AwsCredentialsSource source = AwsCredentialsSource::kDefault;
  std::string access_key_id;  // kStatic
  Secret secret_access_key;   // kStatic
  Secret session_token;       // kStatic, optional
  std::string profile;        // kDefault: instead of AWS_PROFILE
};

}  // namespace assay::auth
