#include "api/shapes/connection_uri.h"

#include <fmt/format.h>
#include <strings.h>

#include <algorithm>

namespace assay::api {
namespace {

constexpr std::string_view kS3Scheme = "s3://";

Result<std::string> NormalizeS3Uri(const std::string& uri) {
  if (strncasecmp(uri.c_str(), kS3Scheme.data(), kS3Scheme.size()) != 0) {
    return Fail(ErrorKind::kInvalidInput, "must be of the form s3://bucket");
  }
  std::string bucket = uri.substr(kS3Scheme.size());
  while (bucket.ends_with('/')) bucket.pop_back();
  if (bucket.empty()) {
    return Fail(ErrorKind::kInvalidInput, "must name a bucket: s3://bucket");
  }
  const bool is_arn = bucket.starts_with("arn:");
  const size_t slash = bucket.find('/');
  if (!is_arn && slash != std::string::npos) {
    return Fail(
        ErrorKind::kInvalidInput,
        fmt::format("must name the bucket only, without a path: use s3://{} and put '{}' "
                    "into root_path",
                    bucket.substr(0, slash), bucket.substr(slash)));
  }
  if (std::ranges::any_of(bucket, [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '?' || c == '#' || c == '@';
      })) {
    return Fail(ErrorKind::kInvalidInput, "must name a bucket by letters, digits, '-' and '.'");
  }
  return std::string(kS3Scheme) + bucket;
}

}  // namespace

Result<std::string> NormalizeConnectionUri(const std::string& type, const std::string& uri) {
  if (uri.empty()) return Fail(ErrorKind::kInvalidInput, "must not be empty");
  return type == "s3" ? NormalizeS3Uri(uri) : uri;
}

Status CheckRootPath(const std::string& root_path) {
  if (root_path.empty()) {
    return Fail(ErrorKind::kInvalidInput, "must not be empty: use / for everything");
  }
  if (root_path.size() > 1024)
    return Fail(ErrorKind::kInvalidInput, "is longer than 1024 bytes");
  if (root_path.find("://") != std::string::npos) {
    return Fail(ErrorKind::kInvalidInput, "must be a path below the connection's URI");
  }
  for (size_t start = 0; start <= root_path.size();) {
    const size_t end = std::min(root_path.find('/', start), root_path.size());
    const std::string_view level = std::string_view(root_path).substr(start, end - start);
    if (level == "." || level == "..") {
      return Fail(ErrorKind::kInvalidInput, "must not have the levels '.' or '..'");
    }
    start = end + 1;
  }
  return {};
}

}  // namespace assay::api
