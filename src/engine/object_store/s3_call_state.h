// The inner side of a running request: what the runtime's callbacks write and the waiting
// thread reads.

#pragma once

#include <aws/s3/s3_client.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <span>
#include <string>

#include "auth/aws_runtime.h"
#include "engine/object_store/s3_client.h"

namespace assay::engine {

/// Shared by the waiting side and, until the runtime has let go of the request, by its
/// callbacks; thus it may outlive the call after a cancellation.
struct S3Call::State : std::enable_shared_from_this<S3Call::State> {
  State(const auth::AwsRuntime& runtime, std::shared_ptr<const std::string> body,
        std::span<std::byte> buffer);

  /// Starts `options` with our callbacks.
  void Run(aws_s3_client* client, aws_s3_meta_request_options& options);
  void FailToStart(int runtime_error);

  /// Asks the runtime to stop and wakes the waiting side.
  void Cancel();
  std::expected<S3Response, S3Failure> Wait(std::stop_token stop);
  /// Lets go of the request, which may still run to its end.
  void Release();

  const auth::AwsRuntime& runtime;
  const std::shared_ptr<const std::string> body;  // sent again by retries
  aws_byte_buf receive{};  // over the caller's buffer; its len set at success
  aws_s3_meta_request* meta_request = nullptr;

  std::mutex mutex;
  std::condition_variable changed;
  bool done = false;
  bool cancelled = false;    // the caller asked to stop
  bool cancel_sent = false;  // and the runtime was told
  S3Response response;
  S3Failure failure;  // runtime_error 0: none

 private:
  static State& Of(void* user_data);
  static int OnHeaders(aws_s3_meta_request*, const aws_http_headers* headers, int status,
                       void* user_data);
  static int OnBody(aws_s3_meta_request*, const aws_byte_cursor* bytes, uint64_t,
                    void* user_data);
  static void OnFinish(aws_s3_meta_request*, const aws_s3_meta_request_result* result,
                       void* user_data);
  static void OnShutdown(void* user_data);
};

}  // namespace assay::engine
