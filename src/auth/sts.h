// The Security Token Service of AWS: who am I, and temporary keys for a role.

#pragma once

#include <expected>
#include <stop_token>
#include <string>

#include "auth/aws_service.h"

namespace assay::auth {

struct AssumeRoleRequest {
  std::string role_arn;
  std::string external_id;  // empty: none
  std::string session_name;
  int64_t duration_seconds = 0;  // 0: the service's default, an hour
};

/// Who signed: "arn:aws:iam::123456789012:user/base".
struct CallerIdentity {
  std::string arn;
  std::string account;
  std::string user_id;
};

/// Thread-safe.
class Sts {
 public:
  /// `endpoint` and `region` must be given.
  struct Options {
    std::string region;
    std::string endpoint;
    std::string ca_bundle_path;
  };
  Sts(const Options& options, AwsCredentialsProvider credentials);

  /// Keys with an expiry. kDenied when the role may not be assumed, naming role and caller and
  /// what to check in which policy; kUnauthenticated for the caller's own keys and the clock;
  /// kInvalidInput for a parameter STS refuses; kCorruptData; and as HttpClient::Send.
  Result<AwsKeys> AssumeRole(const AssumeRoleRequest& request,
                             const std::stop_token& stop) const;

  /// The same with what STS answered, for whoever diagnoses it; the refusal's error is that of
  /// AssumeRole.
  std::expected<AwsKeys, AwsService::Refusal> TryAssumeRole(const AssumeRoleRequest& request,
                                                            const std::stop_token& stop) const;

  /// Needs no permission. Errors as above.
  Result<CallerIdentity> GetCallerIdentity(const std::stop_token& stop) const;

 private:
  Error ExplainRefusal(const AssumeRoleRequest& request, const AwsService::Refusal& refusal,
                       const std::stop_token& stop) const;

  const AwsService service_;
};

/// The body of the request: its form parameters.
std::string AssumeRoleBody(const AssumeRoleRequest& request);
/// From the XML of the answer. kCorruptData when it is another.
Result<AwsKeys> ParseAssumedRole(const std::string& body);
Result<CallerIdentity> ParseCallerIdentity(const std::string& body);

}  // namespace assay::auth
