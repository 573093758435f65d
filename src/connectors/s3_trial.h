// Single requests of a probe, their failures diagnosed.

#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <stop_token>
#include <string>

#include "connectors/probe_steps.h"
#include "connectors/s3_diagnosis.h"
#include "engine/object_store/s3_bucket.h"

namespace assay::connectors {

/// One place in a bucket, as a probe sees it. The bucket must outlive it.
class S3Trial {
 public:
  S3Trial(engine::S3Bucket& bucket, const std::string& prefix, std::stop_token stop);

  const engine::S3Requests& requests() const { return bucket_.requests(); }
  const S3PolicyPlace& place() const { return place_; }

  /// Sends a request that needs request.action.
  std::expected<engine::S3Response, StepFailure> Send(const engine::S3Request& request) const;

  /// As Send, for the first request: where no secure connection can be made, which the AWS
  /// runtime takes most of a minute to find out, it fails at once.
  std::expected<engine::S3Response, StepFailure> SendFirst(
      const engine::S3Request& request) const;

  /// Sends a request about something that does not exist. That the server says so, by
  /// `missing_code`, shows that the right is there; an answer that names no right leaves it
  /// unclear.
  std::expected<void, StepFailure> SendForNothing(const engine::S3Request& request,
                                                  const std::string& missing_code) const;

  /// Of an answer that is not what S3 gives; `error` is the parser's.
  StepFailure NotS3(const Error& error) const;

 private:
  std::optional<std::chrono::seconds> ClockAhead() const;
  StepFailure Explain(const engine::S3Failure& failure, const engine::S3Request& request) const;

  engine::S3Bucket& bucket_;
  const S3PolicyPlace place_;
  const std::stop_token stop_;
};

}  // namespace assay::connectors
