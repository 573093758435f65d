#include "connectors/s3_uri.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay::connectors {
namespace {

constexpr std::string_view kScheme = "s3://";

/// How much of `rest` is the bucket. An access point's ARN holds a '/' of its own.
size_t BucketLength(std::string_view rest) {
  size_t from = 0;
  constexpr std::string_view kAccessPoint = ":accesspoint/";
  if (rest.starts_with("arn:")) {
    const size_t found = rest.find(kAccessPoint);
    if (found != std::string_view::npos) from = found + kAccessPoint.size();
  }
  return std::min(rest.find('/', from), rest.size());
}

}  // namespace

bool IsS3Uri(std::string_view uri) {
  return uri.size() >= kScheme.size() && (uri[0] == 's' || uri[0] == 'S') &&
         uri.substr(1).starts_with("3://");
}

Result<S3Uri> ParseS3Uri(std::string_view uri) {
  if (!IsS3Uri(uri))
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("not an S3 URI (s3://bucket): '{}'", uri));
  const std::string_view rest = uri.substr(kScheme.size());
  const size_t length = BucketLength(rest);
  if (length == 0)
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("the bucket's name is missing (s3://bucket): '{}'", uri));
  S3Uri parsed;
  parsed.bucket = rest.substr(0, length);
  if (parsed.bucket.find_first_of(" \t\r\n?#@\\") != std::string::npos) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("not a bucket's name: '{}'", parsed.bucket));
  }
  if (length < rest.size()) parsed.key = rest.substr(length + 1);
  return parsed;
}

}  // namespace assay::connectors
