#include "engine/object_store/s3_upload.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <memory>
#include <utility>

#include "engine/object_store/s3_checksum.h"

namespace assay::engine {
namespace {

constexpr int64_t kMaxParts = 10'000;  // of one upload, by S3
constexpr size_t kPartsInFlight = 4;   // saturates a link well before memory matters
constexpr int64_t kPartGranularity = int64_t{1} << 20;

class LocalFile {
 public:
  static Result<LocalFile> Open(const std::string& path) {
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return Failed("open", path);
    LocalFile file(descriptor, path);
    struct stat status{};
    if (fstat(descriptor, &status) != 0) return Failed("stat", path);
    file.size_bytes_ = status.st_size;
    return file;
  }
  LocalFile(LocalFile&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)),
        path_(std::move(other.path_)),
        size_bytes_(other.size_bytes_) {}
  LocalFile& operator=(LocalFile&&) = delete;
  ~LocalFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }

  int64_t size_bytes() const { return size_bytes_; }

  Result<std::string> Read(int64_t offset, int64_t length) const {
    std::string bytes;
    bytes.resize(static_cast<size_t>(length));
    size_t filled = 0;
    while (filled < bytes.size()) {
      const ssize_t got = pread(descriptor_, bytes.data() + filled, bytes.size() - filled,
                                offset + static_cast<int64_t>(filled));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return Failed("read", path_);
      if (got == 0) {
        return Fail(ErrorKind::kConflict,
                    fmt::format("the file became shorter while it was uploaded: {}", path_));
      }
      filled += static_cast<size_t>(got);
    }
    return bytes;
  }

 private:
  LocalFile(int descriptor, std::string path)
      : descriptor_(descriptor), path_(std::move(path)) {}

  static std::unexpected<Error> Failed(const char* call, const std::string& path) {
    const int error = errno;
    const ErrorKind kind = error == ENOENT   ? ErrorKind::kNotFound
                           : error == EACCES ? ErrorKind::kDenied
                                             : ErrorKind::kUnavailable;
    return Fail(kind, fmt::format("cannot {} the file to upload ({}): {}", call,
                                  std::strerror(error), path));
  }

  int descriptor_;
  std::string path_;
  int64_t size_bytes_ = 0;
};

struct PartInFlight {
  ByteBudget::Share memory;
  S3Request request;
  int number;
  std::string checksum_crc32c;
  S3Call call;
};

/// The parts of one upload, of which some are on their way.
class PartSender {
 public:
  PartSender(S3Bucket& bucket, PendingUpload& upload, PartChecksum checksum,
             std::stop_token stop)
      : bucket_(bucket), upload_(upload), checksum_(checksum), stop_(std::move(stop)) {}

  Status Send(const LocalFile& file) {
    const int64_t part_bytes = PartBytesFor(file.size_bytes());
    int number = 1;
    for (int64_t offset = 0; offset < file.size_bytes() || number == 1; offset += part_bytes) {
      const int64_t length = std::min(part_bytes, file.size_bytes() - offset);
      ASSAY_TRY(ByteBudget::Share memory, MakeRoom(part_bytes));
      ASSAY_TRY(std::string bytes, file.Read(offset, length));
      Start(number++, std::move(bytes), std::move(memory));
    }
    while (!in_flight_.empty()) ASSAY_RETURN_IF_ERROR(FinishOldest());
    return {};
  }

 private:
  Result<ByteBudget::Share> MakeRoom(int64_t bytes) {
    while (in_flight_.size() >= kPartsInFlight) ASSAY_RETURN_IF_ERROR(FinishOldest());
    while (true) {
      // Whoever holds parts must not wait for another upload's.
      auto share = in_flight_.empty() ? bucket_.budget().Acquire(bytes, stop_)
                                      : bucket_.budget().TryAcquire(bytes);
      if (share) return *std::move(share);
      if (in_flight_.empty()) {
        return Fail(ErrorKind::kCancelled, fmt::format("cancelled: upload of {}", upload_.key));
      }
      ASSAY_RETURN_IF_ERROR(FinishOldest());
    }
  }

