#include "engine/object_store/s3_address.h"

#include <gtest/gtest.h>

namespace assay::engine {
namespace {

struct AddressCase {
  const char* name;
  const char* bucket;
  const char* endpoint;
  const char* region;
  AddressingStyle style;
  const char* address;  // endpoint, path prefix and signing region
};

class S3AddressTest : public testing::TestWithParam<AddressCase> {};

TEST_P(S3AddressTest, Resolves) {
  S3Options options;
  options.bucket = GetParam().bucket;
  options.endpoint = GetParam().endpoint;
  options.addressing = GetParam().style;
  const Result<S3Address> address = ResolveS3Address(options, GetParam().region);
  ASSERT_TRUE(address.has_value()) << address.error().message;
  EXPECT_EQ(address->Endpoint() + address->path_prefix + " " + address->signing_region,
            GetParam().address);
}

constexpr auto kAutomatic = AddressingStyle::kAutomatic;
constexpr auto kPath = AddressingStyle::kPath;
constexpr auto kVirtualHost = AddressingStyle::kVirtualHost;

INSTANTIATE_TEST_SUITE_P(
    Cases, S3AddressTest,
    testing::Values(
        AddressCase{"Aws", "lake", "", "eu-west-1", kAutomatic,
                    "https://lake.s3.eu-west-1.amazonaws.com eu-west-1"},
        AddressCase{"AwsByPath", "lake", "", "eu-west-1", kPath,
                    "https://s3.eu-west-1.amazonaws.com/lake eu-west-1"},
        AddressCase{"DotsAreNoPartOfACertificate", "my.lake", "", "us-east-1", kAutomatic,
                    "https://s3.us-east-1.amazonaws.com/my.lake us-east-1"},
        AddressCase{"OldBucketName", "Old_Lake", "", "us-east-1", kAutomatic,
                    "https://s3.us-east-1.amazonaws.com/Old_Lake us-east-1"},
        AddressCase{"China", "lake", "", "cn-north-1", kAutomatic,
                    "https://lake.s3.cn-north-1.amazonaws.com.cn cn-north-1"},
        AddressCase{"UsGov", "lake", "", "us-gov-west-1", kAutomatic,
                    "https://lake.s3.us-gov-west-1.amazonaws.com us-gov-west-1"},
        AddressCase{"Custom", "lake", "http://127.0.0.1:9000", "us-east-1", kAutomatic,
                    "http://127.0.0.1:9000/lake us-east-1"},
        AddressCase{"CustomWithImpliedPort", "lake", "https://minio.test:443/", "us-east-1",
                    kAutomatic, "https://minio.test/lake us-east-1"},
        AddressCase{"CustomWithPath", "lake", "https://gw.test/s3/", "us-east-1", kAutomatic,
                    "https://gw.test/s3/lake us-east-1"},
        AddressCase{"CustomByHost", "lake", "http://s3.test:9000", "us-east-1", kVirtualHost,
                    "http://lake.s3.test:9000 us-east-1"},
        AddressCase{
            "AccessPoint", "arn:aws:s3:us-west-2:123456789012:accesspoint/reports", "",
            "us-east-1", kAutomatic,
            "https://reports-123456789012.s3-accesspoint.us-west-2.amazonaws.com us-west-2"},
        AddressCase{"AccessPointWithColon",
                    "arn:aws-us-gov:s3:us-gov-east-1:123456789012:accesspoint:reports", "",
                    "us-east-1", kAutomatic,
                    "https://reports-123456789012.s3-accesspoint.us-gov-east-1.amazonaws.com "
                    "us-gov-east-1"},
        AddressCase{"AccessPointInChina",
                    "arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/reports", "",
                    "us-east-1", kAutomatic,
                    "https://reports-123456789012.s3-accesspoint.cn-north-1.amazonaws.com.cn "
                    "cn-north-1"},
        AddressCase{"AccessPointAtEndpoint",
                    "arn:aws:s3:us-west-2:123456789012:accesspoint/reports",
                    "http://s3.test:9000", "us-east-1", kAutomatic,
                    "http://reports-123456789012.s3.test:9000 us-west-2"}),
    [](const auto& info) { return info.param.name; });

struct BadCase {
  const char* name;
  const char* bucket;
  const char* endpoint;
  AddressingStyle style;
  ErrorKind kind;
};

class S3BadAddressTest : public testing::TestWithParam<BadCase> {};

TEST_P(S3BadAddressTest, IsRefused) {
  S3Options options;
  options.bucket = GetParam().bucket;
  options.endpoint = GetParam().endpoint;
  options.addressing = GetParam().style;
  const Result<S3Address> address = ResolveS3Address(options, "us-east-1");
  ASSERT_FALSE(address.has_value()) << address->Endpoint();
  EXPECT_EQ(address.error().kind, GetParam().kind) << address.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, S3BadAddressTest,
    testing::Values(
        BadCase{"NoBucket", "", "", kAutomatic, ErrorKind::kInvalidInput},
        BadCase{"BucketWithPath", "lake/raw", "", kAutomatic, ErrorKind::kInvalidInput},
        BadCase{"ParentFolder", "..", "http://a", kAutomatic, ErrorKind::kInvalidInput},
        BadCase{"BucketWithSpace", "my lake", "", kAutomatic, ErrorKind::kInvalidInput},
        BadCase{"NoScheme", "lake", "127.0.0.1:9000", kAutomatic, ErrorKind::kInvalidInput},
        BadCase{"NoHost", "lake", "http://", kAutomatic, ErrorKind::kInvalidInput},
        BadCase{"SecretInEndpoint", "lake", "http://me:pw@host", kAutomatic,
                ErrorKind::kInvalidInput},
        BadCase{"HostNameOnAnAddress", "lake", "http://127.0.0.1:1", kVirtualHost,
                ErrorKind::kInvalidInput},
        BadCase{"UnknownPartition", "arn:aws-iso:s3:r:1:accesspoint/a", "", kAutomatic,
                ErrorKind::kUnsupported},
        BadCase{"OtherService", "arn:aws:s3-outposts:r:1:outpost/o/accesspoint/a", "",
                kAutomatic, ErrorKind::kUnsupported},
        BadCase{"ObjectLambda", "arn:aws:s3-object-lambda:r:1:accesspoint/a", "", kAutomatic,
                ErrorKind::kUnsupported},
        BadCase{"MultiRegion", "arn:aws:s3::1:accesspoint/a.mrap", "", kAutomatic,
                ErrorKind::kUnsupported},
        BadCase{"BucketArn", "arn:aws:s3:::lake", "", kAutomatic, ErrorKind::kInvalidInput},
        BadCase{"ArnWithoutName", "arn:aws:s3:r:1:accesspoint/", "", kAutomatic,
                ErrorKind::kInvalidInput},
        BadCase{"ArnWithHostInName", "arn:aws:s3:r:1:accesspoint/a.evil/b", "", kAutomatic,
                ErrorKind::kInvalidInput},
        BadCase{"ShortArn", "arn:aws:s3", "", kAutomatic, ErrorKind::kInvalidInput}),
    [](const auto& info) { return info.param.name; });

TEST(S3EncodingTest, DecodesListedKeys) {
  EXPECT_EQ(DecodeListedKey("a+b%2Bc%2fd%C3%BC"), "a b+c/dü");
  EXPECT_EQ(DecodeListedKey("100%"), "100%");
  EXPECT_EQ(DecodeListedKey("%zz%4"), "%zz%4");
}

}  // namespace
}  // namespace assay::engine
