// Where the requests for a bucket go: host, path prefix and signing region. Pure functions.

#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/object_store/s3.h"

namespace assay::engine {

struct S3Address {
  bool tls = true;
  std::string
      authority;  // what the Host header says: "b.s3.eu-west-1.amazonaws.com", "127.0.0.1:9000"
  std::string path_prefix;     // before every key: "", "/bucket", "/gateway/bucket"
  std::string signing_region;  // "eu-west-1"

  /// "https://b.s3.eu-west-1.amazonaws.com"
  std::string Endpoint() const;

  friend bool operator==(const S3Address&, const S3Address&) = default;
};

/// "arn:aws:s3:us-east-1:123456789012:accesspoint/name", also with ":" before the name.
struct AccessPointArn {
  std::string partition;  // "aws", "aws-cn", "aws-us-gov"
  std::string region;
  std::string account;
  std::string name;

  friend bool operator==(const AccessPointArn&, const AccessPointArn&) = default;
};

/// kInvalidInput for what is no such ARN, kUnsupported for the kinds of access points that need
/// another protocol (multi-region, Outposts, Object Lambda).
Result<AccessPointArn> ParseAccessPointArn(std::string_view arn);

/// The address of options.bucket in `region`, which must not be empty. An access point's own
/// region is used instead of it.
///
/// AWS: bucket.s3.REGION.amazonaws.com (.cn in China), or path style if the bucket is no DNS
/// label or has dots, which the server's certificate would not cover. Custom endpoint: path
/// style unless asked otherwise. kInvalidInput for a malformed bucket name or endpoint.
Result<S3Address> ResolveS3Address(const S3Options& options, const std::string& region);

/// Undoes the encoding that a listing uses, in which "+" is a space. A "%" that begins no
/// escape stays.
std::string DecodeListedKey(std::string_view text);

}  // namespace assay::engine
