#include "engine/object_store/s3_request.h"

#include <fmt/format.h>

#include "auth/aws_xml.h"
#include "engine/object_store/s3_address.h"
#include "engine/object_store/s3_checksum.h"
#include "net/url.h"

namespace assay::engine {
namespace {

std::string QueryValue(std::string_view text) {
  return net::PercentEncode(text, net::SlashEncoding::kEncode);
}

}  // namespace

S3Requests::S3Requests(const S3Options& options)
    : requester_pays_(options.requester_pays),
      encryption_(options.encryption),
      kms_key_id_(options.kms_key_id) {}

S3Request S3Requests::Object(const char* operation, const char* action, const char* method,
                             const std::string& key) const {
  S3Request request{.operation = operation, .action = action, .method = method, .key = key};
  if (!key.empty()) request.target = "/" + net::PercentEncode(key, net::SlashEncoding::kKeep);
  if (requester_pays_) request.headers.emplace_back("x-amz-request-payer", "requester");
  return request;
}

void S3Requests::AddEncryption(S3Request& request) const {
  switch (encryption_) {
    case ServerSideEncryption::kBucketDefault: return;
    case ServerSideEncryption::kAes256:
      request.headers.emplace_back("x-amz-server-side-encryption", "AES256");
      return;
    case ServerSideEncryption::kKms:
      request.headers.emplace_back("x-amz-server-side-encryption", "aws:kms");
      if (!kms_key_id_.empty()) {
        request.headers.emplace_back("x-amz-server-side-encryption-aws-kms-key-id",
                                     kms_key_id_);
      }
      return;
  }
}

S3Request S3Requests::HeadBucket() const {
  return Object("HeadBucket", "s3:ListBucket", "HEAD", "");
}

S3Request S3Requests::GetBucketLocation() const {
  S3Request request = Object("GetBucketLocation", "s3:GetBucketLocation", "GET", "");
  request.target = "?location=";
  return request;
}

S3Request S3Requests::ListObjects(const ListRequest& list) const {
  S3Request request = Object("ListObjectsV2", "s3:ListBucket", "GET", "");
  request.target = fmt::format("?list-type=2&encoding-type=url&max-keys={}", list.max_keys);
  if (!list.prefix.empty()) request.target += "&prefix=" + QueryValue(list.prefix);
  if (!list.delimiter.empty()) request.target += "&delimiter=" + QueryValue(list.delimiter);
  if (!list.token.empty()) request.target += "&continuation-token=" + QueryValue(list.token);
  return request;
}

S3Request S3Requests::HeadObject(const std::string& key) const {
  S3Request request = Object("HeadObject", "s3:GetObject", "HEAD", key);
  request.headers.emplace_back("x-amz-checksum-mode", "ENABLED");
  return request;
}

S3Request S3Requests::GetObject(const std::string& key, const std::string& etag, int64_t offset,
                                int64_t length) const {
  S3Request request = Object("GetObject", "s3:GetObject", "GET", key);
  request.headers.emplace_back("Range",
                               fmt::format("bytes={}-{}", offset, offset + length - 1));
  if (!etag.empty()) request.headers.emplace_back("If-Match", fmt::format("\"{}\"", etag));
  return request;
}

S3Request S3Requests::PutObject(const std::string& key,
                                std::shared_ptr<const std::string> body) const {
  S3Request request = Object("PutObject", "s3:PutObject", "PUT", key);
  request.headers.emplace_back("x-amz-checksum-crc32c", Crc32cBase64(*body));
  AddEncryption(request);
  request.body = std::move(body);
  return request;
}

S3Request S3Requests::DeleteObject(const std::string& key) const {
  return Object("DeleteObject", "s3:DeleteObject", "DELETE", key);
}

S3Request S3Requests::CreateUpload(const std::string& key, PartChecksum checksum) const {
  S3Request request = Object("CreateMultipartUpload", "s3:PutObject", "POST", key);
  request.target += "?uploads=";
  if (checksum == PartChecksum::kCrc32c) {
    request.headers.emplace_back("x-amz-checksum-algorithm", "CRC32C");
  }
  AddEncryption(request);
  return request;
}

S3Request S3Requests::UploadPart(const std::string& key, const std::string& upload_id,
                                 int number, const std::string& checksum_crc32c,
                                 std::shared_ptr<const std::string> body) const {
  S3Request request = Object("UploadPart", "s3:PutObject", "PUT", key);
  request.target += fmt::format("?partNumber={}&uploadId={}", number, QueryValue(upload_id));
  if (!checksum_crc32c.empty()) {
    request.headers.emplace_back("x-amz-checksum-crc32c", checksum_crc32c);
  }
  request.body = std::move(body);
  return request;
}

S3Request S3Requests::CompleteUpload(const PendingUpload& upload) const {
  S3Request request = Object("CompleteMultipartUpload", "s3:PutObject", "POST", upload.key);
  request.target += "?uploadId=" + QueryValue(upload.upload_id);
  std::string body =
      "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">";
  for (const PendingUpload::Part& part : upload.parts) {
    body += fmt::format("<Part><PartNumber>{}</PartNumber><ETag>&quot;{}&quot;</ETag>",
                        part.number, auth::EscapeXml(part.etag));
    if (!part.checksum_crc32c.empty()) {
      body += fmt::format("<ChecksumCRC32C>{}</ChecksumCRC32C>",
                          auth::EscapeXml(part.checksum_crc32c));
    }
    body += "</Part>";
  }
  body += "</CompleteMultipartUpload>";
  request.body = std::make_shared<const std::string>(std::move(body));
  request.headers.emplace_back("Content-Type", "application/xml");
  return request;
}

S3Request S3Requests::ListParts(const std::string& key, const std::string& upload_id) const {
  S3Request request = Object("ListParts", "s3:ListMultipartUploadParts", "GET", key);
  request.target += "?uploadId=" + QueryValue(upload_id);
  return request;
}

S3Request S3Requests::AbortUpload(const std::string& key, const std::string& upload_id) const {
  S3Request request = Object("AbortMultipartUpload", "s3:AbortMultipartUpload", "DELETE", key);
  request.target += "?uploadId=" + QueryValue(upload_id);
  return request;
}

S3Request S3Requests::ListUploads(const std::string& prefix, const std::string& key_marker,
                                  const std::string& upload_id_marker) const {
  S3Request request =
      Object("ListMultipartUploads", "s3:ListBucketMultipartUploads", "GET", "");
  request.target = "?uploads=&encoding-type=url";
  if (!prefix.empty()) request.target += "&prefix=" + QueryValue(prefix);
  if (!key_marker.empty()) request.target += "&key-marker=" + QueryValue(key_marker);
  if (!upload_id_marker.empty())
    request.target += "&upload-id-marker=" + QueryValue(upload_id_marker);
  return request;
}

}  // namespace assay::engine
