// One bucket and how to reach it: sends requests to the right region and turns failures into
// errors.

#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "engine/object_store/byte_budget.h"
#include "engine/object_store/s3_client.h"

namespace assay::engine {

/// What all operations on a bucket share. Thread-safe.
class S3Bucket {
 public:
  /// As OpenS3.
  static Result<std::unique_ptr<S3Bucket>> Open(const S3Options& options,
                                                const auth::AwsCredentialsOptions& credentials,
                                                std::stop_token stop);

  const S3Options& options() const { return options_; }
  const S3Requests& requests() const { return requests_; }
  /// Of the buffers that transfers need beside the caller's.
  ByteBudget& budget() { return budget_; }

  /// Sends the request, and once more if the answer names another region for the bucket. With a
  /// non-empty buffer it receives into that.
  std::expected<S3Response, S3Failure> Send(const S3Request& request,
                                            std::span<std::byte> buffer, std::stop_token stop);

  /// The same with the failure in words.
  Result<S3Response> Execute(const S3Request& request, std::stop_token stop);

  /// Starts a request without waiting for it, for requests that run side by side. The region
  /// must be right, which it is after any request succeeded.
  S3Call Start(const S3Request& request);

  Error Explain(const S3Failure& failure, const S3Request& request) const;

  /// What requests are signed with now; as AwsCredentialsProvider::Keys.
  Result<auth::AwsKeys> Keys(const std::stop_token& stop) const;

  /// Where requests go now.
  S3Target target() const;

 private:
  S3Bucket(const S3Options& options, S3Address address, std::unique_ptr<S3Client> client);

  S3Address address() const;
  /// Whether the request is worth repeating.
  bool MoveTo(const std::string& region);

  const S3Options options_;
  const S3Requests requests_;
  ByteBudget budget_;
  mutable std::mutex mutex_;
  S3Address address_;
  const std::unique_ptr<S3Client> client_;
};

}  // namespace assay::engine
