// Moves the bytes of requests: one client of the AWS runtime, with its connections, signing and
// retries.

#pragma once

#include <aws/s3/s3_client.h>

#include <cstddef>
#include <expected>
#include <memory>
#include <span>
#include <stop_token>

#include "auth/aws_credentials_provider.h"
#include "auth/aws_runtime.h"
#include "base/result.h"
#include "engine/object_store/s3.h"
#include "engine/object_store/s3_address.h"
#include "engine/object_store/s3_error.h"
#include "engine/object_store/s3_request.h"
#include "engine/object_store/s3_response.h"

namespace assay::engine {

/// Size of one range of a large read, and of one part of an upload unless the file is so large
/// that it would have more than 10,000 of them.
inline constexpr int64_t kPartBytes = int64_t{8} << 20;

/// A request under way. Destroying it before Wait() has returned cancels it and waits.
class S3Call {
 public:
  struct State;
  explicit S3Call(std::shared_ptr<State> state);
  S3Call(S3Call&&) noexcept;
  S3Call& operator=(S3Call&&) noexcept = delete;
  ~S3Call();

  /// Blocks until the answer is there, the retries are used up, or `stop` is requested; then it
  /// returns within a second, and the receiving buffer is not written any more. Once only.
  std::expected<S3Response, S3Failure> Wait(std::stop_token stop);

 private:
  std::shared_ptr<State> state_;
};

/// Thread-safe. Signs with whatever the credentials provider gives at the time of each request.
class S3Client {
 public:
  static Result<std::unique_ptr<S3Client>> Open(const S3Options& options,
                                                const auth::AwsCredentialsOptions& credentials);

  /// Sends the request as it is; the answer's body comes with the response.
  S3Call Start(const S3Request& request, const S3Address& address);

  /// Sends a GetObject with a range as large as `buffer`, split into parallel ones if it is
  /// long, and receives into `buffer`. The response's body is empty. Fails with runtime error
  /// AWS_ERROR_S3_MISSING_ETAG if the server names no versions, and with AWS_ERROR_SHORT_BUFFER
  /// if fewer bytes came than the buffer has.
  S3Call StartReceiving(const S3Request& request, const S3Address& address,
                        std::span<std::byte> buffer);

  /// By which requests are signed.
  const auth::AwsCredentialsProvider& credentials() const { return provider_; }

 private:
  S3Client(const auth::AwsRuntime& runtime, auth::AwsCredentialsProvider provider,
           auth::AwsHandle<aws_s3_client, aws_s3_client_release> client);
  S3Call Start(const S3Request& request, const S3Address& address, std::span<std::byte> buffer);

  const auth::AwsRuntime& runtime_;
  auth::AwsCredentialsProvider provider_;
  auth::AwsHandle<aws_s3_client, aws_s3_client_release> client_;
};

}  // namespace assay::engine
