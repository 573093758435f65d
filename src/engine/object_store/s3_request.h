// The requests to S3, built but not sent: method, path, headers and body. Pure functions.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/object_store/object_store.h"
#include "engine/object_store/s3.h"

namespace assay::engine {

struct S3Request {
  std::string operation;  // "GetObject": the name by which the runtime knows it
  std::string action;     // "s3:GetObject": the permission it needs
  std::string method;     // "GET"
  std::string key;        // of the object, for messages; empty for the bucket
  /// Percent-encoded path below the bucket, and query: "/a%20b", "?uploads=".
  std::string target = {};
  /// Without Host and what signing adds.
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::shared_ptr<const std::string> body = {};  // null: none
};

/// Whether the parts of an upload carry a CRC32C, so that the server verifies them.
enum class PartChecksum { kNone, kCrc32c };

/// Builds requests with the settings of one bucket (requester pays, encryption).
class S3Requests {
 public:
  explicit S3Requests(const S3Options& options);

  S3Request HeadBucket() const;
  S3Request GetBucketLocation() const;
  S3Request ListObjects(const ListRequest& request) const;
  S3Request HeadObject(const std::string& key) const;
  /// The bytes [offset, offset + length); length > 0. With an etag only of that version.
  S3Request GetObject(const std::string& key, const std::string& etag, int64_t offset,
                      int64_t length) const;
  S3Request PutObject(const std::string& key, std::shared_ptr<const std::string> body) const;
  S3Request DeleteObject(const std::string& key) const;
  S3Request CreateUpload(const std::string& key, PartChecksum checksum) const;
  /// `checksum_crc32c` in base64; empty: none.
  S3Request UploadPart(const std::string& key, const std::string& upload_id, int number,
                       const std::string& checksum_crc32c,
                       std::shared_ptr<const std::string> body) const;
  S3Request CompleteUpload(const PendingUpload& upload) const;
  S3Request ListParts(const std::string& key, const std::string& upload_id) const;
  S3Request AbortUpload(const std::string& key, const std::string& upload_id) const;
  /// Markers are those of the page before; empty for the first.
  S3Request ListUploads(const std::string& prefix, const std::string& key_marker,
                        const std::string& upload_id_marker) const;

 private:
  S3Request Object(const char* operation, const char* action, const char* method,
                   const std::string& key) const;
  void AddEncryption(S3Request& request) const;

  bool requester_pays_;
  ServerSideEncryption encryption_;
  std::string kms_key_id_;
};

}  // namespace assay::engine
