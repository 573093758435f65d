#include "engine/object_store/s3.h"

#include <aws/s3/s3.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstring>

#include "engine/object_store/s3_bucket.h"
#include "engine/object_store/s3_checksum.h"
#include "engine/object_store/s3_upload.h"

namespace assay::engine {
namespace {

class S3ObjectStore final : public ObjectStore {
 public:
  explicit S3ObjectStore(std::shared_ptr<S3Bucket> bucket) : bucket_(std::move(bucket)) {}

  const std::string& bucket() const override { return bucket_->options().bucket; }

  Result<ListPage> List(const ListRequest& request, std::stop_token stop) override;
  Result<ObjectInfo> Head(const std::string& key, std::stop_token stop) override;
  Status Read(const std::string& key, const std::string& etag, int64_t offset,
              std::span<std::byte> buffer, std::stop_token stop) override;
  Result<std::string> BucketRegion(std::stop_token stop) override;
  Status Put(const std::string& key, std::span<const std::byte> bytes,
             std::stop_token stop) override;
  Result<PendingUpload> StageFile(const std::string& key, const std::string& local_path,
                                  std::stop_token stop) override;
  Status Complete(const PendingUpload& upload, std::stop_token stop) override;
  Status Abort(const PendingUpload& upload, std::stop_token stop) override;
  Result<std::vector<PendingUpload>> ListPending(const std::string& prefix,
                                                 std::stop_token stop) override;
  Status Delete(const std::string& key, std::stop_token stop) override;

 private:
  const S3Requests& requests() const { return bucket_->requests(); }
  Result<S3Response> HeadWithReason(const std::string& key, const std::stop_token& stop);
  Status ReadInPieces(const std::string& key, const std::string& etag, int64_t offset,
                      std::span<std::byte> buffer, const std::stop_token& stop);
  bool IsReplaced(const std::string& key, const std::string& etag, const std::stop_token& stop);
  Result<bool> IsCompleted(const PendingUpload& upload, const std::stop_token& stop);

  const std::shared_ptr<S3Bucket> bucket_;
  /// Set once the server is seen to name no versions of objects.
  std::atomic<bool> without_etags_ = false;
};

Status CheckKey(const std::string& key) {
  if (key.empty()) return Fail(ErrorKind::kInvalidInput, "the object's key is empty");
  if (key.size() > 1024) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("the object's key is longer than the 1,024 bytes of S3: {}", key));
  }
  return {};
}

Result<ListPage> S3ObjectStore::List(const ListRequest& request, std::stop_token stop) {
  ASSAY_TRY(const S3Response answer, bucket_->Execute(requests().ListObjects(request), stop));
  Result<ListPage> page = ParseListObjects(answer.body);
  // An endpoint that speaks something else is found out by the first list.
  const std::string& endpoint = bucket_->options().endpoint;
  if (!page && !endpoint.empty())
    return Fail(page.error().kind, fmt::format("{}: {}", page.error().message, endpoint));
  return page;
}

/// A refused HEAD has no body and thus no reason: the same as a GET of one byte tells it.
Result<S3Response> S3ObjectStore::HeadWithReason(const std::string& key,
                                                 const std::stop_token& stop) {
  const S3Request head = requests().HeadObject(key);
  auto answer = bucket_->Send(head, {}, stop);
  if (answer) return *std::move(answer);
  S3Failure failure = std::move(answer).error();
  if (failure.code.empty() && failure.status >= 400 && failure.status < 500) {
    const auto reason = bucket_->Send(requests().GetObject(key, "", 0, 1), {}, stop);
    if (!reason && !reason.error().code.empty()) failure = reason.error();
  }
  return std::unexpected(bucket_->Explain(failure, head));
}

Result<ObjectInfo> S3ObjectStore::Head(const std::string& key, std::stop_token stop) {
  ASSAY_RETURN_IF_ERROR(CheckKey(key));
  ASSAY_TRY(const S3Response answer, HeadWithReason(key, stop));
  return ParseObjectHeaders(key, answer);
}

Status S3ObjectStore::Read(const std::string& key, const std::string& etag, int64_t offset,
                           std::span<std::byte> buffer, std::stop_token stop) {
  ASSAY_RETURN_IF_ERROR(CheckKey(key));
  if (offset < 0) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("the offset is negative: {} in {}", offset, key));
  }
  if (buffer.empty()) return {};
  if (without_etags_) return ReadInPieces(key, etag, offset, buffer, stop);
  const S3Request request =
      requests().GetObject(key, etag, offset, static_cast<int64_t>(buffer.size()));
  const auto answer = bucket_->Send(request, buffer, stop);
  if (answer) return {};
  if (answer.error().runtime_error == AWS_ERROR_S3_MISSING_ETAG) {
    without_etags_ = true;
    return ReadInPieces(key, etag, offset, buffer, stop);
  }
  S3Failure failure = answer.error();
  // Some servers look at the range before they look at the version.
  if (failure.status == 416 && !etag.empty() && IsReplaced(key, etag, stop))
    failure.status = 412;
  if (failure.status == 412) failure.code = "PreconditionFailed";
  return std::unexpected(bucket_->Explain(failure, request));
}

bool S3ObjectStore::IsReplaced(const std::string& key, const std::string& etag,
                               const std::stop_token& stop) {
  const auto head = bucket_->Send(requests().HeadObject(key), {}, stop);
  return head && StripEtag(head->Header("etag")) != etag;
}

