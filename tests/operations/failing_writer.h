// A writer whose store goes away.

#pragma once

#include "connectors/connector.h"

namespace assay::operations {

/// Stops with a failure before the call that would be number `allowed_calls` + 1.
class FailingWriter : public connectors::ResultWriter {
 public:
  FailingWriter(connectors::ResultWriter& inner, int allowed_calls)
      : inner_(inner), allowed_calls_(allowed_calls) {}

  Result<connectors::StagedFile> Stage(const std::string& relative_path,
                                       const std::string& local_path,
                                       std::stop_token stop) override {
    ASSAY_RETURN_IF_ERROR(Take());
    return inner_.Stage(relative_path, local_path, stop);
  }
  Status Publish(const connectors::StagedFile& file, std::stop_token stop) override {
    ASSAY_RETURN_IF_ERROR(Take());
    return inner_.Publish(file, stop);
  }
  Status Discard(const connectors::StagedFile& file, std::stop_token stop) override {
    return inner_.Discard(file, stop);
  }
  Result<std::vector<connectors::StagedFile>> ListStaged(const std::string& relative_prefix,
                                                         std::stop_token stop) override {
    return inner_.ListStaged(relative_prefix, stop);
  }
  Status WriteNow(const std::string& relative_path, const std::string& bytes,
                  std::stop_token stop) override {
    ASSAY_RETURN_IF_ERROR(Take());
    return inner_.WriteNow(relative_path, bytes, stop);
  }
  Result<std::vector<std::string>> ListVisible(const std::string& relative_prefix,
                                               std::stop_token stop) override {
    return inner_.ListVisible(relative_prefix, stop);
  }
  Result<std::string> ReadNow(const std::string& relative_path, std::stop_token stop) override {
    return inner_.ReadNow(relative_path, stop);
  }
  Status Remove(const std::string& relative_path, std::stop_token stop) override {
    ASSAY_RETURN_IF_ERROR(Take());
    return inner_.Remove(relative_path, stop);
  }
  std::string root_uri() const override { return inner_.root_uri(); }

 private:
  Status Take() {
    if (allowed_calls_-- <= 0) return Fail(ErrorKind::kUnavailable, "the store is gone");
    return {};
  }

  connectors::ResultWriter& inner_;
  int allowed_calls_;
};

}  // namespace assay::operations
