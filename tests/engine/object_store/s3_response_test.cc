#include "engine/object_store/s3_response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::engine {
namespace {

using testing::ElementsAre;

TEST(S3ResponseTest, ListingWithDecodedKeys) {
  const ListPage page = ParseListObjects(R"(<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Prefix>p</Prefix>
<EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>
<NextContinuationToken>to+k/en==</NextContinuationToken>
<Contents><Key>a+b%2Fc%2B%C3%BC</Key><LastModified>2026-01-02T03:04:05.678Z</LastModified>
<ETag>&quot;e1&quot;</ETag><Size>12345678901</Size><StorageClass>GLACIER</StorageClass>
<Owner><ID>o</ID></Owner></Contents>
<CommonPrefixes><Prefix>d+e/</Prefix></CommonPrefixes></ListBucketResult>)")
                            .value();
  ASSERT_EQ(page.objects.size(), 1u);
  EXPECT_EQ(page.objects[0].key, "a b/c+ü");
  EXPECT_EQ(page.objects[0].size_bytes, 12345678901);
  EXPECT_EQ(FormatTimestamp(page.objects[0].last_modified), "2026-01-02T03:04:05.678000Z");
  EXPECT_EQ(page.objects[0].etag, "e1");
  EXPECT_EQ(page.objects[0].storage_class, "GLACIER");
  EXPECT_THAT(page.common_prefixes, ElementsAre("d e/"));
  EXPECT_EQ(page.next_token, "to+k/en==");
}

TEST(S3ResponseTest, KeysOfAServerThatDoesNotEncodeStayAsTheyAre) {
  const ListPage page = ParseListObjects(
                            "<ListBucketResult><Contents><Key>a+b%20</Key><Size>0</Size></"
                            "Contents></ListBucketResult>")
                            .value();
  EXPECT_EQ(page.objects[0].key, "a+b%20");
  EXPECT_EQ(page.next_token, "");
}

TEST(S3ResponseTest, MalformedListingsAreCorruptData) {
  for (
      const char* body :
      {"", "<Error/>", "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>",
       "<ListBucketResult><Contents><Key>a</Key><Size>-1</Size></Contents></ListBucketResult>",
       "<ListBucketResult><Contents><Key>a</Key><Size>1x</Size></Contents></ListBucketResult>",
       "<ListBucketResult><Contents><Key>a</Key><Size>1</Size><LastModified>soon</LastModified>"
       "</Contents></ListBucketResult>",
       "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"}) {
    const Result<ListPage> page = ParseListObjects(body);
    ASSERT_FALSE(page.has_value()) << body;
    EXPECT_NE(page.error().message, "");
  }
}

TEST(S3ResponseTest, UploadIds) {
  EXPECT_EQ(ParseUploadId("<InitiateMultipartUploadResult><UploadId>u1</UploadId>"
                          "</InitiateMultipartUploadResult>")
                .value(),
            "u1");
  EXPECT_EQ(ParseUploadId("<InitiateMultipartUploadResult/>").error().kind,
            ErrorKind::kCorruptData);
}

TEST(S3ResponseTest, BucketLocations) {
  const std::string open = "<?xml version=\"1.0\"?>\n<LocationConstraint xmlns=\"u\"";
  EXPECT_EQ(ParseBucketLocation(open + ">eu-west-3</LocationConstraint>").value(), "eu-west-3");
  EXPECT_EQ(ParseBucketLocation(open + ">EU</LocationConstraint>").value(), "eu-west-1");
  EXPECT_EQ(ParseBucketLocation(open + "/>").value(), "us-east-1");
  EXPECT_EQ(ParseBucketLocation(open + "></LocationConstraint>").value(), "us-east-1");
  EXPECT_EQ(ParseBucketLocation("<html/>").error().kind, ErrorKind::kCorruptData);
}

TEST(S3ResponseTest, ObjectHeaders) {
  const S3Response response{.status = 200,
                            .headers = {{"content-length", "42"},
                                        {"etag", "W/\"e\""},
                                        {"last-modified", "Wed, 21 Oct 2015 07:28:00 GMT"},
                                        {"x-amz-storage-class", "DEEP_ARCHIVE"}}};
  const ObjectInfo object = ParseObjectHeaders("k", response).value();
  EXPECT_EQ(object.key, "k");
  EXPECT_EQ(object.size_bytes, 42);
  EXPECT_EQ(object.etag, "e");
  EXPECT_EQ(FormatTimestamp(object.last_modified), "2015-10-21T07:28:00Z");
  EXPECT_EQ(object.storage_class, "DEEP_ARCHIVE");
}

TEST(S3ResponseTest, MalformedObjectHeadersAreCorruptData) {
  EXPECT_EQ(ParseObjectHeaders("k", {}).error().kind, ErrorKind::kCorruptData);
  EXPECT_EQ(ParseHttpDate("2015-10-21").error().kind, ErrorKind::kCorruptData);
  EXPECT_EQ(ParseHttpDate("Wed, 21 Oct 2015 07:28:00 CET").error().kind,
            ErrorKind::kCorruptData);
}

TEST(S3ResponseTest, ErrorBodies) {
  const S3ErrorBody error = ParseErrorBody(
      "<Error><Code>PermanentRedirect</Code><Message>m</Message><Region>r</Region></Error>");
  EXPECT_EQ(error.code, "PermanentRedirect");
  EXPECT_EQ(error.message, "m");
  EXPECT_EQ(error.region, "r");
  EXPECT_EQ(ParseErrorBody("<ErrorResponse><Error><Code>c</Code></Error></ErrorResponse>").code,
            "c");
  EXPECT_EQ(ParseErrorBody("<html><Code>c</Code></html>").code, "");
  EXPECT_EQ(ParseErrorBody("").code, "");
}

}  // namespace
}  // namespace assay::engine
