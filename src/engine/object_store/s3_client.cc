#include "engine/object_store/s3_client.h"

#include <aws/auth/signing_config.h>
#include <aws/common/error.h>
#include <aws/http/request_response.h>
#include <aws/io/tls_channel_handler.h>
#include <aws/io/uri.h>
#include <aws/s3/s3.h>
#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <string>

#include "engine/object_store/s3_call_state.h"

namespace assay::engine {
namespace {

using auth::ToCursor;
using Message = auth::AwsHandle<aws_http_message, aws_http_message_release>;

constexpr uint32_t kConnectTimeoutMs = 5000;
constexpr size_t kMaxRetriesOfOneRequest = 6;
constexpr uint32_t kFirstBackoffMs = 200;
constexpr uint32_t kLongestBackoffSeconds = 20;
// What one retry takes out of the runtime's bucket, and what a success after it puts back.
constexpr double kBucketUnitsPerRetry = 10;
// The runtime refuses less. Reads go to the caller's buffers and take nothing of it.
constexpr int64_t kLeastMemoryLimitBytes = int64_t{256} << 20;
// From it the runtime derives up to 25 connections, which is more than a few cores can serve.
constexpr double kThroughputTargetGbps = 10;

/// TLS settings with a CA bundle of the user's; the runtime copies what it needs of them.
class TlsSettings {
 public:
  TlsSettings() = default;
  TlsSettings(const TlsSettings&) = delete;
  TlsSettings& operator=(const TlsSettings&) = delete;
  ~TlsSettings() {
    if (context_ == nullptr) return;
    aws_tls_connection_options_clean_up(&connection_);
    aws_tls_ctx_release(context_);
  }

  Status Load(aws_allocator* allocator, const std::string& ca_bundle_path) {
    aws_tls_ctx_options options{};
    aws_tls_ctx_options_init_default_client(&options, allocator);
    if (aws_tls_ctx_options_override_default_trust_store_from_path(
            &options, nullptr, ca_bundle_path.c_str()) == AWS_OP_SUCCESS) {
      context_ = aws_tls_client_ctx_new(allocator, &options);
    }
    aws_tls_ctx_options_clean_up(&options);
    if (context_ == nullptr) {
      return Fail(
          ErrorKind::kInvalidInput,
          fmt::format("the CA bundle cannot be read; it must be a file of PEM certificates: {}",
                      ca_bundle_path));
    }
    aws_tls_connection_options_init_from_ctx(&connection_, context_);
    return {};
  }
  const aws_tls_connection_options* connection() const {
    return context_ == nullptr ? nullptr : &connection_;
  }

