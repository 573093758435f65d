// Where AWS credentials come from.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/secret.h"

namespace assay::auth {

enum class AwsCredentialsSource {
  kStatic,     // the keys given here
  kDefault,    // the standard chain: environment, profile, process, web identity, container,
               // instance
  kAnonymous,  // unsigned requests, for public buckets
};

/// A role of IAM to assume through STS.
struct AwsRoleOptions {
  std::string arn;               // "arn:aws:iam::123456789012:role/reader"
  std::string external_id;       // when the role's trust policy demands one
  std::string session_name;      // empty: "assay"; shows in CloudTrail
  int64_t duration_seconds = 0;  // 900 to 43200; 0: what STS gives unasked, an hour
  std::string region;          // of STS; empty: the environment's, else by the ARN's partition
  std::string sts_endpoint;    // empty: the environment's, else AWS's in that region
  std::string ca_bundle_path;  // PEM; empty: the environment's, else the system's
};

/// What to authenticate with. Turned into a provider of the AWS runtime by the object store;
/// the secret members never print.
struct AwsCredentialsOptions {
  AwsCredentialsSource source = AwsCredentialsSource::kDefault;
  std::string access_key_id;  // kStatic
  Secret secret_access_key;   // kStatic
  Secret session_token;       // kStatic, optional
  std::string profile;        // kDefault: instead of AWS_PROFILE
  /// Assumed with the credentials of `source`, which must not be kAnonymous.
  std::optional<AwsRoleOptions> role{};
};

/// Keys as a provider or STS hands them out.
struct AwsKeys {
  std::string access_key_id;  // empty: anonymous
  Secret secret_access_key;
  Secret session_token;              // empty for long-lived keys
  std::optional<Timestamp> expires;  // nothing: never
};

}  // namespace assay::auth
