// From what went wrong in a request to an Error that a user can act on. Pure functions.

#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/result.h"
#include "engine/object_store/s3_request.h"

namespace assay::engine {

/// A request that failed, before anybody put it into words.
struct S3Failure {
  int runtime_error = 0;  // of the AWS runtime; 0: none
  int status = 0;         // HTTP; 0: there was no answer
  std::string code = {};  // of the S3 error, "NoSuchKey"; empty for answers without body
  std::string bucket_region = {};  // the right region, if the answer named it
  bool cancelled = false;          // because the caller asked to stop
  /// The server's own words, for whoever looks for known phrases in them. Not to be shown:
  /// they may repeat parts of the signature.
  std::string message = {};
  /// How far this machine's clock is ahead of the server's; nothing if the answer has no date.
  std::optional<std::chrono::seconds> clock_ahead = {};
};

/// Why there was no answer.
enum class TransportFault {
  kNone,  // there was one
  kDns,   // the host's name has no address
  kRefused,
  kTls,  // no secure connection, or a certificate that is not trusted
  kTimeout,
  kOther,  // cut off, or not HTTP
};
TransportFault TransportFaultOf(const S3Failure& failure);

/// Where the request went, for messages.
struct S3Target {
  std::string bucket;
  std::string endpoint;  // "https://b.s3.eu-west-1.amazonaws.com"
  std::string region;    // by which it was signed
};

/// The error, in our words: what happened, to which object, and what to check. Never holds the
/// server's own message, which may repeat parts of the signature.
Error ToError(const S3Failure& failure, const S3Request& request, const S3Target& target);

/// Whether the failure says that the bucket is in failure.bucket_region, so that the same
/// request signed for that region can succeed.
bool IsWrongRegion(const S3Failure& failure);

}  // namespace assay::engine
