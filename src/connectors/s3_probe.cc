// S3Connector::Probe: one right after the other.

#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>

#include "base/id.h"
#include "connectors/local_files.h"
#include "connectors/probe_steps.h"
#include "connectors/s3_connector.h"

namespace assay::connectors {
namespace {

constexpr const char* kScratchBytes = "assay probe\n";

/// A small local file to upload, removed with the object.
class ScratchFile {
 public:
  static Result<ScratchFile> Make() {
    std::error_code error;
    std::string path =
        (std::filesystem::temp_directory_path(error) / "assay-probe-XXXXXX").string();
    if (error)
      return std::unexpected(
          LocalError("cannot find a folder for temporary files", path, error.value()));
    const int descriptor = mkstemp(path.data());
    if (descriptor < 0)
      return std::unexpected(LocalError("cannot create the file", path, errno));
    ScratchFile file(std::move(path));
    const std::string_view bytes = kScratchBytes;
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    const int error_number = errno;
    close(descriptor);
    if (written != static_cast<ssize_t>(bytes.size())) {
      return std::unexpected(LocalError("cannot write the file", file.path_, error_number));
    }
    return file;
  }
  ScratchFile(ScratchFile&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ScratchFile& operator=(ScratchFile&&) = delete;
  ~ScratchFile() {
    if (!path_.empty()) unlink(path_.c_str());
  }
  const std::string& path() const { return path_; }

 private:
  explicit ScratchFile(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

std::string GrantOnBucket(const std::string& action, const ObjectPlace& place) {
  return fmt::format("grant {} on the bucket itself (arn:aws:s3:::{})", action,
                     place.store->bucket());
}

std::string GrantOnObjects(const std::string& action, const ObjectPlace& place) {
  return fmt::format("grant {} on its objects (arn:aws:s3:::{}/{}*)", action,
                     place.store->bucket(), place.prefix);
}

/// The first object that has a byte to read.
Result<engine::ObjectInfo> FirstObject(const ObjectPlace& place, std::stop_token stop) {
  engine::ListRequest request;
  request.prefix = place.prefix;
  ASSAY_TRY(const engine::ListPage page, place.store->List(request, std::move(stop)));
  for (const engine::ObjectInfo& object : page.objects) {
    if (object.size_bytes > 0) return object;
  }
  return engine::ObjectInfo{};
}

void ProbeRead(const ObjectPlace& place, ProbeSteps& steps, std::stop_token stop) {
  engine::ObjectInfo first;
  const bool can_list =
      steps.Try("s3:ListBucket", GrantOnBucket("s3:ListBucket", place), [&]() -> Status {
        ASSAY_TRY(first, FirstObject(place, stop));
        return {};
      });
  steps.Try("s3:GetBucketLocation", GrantOnBucket("s3:GetBucketLocation", place),
            [&]() -> Status {
              ASSAY_RETURN_IF_ERROR(place.store->BucketRegion(stop));
              return {};
            });
  steps.Try("s3:ListBucketMultipartUploads",
            GrantOnBucket("s3:ListBucketMultipartUploads", place), [&]() -> Status {
              ASSAY_RETURN_IF_ERROR(place.store->ListPending(place.prefix, stop));
              return {};
            });
  if (first.key.empty()) {
    steps.Skip("s3:GetObject", can_list
                                   ? "there is no object to read below " + place.root_uri()
                                   : "without s3:ListBucket no object is known to try it on");
    return;
  }
  steps.Try("s3:GetObject", GrantOnObjects("s3:GetObject", place), [&]() -> Status {
    std::array<std::byte, 1> byte{};
    return place.store->Read(first.key, "", 0, byte, stop);
  });
}

void ProbeMultipart(const ObjectPlace& place, const std::string& key, ProbeSteps& steps,
                    std::stop_token stop) {
  engine::PendingUpload upload;
  const bool is_staged = steps.Try(
      "s3:PutObject (multipart)", GrantOnObjects("s3:PutObject", place), [&]() -> Status {
        ASSAY_TRY(const ScratchFile file, ScratchFile::Make());
        ASSAY_TRY(upload, place.store->StageFile(key, file.path(), stop));
        return {};
      });
  steps.Skip("s3:ListMultipartUploadParts",
             "not needed: the parts of an upload are kept on our side");
  if (!is_staged) {
    steps.Skip("s3:AbortMultipartUpload", "there is no upload to abort");
    return;
  }
  const std::string remedy = fmt::format("{}; the upload of {} stays",
                                         GrantOnObjects("s3:AbortMultipartUpload", place), key);
  steps.Try("s3:AbortMultipartUpload", remedy,
            [&] { return place.store->Abort(upload, stop); });
}

void ProbeWrite(const ObjectPlace& place, ProbeSteps& steps, std::stop_token stop) {
  const std::string key = place.prefix + ".assay-probe-" + NewUuid();
  const bool is_written = steps.Try("s3:PutObject", GrantOnObjects("s3:PutObject", place), [&] {
    return place.store->Put(key, std::as_bytes(std::span(std::string_view(kScratchBytes))),
                            stop);
  });
  ProbeMultipart(place, key + "-parts", steps, stop);
  std::string remedy = GrantOnObjects("s3:DeleteObject", place);
  if (is_written) remedy += fmt::format("; the object {} stays", key);
  steps.Try("s3:DeleteObject", remedy, [&] { return place.store->Delete(key, stop); });
}

}  // namespace

std::vector<ProbeStep> S3Connector::Probe(Access access, std::stop_token stop) {
  ProbeSteps steps(stop);
  ProbeRead(place_, steps, stop);
  if (access == Access::kWrite) ProbeWrite(place_, steps, stop);
  return steps.Take();
}

}  // namespace assay::connectors
