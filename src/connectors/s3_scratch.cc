#include "connectors/s3_scratch.h"

#include <fmt/format.h>

#include <chrono>
#include <memory>

#include "base/id.h"
#include "net/deadline.h"

namespace assay::connectors {
namespace {

constexpr const char* kScratchBytes = "assay probe\n";
constexpr const char* kNoUploadId = "assay-probe-of-an-upload-that-does-not-exist";
// A store that has answered until now does so in milliseconds.
constexpr std::chrono::seconds kMostCleaning(3);

/// Whether the request may have done its work all the same.
bool IsLost(const StepFailure& failure) {
  switch (failure.error.kind) {
    case ErrorKind::kCancelled:
    case ErrorKind::kTimeout:
    case ErrorKind::kUnavailable: return true;
    default: return false;
  }
}

}  // namespace

S3Scratch::S3Scratch(engine::S3Bucket& bucket, const S3Trial& trial, ProbeSteps& steps)
    : bucket_(bucket),
      trial_(trial),
      steps_(steps),
      key_(trial.place().prefix + ".assay-probe-" + NewUuid()) {}

S3Scratch::~S3Scratch() {
  if (object_ == Presence::kNone && upload_ == Presence::kNone) return;
  net::Deadline deadline(kMostCleaning, {});
  if (upload_ != Presence::kNone && !upload_id_.empty()) {
    static_cast<void>(
        bucket_.Send(requests().AbortUpload(key_, upload_id_), {}, deadline.token()));
  } else if (upload_ != Presence::kNone) {
    AbortUnknownUploads(deadline.token());
  }
  if (object_ != Presence::kNone) {
    static_cast<void>(bucket_.Send(requests().DeleteObject(key_), {}, deadline.token()));
  }
}

void S3Scratch::AbortUnknownUploads(std::stop_token stop) {
  const auto answer = bucket_.Send(requests().ListUploads(key_, "", ""), {}, stop);
  if (!answer) return;
  const auto page = engine::ParseListUploads(answer->body);
  if (!page) return;
  for (const engine::PendingUpload& upload : page->uploads) {
    static_cast<void>(
        bucket_.Send(requests().AbortUpload(upload.key, upload.upload_id), {}, stop));
  }
}

bool S3Scratch::Put() {
  return steps_.TryRight("put", "s3:PutObject", [&]() -> std::expected<void, StepFailure> {
    auto body = std::make_shared<const std::string>(kScratchBytes);
    const auto answer = trial_.Send(requests().PutObject(key_, std::move(body)));
    if (answer) {
      object_ = Presence::kThere;
      return {};
    }
    if (IsLost(answer.error())) object_ = Presence::kPerhaps;
    return std::unexpected(answer.error());
  });
}

void S3Scratch::Upload() {
  const auto start = [&]() -> std::expected<void, StepFailure> {
    const auto answer = trial_.Send(requests().CreateUpload(key_, engine::PartChecksum::kNone));
    if (!answer) {
      if (IsLost(answer.error())) upload_ = Presence::kPerhaps;
      return std::unexpected(answer.error());
    }
    upload_ = Presence::kThere;
    const auto id = engine::ParseUploadId(answer->body);
    if (!id) return std::unexpected(trial_.NotS3(id.error()));
    upload_id_ = *id;
    return {};
  };
  const auto list = [&] {
    return trial_.SendForNothing(
        requests().ListParts(key_, upload_id_.empty() ? kNoUploadId : upload_id_),
        "NoSuchUpload");
  };
  const auto abort = [&]() -> std::expected<void, StepFailure> {
    if (upload_id_.empty())
      return trial_.SendForNothing(requests().AbortUpload(key_, kNoUploadId), "NoSuchUpload");
    const auto answer = trial_.Send(requests().AbortUpload(key_, upload_id_));
    if (!answer) {
      StepFailure failure = answer.error();
      failure.error.message += fmt::format("; the upload of {} stays", key_);
      return std::unexpected(std::move(failure));
    }
    upload_ = Presence::kNone;
    return {};
  };
  steps_.TryRight("start upload", "s3:PutObject", start);
  steps_.TryRight("list parts", "s3:ListMultipartUploadParts", list);
  steps_.TryRight("abort upload", "s3:AbortMultipartUpload", abort);
}

void S3Scratch::Delete() {
  steps_.TryRight("delete", "s3:DeleteObject", [&]() -> std::expected<void, StepFailure> {
    const auto answer = trial_.SendForNothing(requests().DeleteObject(key_), "NoSuchKey");
    if (answer) {
      object_ = Presence::kNone;
      return {};
    }
    StepFailure failure = answer.error();
    if (object_ == Presence::kThere)
      failure.error.message += fmt::format("; the object {} stays", key_);
    return std::unexpected(std::move(failure));
  });
}

}  // namespace assay::connectors
