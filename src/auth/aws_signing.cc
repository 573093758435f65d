#include "auth/aws_signing.h"

#include <aws/auth/credentials.h>
#include <aws/auth/signable.h>
#include <aws/auth/signing.h>
#include <aws/auth/signing_config.h>
#include <aws/auth/signing_result.h>
#include <aws/common/error.h>
#include <aws/http/request_response.h>
#include <aws/io/stream.h>
#include <fmt/format.h>

#include "auth/aws_runtime.h"
#include "net/url_parts.h"

namespace assay::auth {
namespace {

using Message = AwsHandle<aws_http_message, aws_http_message_release>;
using Signable = AwsHandle<aws_signable, aws_signable_destroy>;
using Credentials = AwsHandle<aws_credentials, aws_credentials_release>;
using Stream = AwsHandle<aws_input_stream, aws_input_stream_release>;

/// The host as a client writes it into the Host header.
std::string Authority(const net::UrlParts& url) {
  return url.Origin().substr(url.scheme.size() + 3);
}

void AddHeader(aws_http_message* message, std::string_view name, std::string_view value) {
  aws_http_header header{};
  header.name = ToCursor(name);
  header.value = ToCursor(value);
  aws_http_message_add_header(message, header);
}

std::vector<net::HttpHeader> Headers(const aws_http_message* message) {
  std::vector<net::HttpHeader> headers;
  for (size_t i = 0; i < aws_http_message_get_header_count(message); ++i) {
    aws_http_header header{};
    aws_http_message_get_header(message, &header, i);
    headers.push_back({ToString(header.name), ToString(header.value)});
  }
  return headers;
}

/// What the signer's callback needs; with keys at hand it comes before the call returns.
struct Outcome {
  aws_http_message* message;
  int runtime_error = AWS_ERROR_UNKNOWN;
};

void Apply(aws_signing_result* result, int error, void* user_data) {
  Outcome& outcome = *static_cast<Outcome*>(user_data);
  outcome.runtime_error = error;
  if (error == AWS_ERROR_SUCCESS &&
      aws_apply_signing_result_to_http_request(outcome.message, aws_default_allocator(),
                                               result) != AWS_OP_SUCCESS) {
    outcome.runtime_error = aws_last_error();
  }
}

}  // namespace

Result<net::HttpCall> SignAwsCall(net::HttpCall call, const AwsSigningScope& scope,
                                  const AwsKeys& keys, Timestamp now) {
  InitialiseAwsLibraries();
  ASSAY_TRY(const net::UrlParts url, net::ParseUrl(call.url));
  if (keys.access_key_id.empty()) return call;

  aws_allocator* const allocator = aws_default_allocator();
  const Message message(aws_http_message_new_request(allocator));
  const std::string target = url.path + (url.query.empty() ? "" : "?" + url.query);
  aws_http_message_set_request_method(message.get(), ToCursor(call.method));
  aws_http_message_set_request_path(message.get(), ToCursor(target));
  AddHeader(message.get(), "Host", Authority(url));
  for (const net::HttpHeader& header : call.headers) {
    AddHeader(message.get(), header.name, header.value);
  }
  const aws_byte_cursor body = ToCursor(call.body);
  const Stream stream(aws_input_stream_new_from_cursor(allocator, &body));
  aws_http_message_set_body_stream(message.get(), stream.get());

  const Credentials credentials(aws_credentials_new(
      allocator, ToCursor(keys.access_key_id), ToCursor(keys.secret_access_key.Reveal()),
      ToCursor(keys.session_token.Reveal()), UINT64_MAX));
  aws_signing_config_aws config{};
  config.config_type = AWS_SIGNING_CONFIG_AWS;
  config.algorithm = AWS_SIGNING_ALGORITHM_V4;
  config.signature_type = AWS_ST_HTTP_REQUEST_HEADERS;
  config.region = ToCursor(scope.region);
  config.service = ToCursor(scope.service);
  config.flags.use_double_uri_encode = 1;
  config.flags.should_normalize_uri_path = 1;
  config.credentials = credentials.get();
  aws_date_time_init_epoch_millis(
      &config.date,
      static_cast<uint64_t>(
          std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch().count()));

  const Signable signable(aws_signable_new_http_request(allocator, message.get()));
  Outcome outcome{.message = message.get()};
  if (signable == nullptr ||
      aws_sign_request_aws(allocator, signable.get(),
                           reinterpret_cast<const aws_signing_config_base*>(&config), Apply,
                           &outcome) != AWS_OP_SUCCESS) {
    outcome.runtime_error = aws_last_error();
  }
  if (outcome.runtime_error != AWS_ERROR_SUCCESS) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("the request cannot be signed ({}); check region and endpoint: {}",
                            aws_error_name(outcome.runtime_error), url.Printable()));
  }
  call.headers = Headers(message.get());
  return call;
}

}  // namespace assay::auth
