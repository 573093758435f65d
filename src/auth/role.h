// Assuming a role of IAM: its settings, and keys for it from STS.

#pragma once

#include "auth/aws_credentials.h"
#include "auth/aws_credentials_provider.h"
#include "auth/aws_environment.h"
#include "auth/aws_service.h"
#include "auth/renewed_keys.h"

namespace assay::auth {

/// kInvalidInput for what AWS would refuse: no role's ARN, an external id or a session name of
/// characters or length it does not allow, a duration outside 900 to 43200 seconds.
Status CheckRole(const AwsRoleOptions& role);

/// Where STS is asked for `role`. Endpoint: as given, else the environment's, else AWS's of the
/// region. Region: as given, else the environment's, else the first of the ARN's partition.
struct StsPlace {
  std::string region;
  std::string endpoint;
  friend bool operator==(const StsPlace&, const StsPlace&) = default;
};
StsPlace ChooseSts(const AwsRoleOptions& role, const AwsEnvironment& environment);

/// What fetches keys for the role, signing with those of `source`. `profile` names the part of
/// the AWS configuration files that settings come from; empty: as in the environment.
/// As CheckRole. The fetch's errors are those of Sts::AssumeRole.
Result<RenewedKeys::Fetch> MakeRoleFetch(const AwsRoleOptions& role, const std::string& profile,
                                         AwsCredentialsProvider source);

/// Assumes options.role, which must be there, once and now, and says what STS answered if it
/// refuses. For connection tests: requests renew their keys by MakeRoleFetch.
std::expected<AwsKeys, AwsService::Refusal> TryRole(const AwsCredentialsOptions& options,
                                                    const std::stop_token& stop);

}  // namespace assay::auth
