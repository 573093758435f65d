// What a probe writes: one object and one upload, under a key of their own.

#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "connectors/probe_steps.h"
#include "connectors/s3_trial.h"

namespace assay::connectors {

/// Tries the rights to write. Destroying it removes what is there still, also after a stop
/// request, within seconds.
class S3Scratch {
 public:
  /// All must outlive it.
  S3Scratch(engine::S3Bucket& bucket, const S3Trial& trial, ProbeSteps& steps);
  S3Scratch(const S3Scratch&) = delete;
  S3Scratch& operator=(const S3Scratch&) = delete;
  ~S3Scratch();

  const std::string& key() const { return key_; }

  /// Whether the object is there now.
  bool Put();
  /// Starts an upload, lists its parts, aborts it. Without an upload the latter two are tried
  /// on one that does not exist.
  void Upload();
  void Delete();

 private:
  enum class Presence { kNone, kPerhaps, kThere };  // kPerhaps: the answer was lost

  const engine::S3Requests& requests() const { return bucket_.requests(); }
  void AbortUnknownUploads(std::stop_token stop);

  engine::S3Bucket& bucket_;
  const S3Trial& trial_;
  ProbeSteps& steps_;
  const std::string key_;
  Presence object_ = Presence::kNone;
  Presence upload_ = Presence::kNone;
  std::string upload_id_;  // empty: not known
};

}  // namespace assay::connectors
