// The partitions of AWS, each with its own accounts and host names.

#pragma once

#include <string>
#include <string_view>

namespace assay::auth {

/// "aws", "aws-cn" or "aws-us-gov".
std::string PartitionOfRegion(std::string_view region);

/// "amazonaws.com", in China "amazonaws.com.cn".
std::string DnsSuffix(std::string_view partition);

/// Where to ask when nobody named a region: "us-east-1", "cn-north-1", "us-gov-west-1".
std::string DefaultRegion(std::string_view partition);

/// "https://sts.eu-west-1.amazonaws.com" for service "sts".
std::string RegionalEndpoint(std::string_view service, std::string_view region);

}  // namespace assay::auth
