#include "engine/object_store/s3_address.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "auth/aws_partition.h"
#include "net/url.h"

namespace assay::engine {
namespace {

bool IsLowerOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::vector<std::string_view> Split(std::string_view text, char separator, size_t most) {
  std::vector<std::string_view> pieces;
  while (pieces.size() + 1 < most) {
    const size_t end = text.find(separator);
    if (end == std::string_view::npos) break;
    pieces.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  pieces.push_back(text);
  return pieces;
}

/// Whether the bucket can be the first label or labels of a host name.
bool IsDnsName(const std::string& bucket) {
  return bucket.size() >= 3 && bucket.size() <= 63 && IsLowerOrDigit(bucket.front()) &&
         IsLowerOrDigit(bucket.back()) && std::ranges::all_of(bucket, [](char c) {
           return IsLowerOrDigit(c) || c == '-' || c == '.';
         });
}

Status CheckBucketName(const std::string& bucket) {
  if (bucket.empty()) return Fail(ErrorKind::kInvalidInput, "the bucket name is empty");
  // Old buckets of us-east-1 and other servers allow more than DNS does.
  const bool plausible = bucket.size() <= 255 &&
                         std::ranges::all_of(bucket, net::IsUnreserved) && bucket != "." &&
                         bucket != "..";
  if (!plausible) {
    return Fail(
        ErrorKind::kInvalidInput,
        fmt::format("not a bucket name (letters, digits, '-', '.', '_'; the path comes after "
                    "the bucket): {}",
                    bucket));
  }
  return {};
}

struct Endpoint {
  bool tls = true;
  std::string authority;
  std::string path;  // no "/" at its end
};

Result<Endpoint> ParseEndpoint(std::string_view text) {
  Endpoint endpoint;
  std::string_view rest = text;
  if (rest.starts_with("https://")) {
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    endpoint.tls = false;
    rest.remove_prefix(7);
  } else {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("the endpoint must begin with http:// or https://: {}", text));
  }
  const size_t slash = std::min(rest.find('/'), rest.size());
  endpoint.authority = std::string(rest.substr(0, slash));
  endpoint.path = std::string(rest.substr(slash));
  while (endpoint.path.ends_with('/')) endpoint.path.pop_back();
  if (endpoint.authority.empty() || rest.find_first_of("?# @") != std::string_view::npos) {
    return Fail(
        ErrorKind::kInvalidInput,
        "the endpoint must be a scheme, a host and perhaps a port and a path, without user, "
        "query or spaces");
  }
  // The Host header leaves out the port that the scheme implies, and the signature covers it.
  const std::string_view implied = endpoint.tls ? ":443" : ":80";
  if (endpoint.authority.ends_with(implied)) {
    endpoint.authority.resize(endpoint.authority.size() - implied.size());
  }
  return endpoint;
}

/// An IP address has no names below it.
bool IsIpAddress(const std::string& authority) {
  const std::string host = authority.substr(0, authority.find(':'));
  return authority.starts_with('[') || (!host.empty() && std::ranges::all_of(host, [](char c) {
           return c == '.' || (c >= '0' && c <= '9');
         }));
}

Result<S3Address> AddressOfAccessPoint(const S3Options& options) {
  ASSAY_TRY(const AccessPointArn arn, ParseAccessPointArn(options.bucket));
  S3Address address;
  address.signing_region = arn.region;
  if (options.endpoint.empty()) {
    address.authority = fmt::format("{}-{}.s3-accesspoint.{}.{}", arn.name, arn.account,
                                    arn.region, auth::DnsSuffix(arn.partition));
    return address;
  }
  ASSAY_TRY(const Endpoint endpoint, ParseEndpoint(options.endpoint));
  address.tls = endpoint.tls;
  address.authority = fmt::format("{}-{}.{}", arn.name, arn.account, endpoint.authority);
  address.path_prefix = endpoint.path;
  return address;
}

bool UsesVirtualHost(const S3Options& options, const Endpoint& endpoint) {
  switch (options.addressing) {
    case AddressingStyle::kPath: return false;
    case AddressingStyle::kVirtualHost: return true;
    case AddressingStyle::kAutomatic: break;
  }
  if (!options.endpoint.empty()) return false;
  return IsDnsName(options.bucket) && !(endpoint.tls && options.bucket.contains('.'));
}

}  // namespace

std::string S3Address::Endpoint() const {
  return (tls ? "https://" : "http://") + authority;
}

Result<AccessPointArn> ParseAccessPointArn(std::string_view arn) {
  // arn:partition:service:region:account:resource
  const auto pieces = Split(arn, ':', 6);
  if (pieces.size() != 6 || pieces[0] != "arn") {
    return Fail(
        ErrorKind::kInvalidInput,
        fmt::format("not an ARN (arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME): {}", arn));
  }
  if (pieces[2] != "s3") {
    return Fail(ErrorKind::kUnsupported,
                fmt::format("only access points of the service s3 can be read: {}", arn));
  }
  if (pieces[1] != "aws" && pieces[1] != "aws-cn" && pieces[1] != "aws-us-gov") {
    return Fail(
        ErrorKind::kUnsupported,
        fmt::format("only the partitions aws, aws-cn and aws-us-gov can be read: {}", arn));
  }
  constexpr std::string_view kResource = "accesspoint";
  std::string_view name = pieces[5];
  if (!name.starts_with(kResource) || name.size() < kResource.size() + 2 ||
      (name[kResource.size()] != '/' && name[kResource.size()] != ':')) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("the ARN names no access point (accesspoint/NAME): {}", arn));
  }
  name.remove_prefix(kResource.size() + 1);
  if (pieces[3].empty()) {
    return Fail(
        ErrorKind::kUnsupported,
        fmt::format("multi-region access points cannot be read; use the access point or bucket "
                    "of one region: {}",
                    arn));
  }
  AccessPointArn parsed{.partition = std::string(pieces[1]),
                        .region = std::string(pieces[3]),
                        .account = std::string(pieces[4]),
                        .name = std::string(name)};
  const auto is_label = [](const std::string& label) {
    return !label.empty() &&
           std::ranges::all_of(label, [](char c) { return IsLowerOrDigit(c) || c == '-'; });
  };
  if (!is_label(parsed.region) || !is_label(parsed.account) || !is_label(parsed.name)) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("the ARN's region, account or name is malformed: {}", arn));
  }
  return parsed;
}

