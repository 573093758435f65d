// A bucket, or a part of one, as a connector.

#pragma once

#include <memory>
#include <string>

#include "connectors/connector_type.h"
#include "connectors/object_files.h"
#include "engine/object_store/s3.h"

namespace assay::connectors {

/// A bucket as opened: its requests, and the store over them.
struct OpenedBucket {
  std::shared_ptr<engine::S3Bucket> bucket;
  std::shared_ptr<engine::ObjectStore> store;
  auth::AwsCredentialsOptions credentials;
};

class S3Connector final : public Connector {
 public:
  /// `prefix` is empty or ends in '/'.
  S3Connector(OpenedBucket opened, const std::string& prefix);

  std::string root_uri() const override { return place_.root_uri(); }
  std::optional<net::HostAndPort> server() const override;
  FileLister* files() override { return &lister_; }
  TableLister* tables() override { return nullptr; }
  ResultWriter* writer() override { return &writer_; }
  Status AttachTo(engine::Session& session) override;

  /// Bucket rights first, then object rights; before them, if a role is assumed, that. What is
  /// denied does not keep the others from being tried; what would fail alike, such as with a
  /// wrong key, is skipped. kWrite works on a scratch key and leaves nothing behind, also after
  /// a stop request, unless DeleteObject or AbortMultipartUpload is denied: then the step names
  /// what stays.
  std::vector<ProbeStep> Probe(Access access, std::stop_token stop) override;

 private:
  OpenedBucket opened_;
  ObjectPlace place_;
  ObjectLister lister_;
  ObjectWriter writer_;
};

/// The bucket that settings describe; `bucket` is a name or an access point's ARN. kCancelled
/// after a stop request.
Result<OpenedBucket> OpenBucket(const ConnectionSettings& settings, const std::string& bucket,
                                std::stop_token stop);

/// kInvalidInput if the URI has a path (that belongs into root_path) or is no S3 URI;
/// kCancelled after a stop request.
Result<std::unique_ptr<Connector>> OpenS3Connector(const ConnectionSettings& settings,
                                                   std::stop_token stop);

}  // namespace assay::connectors
