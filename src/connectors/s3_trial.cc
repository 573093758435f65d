#include "connectors/s3_trial.h"

#include <aws/io/io.h>
#include <fmt/format.h>

#include "auth/aws_partition.h"
#include "base/clock.h"
#include "net/certificate_check.h"
#include "net/http_client.h"

namespace assay::connectors {
namespace {

// Of the ids of keys that STS gives out.
constexpr std::string_view kTemporaryKeyId = "ASIA";

S3PolicyPlace PlaceOf(const engine::S3Bucket& bucket, const std::string& prefix) {
  const engine::S3Options& options = bucket.options();
  return {.bucket = options.bucket,
          .prefix = prefix,
          .partition = auth::PartitionOfRegion(bucket.target().region),
          .kms_key_arn = options.kms_key_id.starts_with("arn:") ? options.kms_key_id : ""};
}

S3Identity IdentityOf(const Result<auth::AwsKeys>& keys) {
  if (!keys) return S3Identity::kKeys;
  if (keys->access_key_id.empty()) return S3Identity::kAnonymous;
  if (!keys->session_token.empty()) return S3Identity::kTemporaryKeys;
  return keys->access_key_id.starts_with(kTemporaryKeyId) ? S3Identity::kWithoutToken
                                                          : S3Identity::kKeys;
}

}  // namespace

S3Trial::S3Trial(engine::S3Bucket& bucket, const std::string& prefix, std::stop_token stop)
    : bucket_(bucket), place_(PlaceOf(bucket, prefix)), stop_(std::move(stop)) {}

std::expected<engine::S3Response, StepFailure> S3Trial::Send(
    const engine::S3Request& request) const {
  auto answer = bucket_.Send(request, {}, stop_);
  if (!answer) return std::unexpected(Explain(answer.error(), request));
  return *std::move(answer);
}

std::expected<engine::S3Response, StepFailure> S3Trial::SendFirst(
    const engine::S3Request& request) const {
  const std::string endpoint = bucket_.target().endpoint;
  if (endpoint.starts_with("https:") &&
      net::CheckCertificate(endpoint, bucket_.options().ca_bundle_path, stop_) ==
          net::Certificate::kRefused) {
    return std::unexpected(
        Explain({.runtime_error = AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE}, request));
  }
  return Send(request);
}

std::expected<void, StepFailure> S3Trial::SendForNothing(
    const engine::S3Request& request, const std::string& missing_code) const {
  const auto answer = bucket_.Send(request, {}, stop_);
  if (answer || answer.error().code == missing_code) return {};
  const engine::S3Failure& failure = answer.error();
  // To those who may not list, S3 says of a missing object that they may not list.
  const bool is_read = request.action == "s3:GetObject";
  if (is_read && Says(failure.message, "perform: s3:ListBucket")) return {};
  StepFailure explained = Explain(failure, request);
  const bool is_unclear =
      failure.status == 400 || (is_read && explained.diagnosis.blame == Blame::kPermission &&
                                !Says(failure.message, request.action));
  if (is_unclear && !HoldsForAllRequests(explained.diagnosis.blame)) {
    explained.verdict = StepFailure::Verdict::kUnclear;
    explained.error.message =
        "there is nothing to try it on, and the store does not tell why it "
        "refuses what does not exist";
  }
  return std::unexpected(std::move(explained));
}

StepFailure S3Trial::NotS3(const Error& error) const {
  return {
      .error = {error.kind, fmt::format("{}: {}", error.message, bucket_.target().endpoint)},
      .diagnosis = {Blame::kEndpoint, "check the endpoint: what answers there is not S3"}};
}

/// How far this machine's clock is ahead of the store's, which tells its time in every answer.
std::optional<std::chrono::seconds> S3Trial::ClockAhead() const {
  const net::HttpClient client({.ca_bundle_path = bucket_.options().ca_bundle_path,
                                .total_timeout = std::chrono::seconds(5)});
  const auto answer = client.Send({.url = bucket_.target().endpoint}, stop_);
  if (!answer) return {};
  const auto server = net::ParseHttpDate(answer->Header("Date"));
  if (!server) return {};
  return std::chrono::floor<std::chrono::seconds>(SystemClock().Now() - *server);
}

StepFailure S3Trial::Explain(const engine::S3Failure& failure,
                             const engine::S3Request& request) const {
  StepFailure explained{.error = bucket_.Explain(failure, request)};
  if (failure.cancelled) return explained;
  const S3Attempt attempt = {.right = request.action,
                             .place = place_,
                             .identity = IdentityOf(bucket_.Keys(stop_)),
                             .region = bucket_.target().region};
  explained.diagnosis = DiagnoseS3(failure, attempt);
  if (explained.diagnosis.blame == Blame::kClock && !failure.clock_ahead) {
    engine::S3Failure dated = failure;
    dated.clock_ahead = ClockAhead();
    explained.diagnosis = DiagnoseS3(dated, attempt);
  }
  return explained;
}

}  // namespace assay::connectors