 private:
  aws_tls_ctx* context_ = nullptr;
  aws_tls_connection_options connection_{};
};

void AddHeader(aws_http_message* message, std::string_view name, std::string_view value) {
  aws_http_header header{};
  header.name = ToCursor(name);
  header.value = ToCursor(value);
  aws_http_message_add_header(message, header);
}

Message MakeMessage(aws_allocator* allocator, const S3Request& request,
                    const S3Address& address) {
  Message message(aws_http_message_new_request(allocator));
  std::string path = address.path_prefix + request.target;
  if (!path.starts_with('/')) path.insert(0, "/");
  aws_http_message_set_request_method(message.get(), ToCursor(request.method));
  aws_http_message_set_request_path(message.get(), ToCursor(path));
  AddHeader(message.get(), "Host", address.authority);
  for (const auto& [name, value] : request.headers) AddHeader(message.get(), name, value);
  if (request.method == "PUT" || request.method == "POST") {
    const size_t length = request.body == nullptr ? 0 : request.body->size();
    AddHeader(message.get(), "Content-Length", std::to_string(length));
  }
  return message;
}

}  // namespace

S3Client::S3Client(const auth::AwsRuntime& runtime, auth::AwsCredentialsProvider provider,
                   auth::AwsHandle<aws_s3_client, aws_s3_client_release> client)
    : runtime_(runtime), provider_(std::move(provider)), client_(std::move(client)) {}

Result<std::unique_ptr<S3Client>> S3Client::Open(
    const S3Options& options, const auth::AwsCredentialsOptions& credentials) {
  ASSAY_TRY(const auth::AwsRuntime* runtime, auth::AwsRuntime::Get());
  static std::once_flag once;
  std::call_once(once, [runtime] { aws_s3_library_init(runtime->allocator()); });
  ASSAY_TRY(auth::AwsCredentialsProvider provider,
            auth::MakeAwsCredentialsProvider(credentials));

  // Each request brings the region by which it is signed.
  const std::string region = options.region.empty() ? "us-east-1" : options.region;
  aws_signing_config_aws signing{};
  aws_s3_init_default_signing_config(&signing, ToCursor(region), provider.get());
  aws_s3_client_config config{};
  config.region = ToCursor(region);
  config.client_bootstrap = runtime->bootstrap();
  config.signing_config = &signing;
  config.part_size = kPartBytes;
  config.throughput_target_gbps = kThroughputTargetGbps;
  config.memory_limit_in_bytes = static_cast<uint64_t>(
      std::max(options.memory_limit_bytes >> 20 << 20, kLeastMemoryLimitBytes));
  config.connect_timeout_ms = kConnectTimeoutMs;
  config.retry_config.max_retries = kMaxRetriesOfOneRequest;
  config.retry_config.backoff_scale_factor_ms = kFirstBackoffMs;
  config.retry_config.max_backoff_secs = kLongestBackoffSeconds;
  config.retry_config.initial_bucket_capacity =
      static_cast<size_t>(std::max(options.retry_budget, 0.1) * kBucketUnitsPerRetry);

  TlsSettings tls;
  const bool plain = options.endpoint.starts_with("http://");
  config.tls_mode = plain ? AWS_MR_TLS_DISABLED : AWS_MR_TLS_ENABLED;
  if (!plain && !options.ca_bundle_path.empty()) {
    ASSAY_RETURN_IF_ERROR(tls.Load(runtime->allocator(), options.ca_bundle_path));
    config.tls_connection_options = tls.connection();
  }

  auth::AwsHandle<aws_s3_client, aws_s3_client_release> client(
      aws_s3_client_new(runtime->allocator(), &config));
  if (client == nullptr) {
    return Fail(ErrorKind::kResourceLimit,
                fmt::format("cannot start a client for the object store: {}",
                            aws_error_str(aws_last_error())));
  }
  return std::unique_ptr<S3Client>(
      new S3Client(*runtime, std::move(provider), std::move(client)));
}

S3Call S3Client::Start(const S3Request& request, const S3Address& address) {
  return Start(request, address, {});
}

S3Call S3Client::StartReceiving(const S3Request& request, const S3Address& address,
                                std::span<std::byte> buffer) {
  return Start(request, address, buffer);
}

S3Call S3Client::Start(const S3Request& request, const S3Address& address,
                       std::span<std::byte> buffer) {
  auto state = std::make_shared<S3Call::State>(runtime_, request.body, buffer);
  const Message message = MakeMessage(runtime_.allocator(), request, address);
  aws_signing_config_aws signing{};
  aws_s3_init_default_signing_config(&signing, ToCursor(address.signing_region),
                                     provider_.get());
  const std::string endpoint_text = address.Endpoint();
  const aws_byte_cursor endpoint_cursor = ToCursor(endpoint_text);
  aws_uri endpoint{};
  if (aws_uri_init_parse(&endpoint, runtime_.allocator(), &endpoint_cursor) != AWS_OP_SUCCESS) {
    state->FailToStart(aws_last_error());
    return S3Call(std::move(state));
  }

  aws_s3_meta_request_options options{};
  options.message = message.get();
  options.endpoint = &endpoint;
  options.signing_config = &signing;
  if (buffer.empty()) {
    options.type = AWS_S3_META_REQUEST_TYPE_DEFAULT;
    options.operation_name = ToCursor(request.operation);
    if (request.body != nullptr && !request.body->empty()) {
      options.request_body = ToCursor(*request.body);
    }
  } else {
    options.type = AWS_S3_META_REQUEST_TYPE_GET_OBJECT;
  }
  state->Run(client_.get(), options);
  aws_uri_clean_up(&endpoint);
  return S3Call(std::move(state));
}

}  // namespace assay::engine
