#include "connectors/s3_diagnosis.h"

#include <fmt/format.h>

#include "auth/aws_credentials_provider.h"
#include "connectors/s3_denial.h"

namespace assay::connectors {
namespace {

// S3 takes signatures that are at most this far from its own time.
constexpr std::chrono::seconds kMostClockSkew = std::chrono::minutes(15);

Diagnosis Region(const engine::S3Failure& failure, const S3Attempt& attempt) {
  std::string region = failure.bucket_region;
  // "The eu-west-1 location constraint is incompatible ..."
  if (region.empty() && failure.message.starts_with("The ") &&
      Says(failure.message, " location constraint")) {
    region = failure.message.substr(4, failure.message.find(" location constraint") - 4);
  }
  if (region.empty() || region == "unspecified") {
    return {Blame::kRegion,
            fmt::format("give the bucket's own region instead of {}; the bucket's properties "
                        "in the AWS console name it",
                        attempt.region)};
  }
  if (region == attempt.region) {
    return {Blame::kRegion,
            fmt::format("the bucket is in {}: give that region's endpoint, or none at all",
                        region)};
  }
  return {Blame::kRegion, fmt::format("give region {} instead of {}", region, attempt.region)};
}

Diagnosis OfStatus(const engine::S3Failure& failure, const S3Attempt& attempt) {
  switch (failure.status) {
    case 301:
    case 307: return Region(failure, attempt);
    case 401: return {Blame::kKey, "check the credentials: the store wants others"};
    case 403: return DiagnoseDenial(failure, attempt);
    case 404:
      if (failure.code.empty()) {
        return {Blame::kEndpoint, "check the endpoint: what answers there has no such address"};
      }
      return {Blame::kBucket, "check the bucket's name"};
    default: break;
  }
  if (failure.status >= 500 || failure.status == 429)
    return {Blame::kStore, "try again later; if it lasts, ask who runs the store"};
  return {Blame::kUnknown,
          fmt::format(
              "look up the store's answer: {}",
              failure.code.empty() ? fmt::format("HTTP {}", failure.status) : failure.code)};
}

}  // namespace

Diagnosis DiagnoseS3(const engine::S3Failure& failure, const S3Attempt& attempt) {
  const std::string& code = failure.code;
  if (failure.status == 0 && auth::IsCredentialsError(failure.runtime_error)) {
    return {Blame::kCredentials,
            "give access key and secret key, a profile or a role; or ask anonymously if the "
            "bucket is public"};
  }
  if (const auto fault = engine::TransportFaultOf(failure);
      fault != engine::TransportFault::kNone) {
    return DiagnoseTransport(fault);
  }
  if (IsClockCode(code, failure.clock_ahead, kMostClockSkew))
    return DiagnoseClock(failure.clock_ahead);
  if (IsOneOf(code, {"InvalidAccessKeyId", "InvalidClientTokenId"}))
    return DiagnoseKey(attempt.identity);
  if (code == "SignatureDoesNotMatch") return DiagnoseSignature(attempt.identity);
  if (IsOneOf(code,
              {"ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "InvalidToken",
               "UnrecognizedClientException", "InvalidSecurity", "MissingSecurityHeader"})) {
    return DiagnoseSessionToken(code);
  }
  if (IsOneOf(code, {"AllAccessDisabled", "AccountProblem", "NotSignedUp", "OptInRequired",
                     "InvalidPayer"})) {
    return {
        Blame::kAccount,
        fmt::format("have the account looked at: {} means that the account of the bucket or "
                    "of the caller is suspended, closed or not signed up for S3; permissions "
                    "do not help; check that the bucket's name is not another account's",
                    code)};
  }
  if (IsOneOf(code, {"PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed",
                     "IllegalLocationConstraintException"})) {
    return Region(failure, attempt);
  }
  if (IsOneOf(code, {"NoSuchBucket", "InvalidBucketName", "NoSuchAccessPoint"})) {
    return {
        Blame::kBucket,
        fmt::format("check the bucket's name for typing errors and that it was not deleted; "
                    "the URI is s3://{}, the folder belongs into the root path",
                    attempt.place.bucket)};
  }
  if (code.starts_with("KMS.")) return DiagnoseKms(failure, attempt);
  if (code == "InvalidObjectState")
    return {Blame::kObject, "restore the object from its archive first"};
  if (IsOneOf(code, {"NoSuchKey", "PreconditionFailed", "ConditionalRequestConflict"}))
    return {Blame::kObject, "try again: the object was removed or replaced meanwhile"};
  if (IsOneOf(code, {"SlowDown", "Throttling", "ThrottlingException", "TooManyRequests",
                     "RequestLimitExceeded", "RequestTimeout", "OperationAborted"})) {
    return {Blame::kStore, "try again later; the store is busy"};
  }
  if (code == "NotImplemented")
    return {Blame::kEndpoint, "check the endpoint: its store lacks this part of S3"};
  if (IsOneOf(code, {"AccessDenied", "AccessDeniedException", "Forbidden"}))
    return DiagnoseDenial(failure, attempt);
  return OfStatus(failure, attempt);
}

}  // namespace assay::connectors
