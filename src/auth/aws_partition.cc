#include "auth/aws_partition.h"

#include <fmt/format.h>

namespace assay::auth {

std::string PartitionOfRegion(std::string_view region) {
  if (region.starts_with("cn-")) return "aws-cn";
  if (region.starts_with("us-gov-")) return "aws-us-gov";
  return "aws";
}

std::string DnsSuffix(std::string_view partition) {
  return partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}

std::string DefaultRegion(std::string_view partition) {
  if (partition == "aws-cn") return "cn-north-1";
  if (partition == "aws-us-gov") return "us-gov-west-1";
  return "us-east-1";
}

std::string RegionalEndpoint(std::string_view service, std::string_view region) {
  return fmt::format("https://{}.{}.{}", service, region, DnsSuffix(PartitionOfRegion(region)));
}

}  // namespace assay::auth
