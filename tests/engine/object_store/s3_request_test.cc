#include "engine/object_store/s3_request.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace assay::engine {
namespace {

/// The request as it goes out: first line, headers in order of name, and body.
std::string Wire(S3Request request) {
  std::string text = request.method + " " + request.target;
  std::ranges::sort(request.headers);
  for (const auto& [name, value] : request.headers)
    text += fmt::format("\n{}: {}", name, value);
  if (request.body) text += "\n\n" + *request.body;
  return text;
}

std::shared_ptr<const std::string> Body(const char* text) {
  return std::make_shared<const std::string>(text);
}

TEST(S3RequestTest, Plain) {
  const S3Requests requests{S3Options{}};
  EXPECT_EQ(Wire(requests.HeadBucket()), "HEAD ");
  EXPECT_EQ(Wire(requests.GetBucketLocation()), "GET ?location=");
  EXPECT_EQ(Wire(requests.ListObjects({})), "GET ?list-type=2&encoding-type=url&max-keys=1000");
  EXPECT_EQ(Wire(requests.ListObjects(
                {.prefix = "a b/", .delimiter = "/", .token = "t+/=", .max_keys = 5})),
            "GET ?list-type=2&encoding-type=url&max-keys=5&prefix=a%20b%2F&delimiter=%2F"
            "&continuation-token=t%2B%2F%3D");
  EXPECT_EQ(Wire(requests.HeadObject("a/b c")), "HEAD /a/b%20c\nx-amz-checksum-mode: ENABLED");
  EXPECT_EQ(Wire(requests.GetObject("a", "", 5, 10)), "GET /a\nRange: bytes=5-14");
  EXPECT_EQ(Wire(requests.GetObject("a", "v1", 0, 1)),
            "GET /a\nIf-Match: \"v1\"\nRange: bytes=0-0");
  EXPECT_EQ(Wire(requests.DeleteObject("a")), "DELETE /a");
  EXPECT_EQ(Wire(requests.AbortUpload("a", "u/1")), "DELETE /a?uploadId=u%2F1");
  EXPECT_EQ(Wire(requests.ListParts("a", "u/1")), "GET /a?uploadId=u%2F1");
  EXPECT_EQ(Wire(requests.ListUploads("p/", "k", "u")),
            "GET ?uploads=&encoding-type=url&prefix=p%2F&key-marker=k&upload-id-marker=u");
  EXPECT_EQ(Wire(requests.PutObject("a", Body("123456789"))),
            "PUT /a\nx-amz-checksum-crc32c: 4waSgw==\n\n123456789");
  EXPECT_EQ(Wire(requests.CreateUpload("a", PartChecksum::kNone)), "POST /a?uploads=");
  EXPECT_EQ(Wire(requests.CreateUpload("a", PartChecksum::kCrc32c)),
            "POST /a?uploads=\nx-amz-checksum-algorithm: CRC32C");
  EXPECT_EQ(Wire(requests.UploadPart("a", "u", 3, "4waSgw==", Body("123456789"))),
            "PUT /a?partNumber=3&uploadId=u\nx-amz-checksum-crc32c: 4waSgw==\n\n123456789");
}

TEST(S3RequestTest, CompletionNamesPartsAndTheirChecksums) {
  const S3Requests requests{S3Options{}};
  EXPECT_EQ(
      Wire(requests.CompleteUpload(
          {.key = "a", .upload_id = "u", .parts = {{1, "e&1", "4waSgw=="}, {2, "e2", ""}}})),
      "POST /a?uploadId=u\nContent-Type: application/xml\n\n"
      "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
      "<Part><PartNumber>1</PartNumber><ETag>&quot;e&amp;1&quot;</ETag>"
      "<ChecksumCRC32C>4waSgw==</ChecksumCRC32C></Part>"
      "<Part><PartNumber>2</PartNumber><ETag>&quot;e2&quot;</ETag></Part>"
      "</CompleteMultipartUpload>");
}

TEST(S3RequestTest, RequesterPaysIsSaidInEveryRequest) {
  S3Options options;
  options.requester_pays = true;
  const S3Requests requests(options);
  for (const S3Request& request :
       {requests.HeadBucket(), requests.ListObjects({}), requests.GetObject("a", "", 0, 1),
        requests.PutObject("a", Body("")), requests.CompleteUpload({}),
        requests.DeleteObject("a")}) {
    EXPECT_THAT(request.headers,
                testing::Contains(testing::Pair("x-amz-request-payer", "requester")))
        << request.operation;
  }
}

TEST(S3RequestTest, EncryptionIsAskedForWhereObjectsAreMade) {
  S3Options options;
  options.encryption = ServerSideEncryption::kAes256;
  EXPECT_EQ(Wire(S3Requests(options).CreateUpload("a", PartChecksum::kNone)),
            "POST /a?uploads=\nx-amz-server-side-encryption: AES256");
  options.encryption = ServerSideEncryption::kKms;
  EXPECT_EQ(Wire(S3Requests(options).CreateUpload("a", PartChecksum::kNone)),
            "POST /a?uploads=\nx-amz-server-side-encryption: aws:kms");
  options.kms_key_id = "key-1";
  EXPECT_EQ(Wire(S3Requests(options).PutObject("a", Body(""))),
            "PUT /a\nx-amz-checksum-crc32c: AAAAAA==\nx-amz-server-side-encryption: aws:kms\n"
            "x-amz-server-side-encryption-aws-kms-key-id: key-1\n\n");
  EXPECT_EQ(Wire(S3Requests(options).GetObject("a", "", 0, 1)), "GET /a\nRange: bytes=0-0");
}

}  // namespace
}  // namespace assay::engine
