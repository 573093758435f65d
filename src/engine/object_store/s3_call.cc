#include <aws/common/error.h>
#include <aws/http/request_response.h>
#include <aws/s3/s3.h>

#include <algorithm>
#include <chrono>

#include "engine/object_store/s3_call_state.h"

namespace assay::engine {
namespace {

// A cancelled transfer ends in milliseconds, but a cancelled attempt to connect or a pause
// before a retry runs to its own end. Those are left behind: they write nothing.
constexpr std::chrono::milliseconds kCancelWait(700);

std::vector<std::pair<std::string, std::string>> CopyHeaders(const aws_http_headers* headers) {
  std::vector<std::pair<std::string, std::string>> copy;
  for (size_t i = 0; i < aws_http_headers_count(headers); ++i) {
    aws_http_header header{};
    aws_http_headers_get_index(headers, i, &header);
    std::string name = auth::ToString(header.name);
    std::ranges::transform(name, name.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    });
    copy.emplace_back(std::move(name), auth::ToString(header.value));
  }
  return copy;
}

/// The runtime keeps nothing of some answers after its retries but what they were.
void RestoreAnswer(S3Failure& failure) {
  switch (failure.runtime_error) {
    case AWS_ERROR_S3_REQUEST_TIME_TOO_SKEWED:
      failure.status = 403;
      failure.code = "RequestTimeTooSkewed";
      return;
    case AWS_ERROR_S3_SLOW_DOWN:
      failure.status = 503;
      failure.code = "SlowDown";
      return;
    case AWS_ERROR_S3_INTERNAL_ERROR:
      failure.status = 500;
      failure.code = "InternalError";
      return;
    default: return;
  }
}

S3Failure MakeFailure(const aws_s3_meta_request_result& result) {
  S3Failure failure{.runtime_error = result.error_code, .status = result.response_status};
  if (result.error_response_body != nullptr) {
    const aws_byte_cursor body = aws_byte_cursor_from_buf(result.error_response_body);
    const S3ErrorBody error = ParseErrorBody(auth::ToString(body));
    failure.code = error.code;
    failure.message = error.message;
    failure.bucket_region = error.region;
  }
  if (result.error_response_headers != nullptr) {
    const S3Response answer{.headers = CopyHeaders(result.error_response_headers)};
    if (failure.bucket_region.empty())
      failure.bucket_region = answer.Header("x-amz-bucket-region");
    if (const auto server = ParseHttpDate(answer.Header("date"))) {
      failure.clock_ahead =
          std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now() - *server);
    }
  }
  if (failure.status == 0) RestoreAnswer(failure);
  return failure;
}

}  // namespace

S3Call::State::State(const auth::AwsRuntime& runtime, std::shared_ptr<const std::string> body,
                     std::span<std::byte> buffer)
    : runtime(runtime), body(std::move(body)) {
  if (!buffer.empty()) receive = aws_byte_buf_from_empty_array(buffer.data(), buffer.size());
}

void S3Call::State::Release() {
  aws_s3_meta_request_release(meta_request);
  meta_request = nullptr;
}

S3Call::State& S3Call::State::Of(void* user_data) {
  return **static_cast<std::shared_ptr<State>*>(user_data);
}

int S3Call::State::OnHeaders(aws_s3_meta_request*, const aws_http_headers* headers, int status,
                             void* user_data) {
  State& state = Of(user_data);
  const std::lock_guard lock(state.mutex);
  state.response.status = status;
  state.response.headers = CopyHeaders(headers);
  return AWS_OP_SUCCESS;
}

int S3Call::State::OnBody(aws_s3_meta_request*, const aws_byte_cursor* bytes, uint64_t,
                          void* user_data) {
  State& state = Of(user_data);
  const std::lock_guard lock(state.mutex);
  state.response.body.append(reinterpret_cast<const char*>(bytes->ptr), bytes->len);
  return AWS_OP_SUCCESS;
}

void S3Call::State::OnFinish(aws_s3_meta_request*, const aws_s3_meta_request_result* result,
                             void* user_data) {
  State& state = Of(user_data);
  S3Failure failure;
  if (result->error_code != AWS_ERROR_SUCCESS) failure = MakeFailure(*result);
  const std::lock_guard lock(state.mutex);
  state.failure = std::move(failure);
  state.done = true;
  state.changed.notify_all();
}

void S3Call::State::OnShutdown(void* user_data) {
  delete static_cast<std::shared_ptr<State>*>(user_data);
}

void S3Call::State::Run(aws_s3_client* client, aws_s3_meta_request_options& options) {
  auto* keep_alive = new std::shared_ptr<State>(shared_from_this());
  options.user_data = keep_alive;
  options.headers_callback = OnHeaders;
  if (receive.capacity > 0) {
    options.recv_buffer = &receive;
  } else {
    options.body_callback = OnBody;
  }
  options.finish_callback = OnFinish;
  options.shutdown_callback = OnShutdown;
  meta_request = aws_s3_client_make_meta_request(client, &options);
  if (meta_request != nullptr) return;
  const int error = aws_last_error();
  delete keep_alive;
  FailToStart(error);
}

void S3Call::State::FailToStart(int runtime_error) {
  const std::lock_guard lock(mutex);
  failure.runtime_error = runtime_error;
  done = true;
}

void S3Call::State::Cancel() {
  {
    // First, so that a request that ends by it is known to end by it.
    const std::lock_guard lock(mutex);
    cancelled = true;
    changed.notify_all();
  }
  if (meta_request != nullptr) aws_s3_meta_request_cancel(meta_request);
  const std::lock_guard lock(mutex);
  cancel_sent = true;
  changed.notify_all();
}

std::expected<S3Response, S3Failure> S3Call::State::Wait(std::stop_token stop) {
  const std::stop_callback cancel_on_stop(stop, [this] { Cancel(); });
  std::unique_lock lock(mutex);
  changed.wait(lock, [this] { return done || cancelled; });
  if (!done) changed.wait_for(lock, kCancelWait, [this] { return done; });
  if (!done) {
    changed.wait(lock, [this] { return cancel_sent; });
    lock.unlock();
    // After the cancellation no new stream starts, and those that ran are shut down by tasks
    // that were put on the event loops before ours.
    if (receive.capacity > 0) runtime.DrainEventLoops();
    return std::unexpected(
        S3Failure{.runtime_error = AWS_ERROR_S3_CANCELED, .cancelled = true});
  }
  if (failure.runtime_error != 0) {
    failure.cancelled = cancelled;  // whichever part of the transfer noticed it first
    return std::unexpected(std::move(failure));
  }
  if (receive.capacity > 0 && receive.len < receive.capacity) {
    return std::unexpected(S3Failure{.runtime_error = AWS_ERROR_SHORT_BUFFER, .status = 416});
  }
  return std::move(response);
}

S3Call::S3Call(std::shared_ptr<State> state) : state_(std::move(state)) {}

S3Call::S3Call(S3Call&&) noexcept = default;

S3Call::~S3Call() {
  if (state_ == nullptr) return;
  std::stop_source stop;
  stop.request_stop();
  static_cast<void>(Wait(stop.get_token()));
}

std::expected<S3Response, S3Failure> S3Call::Wait(std::stop_token stop) {
  auto outcome = state_->Wait(std::move(stop));
  // Our reference would keep the request, and the request its callbacks' reference to the
  // state.
  state_->Release();
  state_.reset();
  return outcome;
}

}  // namespace assay::engine