Result<S3Address> ResolveS3Address(const S3Options& options, const std::string& region) {
  if (options.bucket.starts_with("arn:")) return AddressOfAccessPoint(options);
  ASSAY_RETURN_IF_ERROR(CheckBucketName(options.bucket));
  Endpoint endpoint;
  if (options.endpoint.empty()) {
    endpoint.authority =
        fmt::format("s3.{}.{}", region, auth::DnsSuffix(auth::PartitionOfRegion(region)));
  } else {
    ASSAY_TRY(endpoint, ParseEndpoint(options.endpoint));
  }
  S3Address address{.tls = endpoint.tls,
                    .authority = endpoint.authority,
                    .path_prefix = endpoint.path,
                    .signing_region = region};
  if (UsesVirtualHost(options, endpoint)) {
    if (!IsDnsName(options.bucket) || IsIpAddress(endpoint.authority)) {
      return Fail(
          ErrorKind::kInvalidInput,
          fmt::format("virtual-host addressing needs a bucket and an endpoint that form a host "
                      "name; use path addressing for bucket {} at {}",
                      options.bucket, endpoint.authority));
    }
    address.authority = options.bucket + "." + endpoint.authority;
  } else {
    address.path_prefix += "/" + options.bucket;
  }
  return address;
}

std::string DecodeListedKey(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      decoded += ' ';
    } else if (text[i] == '%' && i + 2 < text.size() && HexValue(text[i + 1]) >= 0 &&
               HexValue(text[i + 2]) >= 0) {
      decoded += static_cast<char>(HexValue(text[i + 1]) * 16 + HexValue(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

}  // namespace assay::engine
