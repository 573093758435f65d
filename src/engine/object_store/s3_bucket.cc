#include "engine/object_store/s3_bucket.h"

#include <fmt/format.h>

namespace assay::engine {
namespace {

constexpr const char* kFirstRegion = "us-east-1";

}  // namespace

S3Bucket::S3Bucket(const S3Options& options, S3Address address,
                   std::unique_ptr<S3Client> client)
    : options_(options),
      requests_(options),
      budget_(options.memory_limit_bytes),
      address_(std::move(address)),
      client_(std::move(client)) {}

Result<std::unique_ptr<S3Bucket>> S3Bucket::Open(const S3Options& options,
                                                 const auth::AwsCredentialsOptions& credentials,
                                                 std::stop_token stop) {
  const std::string region = options.region.empty() ? kFirstRegion : options.region;
  ASSAY_TRY(S3Address address, ResolveS3Address(options, region));
  ASSAY_TRY(std::unique_ptr<S3Client> client, S3Client::Open(options, credentials));
  std::unique_ptr<S3Bucket> bucket(
      new S3Bucket(options, std::move(address), std::move(client)));
  const bool ask_region =
      options.region.empty() && options.endpoint.empty() && !options.bucket.starts_with("arn:");
  if (!ask_region) return bucket;

  // Any answer, also a refusal, names the bucket's region in a header.
  const S3Request request = bucket->requests().HeadBucket();
  const auto answer = bucket->Send(request, {}, std::move(stop));
  const std::string found =
      answer ? answer->Header("x-amz-bucket-region") : answer.error().bucket_region;
  if (!found.empty()) {
    bucket->MoveTo(found);
    return bucket;
  }
  // Without a region the first request that needs an answer fails for the same reason.
  if (!answer && answer.error().cancelled)
    return std::unexpected(bucket->Explain(answer.error(), request));
  return bucket;
}

S3Address S3Bucket::address() const {
  const std::lock_guard lock(mutex_);
  return address_;
}

bool S3Bucket::MoveTo(const std::string& region) {
  Result<S3Address> moved = ResolveS3Address(options_, region);
  if (!moved) return false;
  const std::lock_guard lock(mutex_);
  if (moved->signing_region == address_.signing_region) return false;
  address_ = *std::move(moved);
  return true;
}

std::expected<S3Response, S3Failure> S3Bucket::Send(const S3Request& request,
                                                    std::span<std::byte> buffer,
                                                    std::stop_token stop) {
  const auto send_once = [&](const S3Address& address) {
    return buffer.empty() ? client_->Start(request, address).Wait(stop)
                          : client_->StartReceiving(request, address, buffer).Wait(stop);
  };
  const S3Address first = address();
  auto answer = send_once(first);
  if (answer || !IsWrongRegion(answer.error())) return answer;
  const bool moved = MoveTo(answer.error().bucket_region) ||
                     address().signing_region != first.signing_region;  // by another thread
  return moved ? send_once(address()) : std::move(answer);
}

Result<S3Response> S3Bucket::Execute(const S3Request& request, std::stop_token stop) {
  auto answer = Send(request, {}, std::move(stop));
  if (!answer) return std::unexpected(Explain(answer.error(), request));
  return *std::move(answer);
}

S3Call S3Bucket::Start(const S3Request& request) {
  return client_->Start(request, address());
}

Error S3Bucket::Explain(const S3Failure& failure, const S3Request& request) const {
  if (failure.status == 0 && !failure.cancelled &&
      auth::IsCredentialsError(failure.runtime_error)) {
    Error error = client_->credentials().Explain(failure.runtime_error);
    error.message += fmt::format(": for s3://{}", options_.bucket);
    return error;
  }
  return ToError(failure, request, target());
}

Result<auth::AwsKeys> S3Bucket::Keys(const std::stop_token& stop) const {
  return client_->credentials().Keys(stop);
}

S3Target S3Bucket::target() const {
  const S3Address where = address();
  return {
      .bucket = options_.bucket, .endpoint = where.Endpoint(), .region = where.signing_region};
}

}  // namespace assay::engine
