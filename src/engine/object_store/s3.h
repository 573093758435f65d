// The S3 implementation of ObjectStore, on the AWS Common Runtime.

#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "auth/aws_credentials.h"
#include "engine/object_store/object_store.h"

namespace assay::engine {

enum class AddressingStyle { kAutomatic, kPath, kVirtualHost };
enum class ServerSideEncryption { kBucketDefault, kAes256, kKms };

/// Where and how to reach one bucket.
struct S3Options {
  std::string
      bucket;  // a name, or an access-point ARN ("arn:aws:s3:us-east-1:1:accesspoint/x")
  std::string endpoint;  // empty: AWS, from region and partition; else "http://127.0.0.1:9000"
  std::string region;    // empty: asked from the bucket once, "us-east-1" for custom endpoints
  AddressingStyle addressing = AddressingStyle::kAutomatic;  // path for custom endpoints
  bool requester_pays = false;
  ServerSideEncryption encryption = ServerSideEncryption::kBucketDefault;
  std::string kms_key_id;  // with kKms; empty: the account's default key
  int64_t memory_limit_bytes = int64_t{512}
                               << 20;  // of transfer buffers, all requests together
  double retry_budget = 20;            // retries in a row before failing fast; refills by use
  std::string ca_bundle_path;          // PEM; empty: the system's
};

class S3Bucket;

/// Opens a client. No request is made except, if region is empty, one to find it; a stop
/// request ends that with kCancelled. The process's AWS runtime starts with the first store and
/// lives until exit.
Result<std::shared_ptr<ObjectStore>> OpenS3(const S3Options& options,
                                            const auth::AwsCredentialsOptions& credentials,
                                            std::stop_token stop);

/// The store over a bucket that was opened before and may be used besides.
std::shared_ptr<ObjectStore> MakeS3Store(std::shared_ptr<S3Bucket> bucket);

}  // namespace assay::engine
