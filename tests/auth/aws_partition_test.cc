#include "auth/aws_partition.h"

#include <gtest/gtest.h>

namespace assay::auth {
namespace {

TEST(AwsPartitionTest, EachHasItsOwnHosts) {
  EXPECT_EQ(RegionalEndpoint("sts", "eu-west-1"), "https://sts.eu-west-1.amazonaws.com");
  EXPECT_EQ(RegionalEndpoint("sts", "cn-north-1"), "https://sts.cn-north-1.amazonaws.com.cn");
  EXPECT_EQ(RegionalEndpoint("sts", "us-gov-east-1"),
            "https://sts.us-gov-east-1.amazonaws.com");
}

TEST(AwsPartitionTest, EachHasAFirstRegion) {
  for (const char* partition : {"aws", "aws-cn", "aws-us-gov"}) {
    EXPECT_EQ(PartitionOfRegion(DefaultRegion(partition)), partition);
  }
}

}  // namespace
}  // namespace assay::auth
