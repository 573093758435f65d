// The standard AWS settings of the surroundings: environment variables and the profile files.

#pragma once

#include <functional>
#include <optional>
#include <string>

namespace assay::auth {

/// What the environment says beside credentials. Every member is empty if it says nothing.
struct AwsEnvironment {
  std::string profile;           // AWS_PROFILE
  std::string region;            // AWS_REGION, AWS_DEFAULT_REGION, or the profile's "region"
  std::string endpoint_url;      // AWS_ENDPOINT_URL, or the profile's "endpoint_url"
  std::string s3_endpoint_url;   // AWS_ENDPOINT_URL_S3, else the same as endpoint_url
  std::string sts_endpoint_url;  // AWS_ENDPOINT_URL_STS, else the same as endpoint_url
  std::string secrets_manager_endpoint_url;  // AWS_ENDPOINT_URL_SECRETS_MANAGER, likewise
  std::string ca_bundle_path;                // AWS_CA_BUNDLE, or the profile's "ca_bundle"

  friend bool operator==(const AwsEnvironment&, const AwsEnvironment&) = default;
};

/// Answers an environment variable; nothing if it is not set.
using EnvironmentVariables = std::function<std::optional<std::string>(const char* name)>;

/// The variables of this process.
std::optional<std::string> ProcessVariable(const char* name);

/// Reads variables first, then the profile: the one named here, else AWS_PROFILE's, else
/// "default", from AWS_CONFIG_FILE or ~/.aws/config and from AWS_SHARED_CREDENTIALS_FILE or
/// ~/.aws/credentials. AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true leaves all endpoint URLs out.
/// Files that are missing or cannot be parsed count as empty. An empty variable counts as
/// unset.
AwsEnvironment ReadAwsEnvironment(const std::string& profile = {},
                                  const EnvironmentVariables& variables = ProcessVariable);

}  // namespace assay::auth
