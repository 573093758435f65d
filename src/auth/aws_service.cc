#include "auth/aws_service.h"

#include <condition_variable>
#include <mutex>

#include "auth/aws_signing.h"

namespace assay::auth {
namespace {

constexpr int kAttempts = 3;
constexpr std::chrono::milliseconds kFirstPause{200};

bool IsWorthRepeating(const AwsService::Refusal& refusal) {
  switch (refusal.error.kind) {
    case ErrorKind::kUnavailable:
    case ErrorKind::kRateLimited: return true;
    default: return false;
  }
}

/// False if `stop` was requested before the time was over.
bool Pause(std::chrono::milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

}  // namespace

AwsService::AwsService(AwsServiceOptions options, AwsCredentialsProvider credentials)
    : options_(std::move(options)),
      credentials_(std::move(credentials)),
      client_({.ca_bundle_path = options_.ca_bundle_path,
               .total_timeout = std::chrono::seconds(10)}) {}

std::expected<std::string, AwsService::Refusal> AwsService::Post(
    const AwsServiceRequest& request, const std::stop_token& stop) const {
  for (int attempt = 1;; ++attempt) {
    auto answer = PostOnce(request, stop);
    if (answer || attempt == kAttempts || !IsWorthRepeating(answer.error()) ||
        !Pause(kFirstPause * attempt, stop)) {
      return answer;
    }
  }
}

std::expected<std::string, AwsService::Refusal> AwsService::PostOnce(
    const AwsServiceRequest& request, const std::stop_token& stop) const {
  const auto refused = [](Error error) {
    return std::unexpected(Refusal{.answer = {}, .error = std::move(error)});
  };
  const Result<AwsKeys> keys = credentials_.Keys(stop);
  if (!keys) return refused(keys.error());
  const Timestamp now = SystemClock().Now();
  auto call = SignAwsCall({.method = "POST",
                           .url = options_.endpoint,
                           .headers = request.headers,
                           .body = request.body},
                          {.service = options_.scope, .region = options_.region}, *keys, now);
  if (!call) return refused(call.error());
  Result<net::HttpResponse> response = client_.Send(*call, stop);
  if (!response) {
    return refused({response.error().kind, options_.name + ": " + response.error().message});
  }
  if (response->status == 200) return std::move(response->body);
  Refusal refusal{.answer = ReadAwsFailure(*response, now), .error = {}};
  refusal.error = ExplainAwsFailure(refusal.answer, options_.name, options_.endpoint);
  return std::unexpected(std::move(refusal));
}

}  // namespace assay::auth
