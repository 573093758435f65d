#include "connectors/s3_rights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace assay::connectors {
namespace {

TEST(S3PolicyTest, ReadingAWholeBucket) {
  EXPECT_EQ(LeastPolicy({.bucket = "lake"}, Access::kRead), Json::parse(R"({
    "Version": "2012-10-17",
    "Statement": [
      {"Effect": "Allow",
       "Action": ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
       "Resource": ["arn:aws:s3:::lake"]},
      {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::lake/*"]}]})"));
}

TEST(S3PolicyTest, WritingBelowAPrefixWithAKey) {
  const S3PolicyPlace place{.bucket = "lake",
                            .prefix = "quality/",
                            .kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/1a2b"};
  EXPECT_EQ(LeastPolicy(place, Access::kWrite), Json::parse(R"({
    "Version": "2012-10-17",
    "Statement": [
      {"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": ["arn:aws:s3:::lake"],
       "Condition": {"StringLike": {"s3:prefix": ["quality/*"]}}},
      {"Effect": "Allow", "Action": ["s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
       "Resource": ["arn:aws:s3:::lake"]},
      {"Effect": "Allow",
       "Action": ["s3:GetObject", "s3:PutObject", "s3:ListMultipartUploadParts",
                  "s3:AbortMultipartUpload", "s3:DeleteObject"],
       "Resource": ["arn:aws:s3:::lake/quality/*"]},
      {"Effect": "Allow", "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
       "Resource": ["arn:aws:kms:eu-west-1:123456789012:key/1a2b"]}]})"));
}

TEST(S3PolicyTest, ReadingNeedsOnlyToDecrypt) {
  const Json policy =
      LeastPolicy({.bucket = "lake", .kms_key_arn = "arn:aws:kms:r:1:key/k"}, Access::kRead);
  EXPECT_EQ(policy["Statement"][2]["Action"], Json::array({"kms:Decrypt"}));
}

TEST(S3PolicyTest, TheVendorsSetsOfActions) {
  const Json resources = Json::array({"arn:aws-cn:s3:::lake", "arn:aws-cn:s3:::lake/*"});
  const S3PolicyPlace place{.bucket = "lake", .prefix = "raw/", .partition = "aws-cn"};
  const Json read = VendorPolicy(place, Access::kRead);
  ASSERT_EQ(read["Statement"].size(), 1U);
  EXPECT_EQ(read["Statement"][0]["Resource"], resources);
  EXPECT_THAT(read["Statement"][0]["Action"].get<std::vector<std::string>>(),
              ::testing::UnorderedElementsAre("s3:ListBucket", "s3:ListBucketMultipartUploads",
                                              "s3:Get*"));
  const Json write = VendorPolicy(place, Access::kWrite);
  EXPECT_EQ(write["Statement"][0]["Resource"], resources);
  EXPECT_THAT(write["Statement"][0]["Action"].get<std::vector<std::string>>(),
              ::testing::UnorderedElementsAre(
                  "s3:Get*", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:PutObject",
                  "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"));
}

TEST(S3StatementTest, NamesTheResourceThatTheActionNeeds) {
  const S3PolicyPlace place{.bucket = "lake", .prefix = "raw/", .partition = "aws-us-gov"};
  EXPECT_EQ(GrantStatement("s3:GetBucketLocation", place), Json::parse(R"(
      {"Effect": "Allow", "Action": ["s3:GetBucketLocation"],
       "Resource": ["arn:aws-us-gov:s3:::lake"]})"));
  EXPECT_EQ(GrantStatement("s3:GetObject", place), Json::parse(R"(
      {"Effect": "Allow", "Action": ["s3:GetObject"],
       "Resource": ["arn:aws-us-gov:s3:::lake/raw/*"]})"));
  EXPECT_EQ(GrantStatement("s3:ListBucket", place), Json::parse(R"(
      {"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": ["arn:aws-us-gov:s3:::lake"],
       "Condition": {"StringLike": {"s3:prefix": ["raw/*"]}}})"));
}

TEST(S3StatementTest, AnAccessPointHasItsOwnArn) {
  const S3PolicyPlace place{.bucket = "arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/point",
                            .prefix = "raw/"};
  EXPECT_EQ(BucketArn(place), "arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/point");
  EXPECT_EQ(ObjectsArn(place),
            "arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/point/object/raw/*");
}

TEST(S3StatementTest, CharactersOfPoliciesStandForThemselves) {
  const S3PolicyPlace place{.bucket = "lake", .prefix = "a*b?c$d/"};
  EXPECT_EQ(ObjectsArn(place), "arn:aws:s3:::lake/a${*}b${?}c${$}d/*");
  EXPECT_EQ(GrantStatement("s3:ListBucket", place)["Condition"]["StringLike"]["s3:prefix"],
            Json::array({"a${*}b${?}c${$}d/*"}));
}

}  // namespace
}  // namespace assay::connectors
