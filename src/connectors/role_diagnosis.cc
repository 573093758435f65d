#include "connectors/role_diagnosis.h"

namespace assay::connectors {
namespace {

// STS takes signatures that are at most this far from its own time.
constexpr std::chrono::seconds kMostClockSkew = std::chrono::minutes(5);

}  // namespace

Diagnosis DiagnoseRole(const auth::AwsFailure& failure, ErrorKind kind,
                       const RoleAttempt& attempt) {
  const std::string& code = failure.code;
  const Json statement = {{"Effect", "Allow"},
                          {"Action", Json::array({"sts:AssumeRole"})},
                          {"Resource", Json::array({attempt.role_arn})}};
  if (failure.status == 0) {
    if (kind == ErrorKind::kUnauthenticated) {
      return {Blame::kCredentials,
              "give credentials by which the role is assumed: keys, a profile, or the role of "
              "the machine"};
    }
    return DiagnoseTransport(kind == ErrorKind::kTimeout ? engine::TransportFault::kTimeout
                                                         : engine::TransportFault::kOther);
  }
  const bool is_late = failure.message.starts_with("Signature expired") ||
                       failure.message.starts_with("Signature not yet current");
  if (is_late || IsClockCode(code, failure.clock_ahead, kMostClockSkew)) {
    return DiagnoseClock(failure.clock_ahead);
  }
  if (IsOneOf(code, {"InvalidClientTokenId", "InvalidAccessKeyId"}))
    return DiagnoseKey(S3Identity::kKeys);
  if (IsOneOf(code, {"SignatureDoesNotMatch", "InvalidSignatureException"}))
    return DiagnoseSignature(S3Identity::kKeys);
  if (IsOneOf(code, {"ExpiredToken", "ExpiredTokenException", "InvalidToken",
                     "UnrecognizedClientException"})) {
    return DiagnoseSessionToken(code);
  }
  if (code == "RegionDisabledException")
    return {Blame::kRegion, "activate STS in this region, or give another (region)"};
  if (IsOneOf(code, {"AccessDenied", "AccessDeniedException"})) {
    if (Says(failure.message, "explicit deny")) {
      return {Blame::kExplicitDeny,
              "take the Deny of sts:AssumeRole out of the policy that has it"};
    }
    if (Says(failure.message, "because no identity-based policy allows"))
      return {Blame::kAssumeRole, "grant the caller sts:AssumeRole on the role", statement};
    if (attempt.external_id.empty()) {
      return {Blame::kExternalIdMissing,
              "check the role's ARN and, in its trust policy, that it names the caller and "
              "whether it demands an external id (external_id); then that the caller may call "
              "sts:AssumeRole on it",
              statement};
    }
    return {Blame::kExternalIdWrong,
            "compare the external id with the one in the role's trust policy, and that this "
            "names the caller; then that the caller may call sts:AssumeRole on it",
            statement};
  }
  if (failure.status >= 500 || failure.status == 429)
    return {Blame::kStore, "try again later; STS is busy or failing"};
  return {Blame::kRole, "check the role's ARN, session name and duration"};
}

}  // namespace assay::connectors
