#include "engine/object_store/s3_error.h"

#include <aws/common/error.h>
#include <aws/http/http.h>
#include <aws/io/io.h>
#include <aws/s3/s3.h>
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace assay::engine {
namespace {

std::string Name(const S3Request& request, const S3Target& target) {
  if (target.bucket.starts_with("arn:")) {
    return request.key.empty() ? target.bucket : target.bucket + "/" + request.key;
  }
  return request.key.empty() ? "s3://" + target.bucket
                             : "s3://" + target.bucket + "/" + request.key;
}

bool IsOneOf(std::string_view code, std::initializer_list<std::string_view> codes) {
  return std::ranges::find(codes, code) != codes.end();
}

bool IsTls(int error) {
  switch (error) {
    case AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE:
    case AWS_IO_TLS_ERROR_NOT_NEGOTIATED:
    case AWS_IO_TLS_ERROR_ALERT_RECEIVED:
    case AWS_IO_TLS_ERROR_READ_FAILURE:
    case AWS_IO_TLS_ERROR_WRITE_FAILURE:
    case AWS_IO_TLS_NEGOTIATION_TIMEOUT:
    case AWS_IO_TLS_HOST_NAME_MISMATCH:
    case AWS_IO_TLS_INVALID_CERTIFICATE_CHAIN: return true;
    default: return false;
  }
}

bool IsDns(int error) {
  return error == AWS_IO_DNS_QUERY_FAILED || error == AWS_IO_DNS_QUERY_AGAIN ||
         error == AWS_IO_DNS_INVALID_NAME || error == AWS_IO_DNS_NO_ADDRESS_FOR_HOST;
}

bool IsTimeout(int error) {
  return error == AWS_IO_SOCKET_TIMEOUT || error == AWS_ERROR_HTTP_CHANNEL_THROUGHPUT_FAILURE ||
         error == AWS_ERROR_HTTP_RESPONSE_FIRST_BYTE_TIMEOUT ||
         error == AWS_ERROR_S3_REQUEST_TIMEOUT;
}

bool IsAnswered(const S3Failure& failure) {
  return failure.status != 0 && (failure.status >= 300 || !failure.code.empty());
}

/// Failures before or instead of an answer.
Error OfRuntime(int error, const S3Request& request, const S3Target& target) {
  const std::string name = Name(request, target);
  if (IsDns(error)) {
    return {ErrorKind::kUnavailable,
            fmt::format("the object store's host name has no address; check the endpoint, the "
                        "region, the bucket name and the DNS: {} for {}",
                        target.endpoint, name)};
  }
  if (IsTimeout(error)) {
    return {ErrorKind::kTimeout,
            fmt::format("the object store did not answer in time; check the network, firewalls "
                        "and the endpoint: {} for {}",
                        target.endpoint, name)};
  }
  switch (error) {
    case AWS_IO_SOCKET_CONNECTION_REFUSED:
      return {
          ErrorKind::kUnavailable,
          fmt::format("nothing answers at the object store's address; check that the server "
                      "runs and that host and port are right: {} for {}",
                      target.endpoint, name)};
    case AWS_ERROR_S3_OBJECT_MODIFIED:
      return {ErrorKind::kConflict,
              fmt::format(
                  "the object changed while it was read; run again to read its new version: {}",
                  name)};
    case AWS_ERROR_S3_REQUEST_TIME_TOO_SKEWED:
      return {
          ErrorKind::kUnauthenticated,
          fmt::format("the object store refuses the request because this machine's clock is "
                      "wrong; set it: {}",
                      name)};
    case AWS_ERROR_S3_SLOW_DOWN:
      return {ErrorKind::kRateLimited,
              fmt::format("the object store asks to slow down, also after retries; use fewer "
                          "operations at a time or try later: {}",
                          name)};
    case AWS_ERROR_S3_RESPONSE_CHECKSUM_MISMATCH:
      return {ErrorKind::kCorruptData,
              fmt::format(
                  "the bytes received do not have the checksum that the object store gave: {}",
                  name)};
    case AWS_ERROR_S3_INTERNAL_ERROR:
      return {
          ErrorKind::kUnavailable,
          fmt::format("the object store fails with an internal error, also after retries: {}",
                      name)};
    case AWS_ERROR_SHORT_BUFFER:
    case AWS_ERROR_DEST_COPY_TOO_SMALL:  // more bytes came than were asked for
    case AWS_ERROR_S3_MISSING_CONTENT_RANGE_HEADER:
    case AWS_ERROR_S3_INVALID_CONTENT_RANGE_HEADER:
    case AWS_ERROR_S3_MISSING_CONTENT_LENGTH_HEADER:
    case AWS_ERROR_S3_INVALID_CONTENT_LENGTH_HEADER:
      return {
          ErrorKind::kUnsupported,
          fmt::format("the object store does not answer range requests as S3 does; check the "
                      "endpoint: {} for {}",
                      target.endpoint, name)};
    case AWS_ERROR_S3_BUFFER_ALLOCATION_FAILED:
    case AWS_ERROR_S3_EXCEEDS_MEMORY_LIMIT:
      return {ErrorKind::kResourceLimit,
              fmt::format("the memory for transfers is exhausted; raise the memory limit: {}",
                          name)};
    default: break;
  }
  if (IsTls(error)) {
    return {
        ErrorKind::kUnavailable,
        fmt::format("no secure connection to the object store ({}); check that the endpoint "
                    "speaks https and that its certificate is trusted (CA bundle): {} for {}",
                    aws_error_name(error), target.endpoint, name)};
  }
  return {ErrorKind::kUnavailable,
          fmt::format("the request to the object store failed ({}); check the endpoint and the "
                      "network: {} for {}",
                      aws_error_name(error), target.endpoint, name)};
}

Error NotFound(const S3Failure& failure, const S3Request& request, const S3Target& target) {
  if (failure.code == "NoSuchBucket" || request.key.empty()) {
    return {ErrorKind::kNotFound,
            fmt::format("no such bucket; check its name and the endpoint: {} at {}",
                        target.bucket, target.endpoint)};
  }
  if (failure.code == "NoSuchUpload") {
    return {ErrorKind::kNotFound,
            fmt::format("the upload exists no more: {}", Name(request, target))};
  }
  return {ErrorKind::kNotFound, fmt::format("no such object: {}", Name(request, target))};
}

Error WrongRegion(const S3Failure& failure, const S3Request& request, const S3Target& target) {
  if (failure.bucket_region.empty()) {
    return {ErrorKind::kInvalidInput,
            fmt::format("the bucket is not in region {}; give its own region: {}",
                        target.region, Name(request, target))};
  }
  if (failure.bucket_region == target.region) {
    return {ErrorKind::kInvalidInput,
            fmt::format("the bucket is in region {}, but the endpoint belongs to another; give "
                        "that region's: {} for {}",
                        target.region, target.endpoint, Name(request, target))};
  }
  return {ErrorKind::kInvalidInput,
          fmt::format("the bucket is in region {}, not in {}; give that region: {}",
                      failure.bucket_region, target.region, Name(request, target))};
}

bool HasRegionCode(const S3Failure& failure) {
  return failure.status == 301 ||
         IsOneOf(failure.code, {"PermanentRedirect", "AuthorizationHeaderMalformed",
                                "IllegalLocationConstraintException"});
}

Error OfAnswer(const S3Failure& failure, const S3Request& request, const S3Target& target) {
  const std::string name = Name(request, target);
  const std::string& code = failure.code;
  const std::string shown = code.empty() ? fmt::format("HTTP {}", failure.status) : code;
  if (HasRegionCode(failure)) return WrongRegion(failure, request, target);
  if (IsOneOf(code, {"InvalidAccessKeyId", "InvalidClientTokenId", "NotSignedUp"})) {
    return {
        ErrorKind::kUnauthenticated,
        fmt::format("the object store does not know the access key id; check it and that it "
                    "belongs to this endpoint: {}",
                    name)};
  }
  if (code == "SignatureDoesNotMatch") {
    return {
        ErrorKind::kUnauthenticated,
        fmt::format("the signature is not accepted; check the secret access key: {}", name)};
  }
  if (IsOneOf(code, {"ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"})) {
    return {ErrorKind::kUnauthenticated,
            fmt::format("the session token has expired; get new credentials: {}", name)};
  }
  if (IsOneOf(code, {"InvalidToken", "UnrecognizedClientException", "InvalidSecurity",
                     "MissingSecurityHeader", "CredentialsNotSupported"})) {
    return {
        ErrorKind::kUnauthenticated,
        fmt::format("the credentials are not accepted ({}); check key and session token: {}",
                    shown, name)};
  }
  if (IsOneOf(code, {"RequestTimeTooSkewed", "RequestExpired"})) {
    return OfRuntime(AWS_ERROR_S3_REQUEST_TIME_TOO_SKEWED, request, target);
  }
  if (code == "InvalidObjectState") {
    return {ErrorKind::kUnsupported,
            fmt::format("the object is archived; restore it before it can be read: {}", name)};
  }
  if (IsOneOf(code, {"NoSuchBucket", "NoSuchKey", "NoSuchUpload", "NoSuchVersion"})) {
    return NotFound(failure, request, target);
  }
  if (IsOneOf(code, {"PreconditionFailed", "ConditionalRequestConflict", "OperationAborted"}) ||
      failure.status == 412) {
    return OfRuntime(AWS_ERROR_S3_OBJECT_MODIFIED, request, target);
  }
  if (IsOneOf(code, {"SlowDown", "RequestLimitExceeded", "Throttling", "ThrottlingException",
                     "TooManyRequests"}) ||
      failure.status == 429) {
    return OfRuntime(AWS_ERROR_S3_SLOW_DOWN, request, target);
  }
  if (code == "RequestTimeout") return OfRuntime(AWS_ERROR_S3_REQUEST_TIMEOUT, request, target);
  if (code == "InvalidRange" || failure.status == 416) {
    return {ErrorKind::kInvalidInput,
            fmt::format("the range lies beyond the object's end: {}", name)};
  }
  if (IsOneOf(code, {"BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch",
                     "InvalidDigest"})) {
    return {ErrorKind::kCorruptData,
            fmt::format(
                "the bytes were damaged on their way to the object store ({}); try again: {}",
                shown, name)};
  }
  if (code == "NotImplemented" || failure.status == 501) {
    return {ErrorKind::kUnsupported,
            fmt::format("the object store does not know {}: {}", request.operation, name)};
  }
  if (failure.status == 401) {
    return {ErrorKind::kUnauthenticated,
            fmt::format("the object store wants other credentials ({}): {}", shown, name)};
  }
  if (IsOneOf(code, {"AccessDenied", "AllAccessDisabled", "AccountProblem"}) ||
      failure.status == 403) {
    return {
        ErrorKind::kDenied,
        fmt::format("access denied: these credentials need {} on {} (bucket and key policies, "
                    "and the key of its encryption)",
                    request.action, name)};
  }
  if (failure.status == 404) return NotFound(failure, request, target);
  if (failure.status == 409) {
    return {ErrorKind::kConflict,
            fmt::format("the object store is changing the same thing ({}): {}", shown, name)};
  }
  if (failure.status >= 500) {
    return {ErrorKind::kUnavailable,
            fmt::format("the object store fails ({}), also after retries: {} for {}", shown,
                        target.endpoint, name)};
  }
  return {ErrorKind::kInvalidInput,
          fmt::format("the object store refuses {} ({}): {}", request.operation, shown, name)};
}

}  // namespace

Error ToError(const S3Failure& failure, const S3Request& request, const S3Target& target) {
  if (failure.cancelled) {
    return {ErrorKind::kCancelled, fmt::format("cancelled: {}", Name(request, target))};
  }
  if (IsAnswered(failure)) return OfAnswer(failure, request, target);
  return OfRuntime(failure.runtime_error, request, target);
}

TransportFault TransportFaultOf(const S3Failure& failure) {
  if (IsAnswered(failure)) return TransportFault::kNone;
  if (IsDns(failure.runtime_error)) return TransportFault::kDns;
  if (failure.runtime_error == AWS_IO_SOCKET_CONNECTION_REFUSED)
    return TransportFault::kRefused;
  if (IsTls(failure.runtime_error)) return TransportFault::kTls;
  if (IsTimeout(failure.runtime_error)) return TransportFault::kTimeout;
  return TransportFault::kOther;
}

bool IsWrongRegion(const S3Failure& failure) {
  // A HEAD has no body that could name the code, but the header with the region.
  return !failure.bucket_region.empty() &&
         (HasRegionCode(failure) || (failure.code.empty() && failure.status == 400));
}

}  // namespace assay::engine
