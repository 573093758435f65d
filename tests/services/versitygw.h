// A real S3 server for tests: starts VersityGW through tests/services/versitygw-up and stops it
// again.

#pragma once

#include <string>

#include "base/result.h"
#include "engine/object_store/s3.h"

namespace assay::services {

/// One server on a free port of 127.0.0.1, over an empty folder. Its data goes with it.
///
///   Result<VersityGw> server = VersityGw::Start("data");
///   if (!server) GTEST_SKIP() << server.error().message;
class VersityGw {
 public:
  /// `buckets`: names separated by spaces. The first start on a machine builds the server with
  /// Go, about two minutes. kUnavailable, with the reason, if it cannot be built or started.
  static Result<VersityGw> Start(const std::string& buckets);

  VersityGw(VersityGw&& other) noexcept;
  VersityGw& operator=(VersityGw&&) = delete;
  ~VersityGw();

  const std::string& endpoint() const { return endpoint_; }  // "http://127.0.0.1:40001"
  int pid() const { return pid_; }
  /// The folder that holds a folder for each bucket.
  const std::string& data_directory() const { return data_directory_; }

  engine::S3Options Options(const std::string& bucket) const;
  /// Those of the server's root account.
  static auth::AwsCredentialsOptions Credentials();

 private:
  VersityGw() = default;

  int port_ = 0;
  int pid_ = 0;
  std::string endpoint_;
  std::string data_directory_;
};

}  // namespace assay::services
