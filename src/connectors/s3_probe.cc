#include "connectors/s3_probe.h"

#include <algorithm>
#include <optional>

#include "auth/role.h"
#include "connectors/role_diagnosis.h"
#include "connectors/s3_scratch.h"
#include "connectors/s3_trial.h"

namespace assay::connectors {
namespace {

using Tried = std::expected<void, StepFailure>;

Tried AssumeRole(const auth::AwsCredentialsOptions& credentials, const std::stop_token& stop) {
  const auto keys = auth::TryRole(credentials, stop);
  if (keys) return {};
  const auth::AwsService::Refusal& refusal = keys.error();
  const RoleAttempt attempt{.role_arn = credentials.role->arn,
                            .external_id = credentials.role->external_id};
  return std::unexpected(
      StepFailure{.error = refusal.error,
                  .diagnosis = DiagnoseRole(refusal.answer, refusal.error.kind, attempt)});
}

/// The steps of one probe.
class Probe {
 public:
  Probe(engine::S3Bucket& bucket, const std::string& prefix, std::stop_token stop)
      : bucket_(bucket), trial_(bucket, prefix, stop), stop_(std::move(stop)), steps_(stop_) {}

  void Assume(const auth::AwsCredentialsOptions& credentials) {
    steps_.TryRight("assume role", "sts:AssumeRole",
                    [&] { return AssumeRole(credentials, stop_); });
  }

  void Look() {
    steps_.TryRight("list", "s3:ListBucket", [&] { return List(); });
    TryPlain("locate", trial_.requests().GetBucketLocation());
    TryPlain("list uploads", trial_.requests().ListUploads(trial_.place().prefix, "", ""));
  }

  /// Reads an object of the place; without one, `scratch_key` if that is there, else an object
  /// that does not exist.
  void Read(const std::optional<std::string>& scratch_key) {
    const std::string key = first_key_.empty() ? scratch_key.value_or("") : first_key_;
    if (!key.empty()) return TryPlain("read", trial_.requests().GetObject(key, "", 0, 1));
    const std::string missing = trial_.place().prefix + ".assay-probe-of-no-object";
    steps_.TryRight("read", "s3:GetObject", [&] {
      return trial_.SendForNothing(trial_.requests().GetObject(missing, "", 0, 1), "NoSuchKey");
    });
  }

  void ReadAndWrite() {
    S3Scratch scratch(bucket_, trial_, steps_);
    if (!first_key_.empty()) Read({});
    const bool is_there = scratch.Put();
    if (first_key_.empty())
      Read(is_there ? std::optional(scratch.key()) : std::optional<std::string>());
    scratch.Upload();
    scratch.Delete();
  }

  std::vector<ProbeStep> Take() { return steps_.Take(); }

 private:
  Tried List() {
    engine::ListRequest request;
    request.prefix = trial_.place().prefix;
    const auto answer = trial_.SendFirst(trial_.requests().ListObjects(request));
    if (!answer) return std::unexpected(answer.error());
    const auto page = engine::ParseListObjects(answer->body);
    if (!page) return std::unexpected(trial_.NotS3(page.error()));
    const auto readable = std::ranges::find_if(page->objects, [](const auto& object) {
      return object.size_bytes > 0 && object.storage_class != "GLACIER" &&
             object.storage_class != "DEEP_ARCHIVE";
    });
    if (readable != page->objects.end()) first_key_ = readable->key;
    return {};
  }

  void TryPlain(const std::string& action, const engine::S3Request& request) {
    steps_.TryRight(action, request.action, [&]() -> Tried {
      const auto answer = trial_.Send(request);
      if (!answer) return std::unexpected(answer.error());
      return {};
    });
  }

  engine::S3Bucket& bucket_;
  const S3Trial trial_;
  const std::stop_token stop_;
  ProbeSteps steps_;
  std::string first_key_;  // of an object with a byte to read; empty: none is known
};

}  // namespace

std::vector<ProbeStep> ProbeS3(engine::S3Bucket& bucket,
                               const auth::AwsCredentialsOptions& credentials,
                               const std::string& prefix, Access access, std::stop_token stop) {
  Probe probe(bucket, prefix, std::move(stop));
  if (credentials.role) probe.Assume(credentials);
  probe.Look();
  if (access == Access::kWrite) {
    probe.ReadAndWrite();
  } else {
    probe.Read({});
  }
  return probe.Take();
}

}  // namespace assay::connectors