/// For servers that give objects no ETag, by which the runtime ties parallel ranges together.
Status S3ObjectStore::ReadInPieces(const std::string& key, const std::string& etag,
                                   int64_t offset, std::span<std::byte> buffer,
                                   const std::stop_token& stop) {
  while (!buffer.empty()) {
    const size_t length = std::min(buffer.size(), static_cast<size_t>(kPartBytes));
    const S3Request request =
        requests().GetObject(key, etag, offset, static_cast<int64_t>(length));
    ASSAY_TRY(const S3Response answer, bucket_->Execute(request, stop));
    if (answer.body.size() != length) {
      return Fail(
          answer.status == 206 ? ErrorKind::kInvalidInput : ErrorKind::kUnsupported,
          fmt::format("the object store gave {} bytes instead of {}; the range lies beyond the "
                      "object's end, or the server knows no ranges: {}",
                      answer.body.size(), length, key));
    }
    std::memcpy(buffer.data(), answer.body.data(), length);
    buffer = buffer.subspan(length);
    offset += static_cast<int64_t>(length);
  }
  return {};
}

Result<std::string> S3ObjectStore::BucketRegion(std::stop_token stop) {
  const auto head = bucket_->Send(requests().HeadBucket(), {}, stop);
  const std::string region =
      head ? head->Header("x-amz-bucket-region") : head.error().bucket_region;
  if (!region.empty()) return region;
  ASSAY_TRY(const S3Response answer, bucket_->Execute(requests().GetBucketLocation(), stop));
  return ParseBucketLocation(answer.body);
}

Status S3ObjectStore::Put(const std::string& key, std::span<const std::byte> bytes,
                          std::stop_token stop) {
  ASSAY_RETURN_IF_ERROR(CheckKey(key));
  auto body = std::make_shared<const std::string>(reinterpret_cast<const char*>(bytes.data()),
                                                  bytes.size());
  ASSAY_TRY(const S3Response answer,
            bucket_->Execute(requests().PutObject(key, std::move(body)), stop));
  static_cast<void>(answer);
  return {};
}

Result<PendingUpload> S3ObjectStore::StageFile(const std::string& key,
                                               const std::string& local_path,
                                               std::stop_token stop) {
  ASSAY_RETURN_IF_ERROR(CheckKey(key));
  return StageLocalFile(*bucket_, key, local_path, std::move(stop));
}

/// Whether the object that is there came from this upload: by the checksum of its parts, or
/// where the server has none, by their number, which an object put in one piece does not have.
Result<bool> S3ObjectStore::IsCompleted(const PendingUpload& upload,
                                        const std::stop_token& stop) {
  const Result<S3Response> head = HeadWithReason(upload.key, stop);
  if (!head && head.error().kind == ErrorKind::kNotFound) return false;
  if (!head) return std::unexpected(head.error());
  const std::string checksum = head->Header("x-amz-checksum-crc32c");
  const std::string expected = CompositeCrc32c(upload.parts);
  if (!checksum.empty() && !expected.empty()) return checksum == expected;
  return StripEtag(head->Header("etag")).ends_with(fmt::format("-{}", upload.parts.size()));
}

Status S3ObjectStore::Complete(const PendingUpload& upload, std::stop_token stop) {
  const S3Request request = requests().CompleteUpload(upload);
  const auto answer = bucket_->Send(request, {}, stop);
  if (answer) {
    // An upload can fail after the status was sent; the body then says so.
    const S3ErrorBody error = ParseErrorBody(answer->body);
    if (error.code.empty()) return {};
    return std::unexpected(
        bucket_->Explain({.runtime_error = 0, .status = 500, .code = error.code}, request));
  }
  if (answer.error().code == "NoSuchUpload") {
    ASSAY_TRY(const bool completed, IsCompleted(upload, stop));
    if (completed) return {};
  }
  return std::unexpected(bucket_->Explain(answer.error(), request));
}

Status S3ObjectStore::Abort(const PendingUpload& upload, std::stop_token stop) {
  const S3Request request = requests().AbortUpload(upload.key, upload.upload_id);
  const auto answer = bucket_->Send(request, {}, stop);
  if (answer || answer.error().code == "NoSuchUpload") return {};
  return std::unexpected(bucket_->Explain(answer.error(), request));
}

Result<std::vector<PendingUpload>> S3ObjectStore::ListPending(const std::string& prefix,
                                                              std::stop_token stop) {
  std::vector<PendingUpload> all;
  UploadPage page;
  do {
    ASSAY_TRY(const S3Response answer,
              bucket_->Execute(requests().ListUploads(prefix, page.next_key_marker,
                                                      page.next_upload_id_marker),
                               stop));
    ASSAY_TRY(page, ParseListUploads(answer.body));
    std::ranges::move(page.uploads, std::back_inserter(all));
  } while (!page.next_key_marker.empty());
  return all;
}

Status S3ObjectStore::Delete(const std::string& key, std::stop_token stop) {
  ASSAY_RETURN_IF_ERROR(CheckKey(key));
  const S3Request request = requests().DeleteObject(key);
  const auto answer = bucket_->Send(request, {}, stop);
  if (answer || answer.error().code == "NoSuchKey") return {};
  return std::unexpected(bucket_->Explain(answer.error(), request));
}

}  // namespace

Result<std::shared_ptr<ObjectStore>> OpenS3(const S3Options& options,
                                            const auth::AwsCredentialsOptions& credentials,
                                            std::stop_token stop) {
  ASSAY_TRY(std::unique_ptr<S3Bucket> bucket,
            S3Bucket::Open(options, credentials, std::move(stop)));
  return MakeS3Store(std::move(bucket));
}

std::shared_ptr<ObjectStore> MakeS3Store(std::shared_ptr<S3Bucket> bucket) {
  return std::make_shared<S3ObjectStore>(std::move(bucket));
}

}  // namespace assay::engine