  void Start(int number, std::string bytes, ByteBudget::Share memory) {
    std::string checksum;
    if (checksum_ == PartChecksum::kCrc32c) checksum = Crc32cBase64(bytes);
    S3Request request =
        bucket_.requests().UploadPart(upload_.key, upload_.upload_id, number, checksum,
                                      std::make_shared<const std::string>(std::move(bytes)));
    S3Call call = bucket_.Start(request);
    request.body.reset();  // the call keeps it as long as it is needed
    in_flight_.push_back(PartInFlight{.memory = std::move(memory),
                                      .request = std::move(request),
                                      .number = number,
                                      .checksum_crc32c = std::move(checksum),
                                      .call = std::move(call)});
  }

  Status FinishOldest() {
    PartInFlight part = std::move(in_flight_.front());
    in_flight_.pop_front();
    const auto answer = part.call.Wait(stop_);
    if (!answer) return std::unexpected(bucket_.Explain(answer.error(), part.request));
    const std::string etag = StripEtag(answer->Header("etag"));
    if (etag.empty()) {
      return Fail(
          ErrorKind::kUnsupported,
          fmt::format("the object store gives uploaded parts no ETag, without which an upload "
                      "cannot be completed: {}",
                      upload_.key));
    }
    // A server that knows no checksums says nothing of them, and would not want them back.
    const bool verified = !answer->Header("x-amz-checksum-crc32c").empty();
    upload_.parts.push_back(
        {.number = part.number,
         .etag = etag,
         .checksum_crc32c = verified ? part.checksum_crc32c : std::string()});
    return {};
  }

  S3Bucket& bucket_;
  PendingUpload& upload_;
  const PartChecksum checksum_;
  const std::stop_token stop_;
  std::deque<PartInFlight> in_flight_;
};

/// Starts the upload with checksums, or without if the server does not take them.
Result<std::string> CreateUpload(S3Bucket& bucket, const std::string& key,
                                 PartChecksum& checksum, const std::stop_token& stop) {
  checksum = PartChecksum::kCrc32c;
  Result<S3Response> created =
      bucket.Execute(bucket.requests().CreateUpload(key, checksum), stop);
  if (!created && (created.error().kind == ErrorKind::kUnsupported ||
                   created.error().kind == ErrorKind::kInvalidInput)) {
    checksum = PartChecksum::kNone;
    created = bucket.Execute(bucket.requests().CreateUpload(key, checksum), stop);
  }
  if (!created) return std::unexpected(created.error());
  return ParseUploadId(created->body);
}

}  // namespace

int64_t PartBytesFor(int64_t file_bytes) {
  const int64_t least = (file_bytes + kMaxParts - 1) / kMaxParts;
  const int64_t rounded = (least + kPartGranularity - 1) / kPartGranularity * kPartGranularity;
  return std::max(kPartBytes, rounded);
}

Result<PendingUpload> StageLocalFile(S3Bucket& bucket, const std::string& key,
                                     const std::string& local_path, std::stop_token stop) {
  ASSAY_TRY(const LocalFile file, LocalFile::Open(local_path));
  PendingUpload upload{.key = key, .upload_id = {}, .parts = {}};
  PartChecksum checksum = PartChecksum::kNone;
  // A request that is cancelled on its way may start an upload all the same.
  if (stop.stop_requested())
    return Fail(ErrorKind::kCancelled, fmt::format("cancelled: upload of {}", key));
  ASSAY_TRY(upload.upload_id, CreateUpload(bucket, key, checksum, stop));
  Status sent;
  {
    PartSender sender(bucket, upload, checksum, stop);
    sent = sender.Send(file);
  }
  if (sent) return upload;
  // Also after a cancellation: parts that nobody knows of would be paid for until somebody
  // looks.
  static_cast<void>(bucket.Execute(bucket.requests().AbortUpload(key, upload.upload_id), {}));
  return std::unexpected(sent.error());
}

}  // namespace assay::engine
