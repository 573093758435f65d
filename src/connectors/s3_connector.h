// A bucket, or a part of one, as a connector.

#pragma once

#include <memory>
#include <string>

#include "connectors/connector_type.h"
#include "connectors/object_files.h"

namespace assay::connectors {

class S3Connector final : public Connector {
 public:
  explicit S3Connector(ObjectPlace place);

  std::string root_uri() const override { return place_.root_uri(); }
  FileLister* files() override { return &lister_; }
  ResultWriter* writer() override { return &writer_; }
  Status AttachTo(engine::Session& session) override;

  /// Bucket rights first, then object rights. kWrite leaves nothing behind if DeleteObject and
  /// AbortMultipartUpload are granted; if not, the step names the key that stays.
  std::vector<ProbeStep> Probe(Access access, std::stop_token stop) override;

 private:
  ObjectPlace place_;
  ObjectLister lister_;
  ObjectWriter writer_;
};

/// The object store that settings describe; `bucket` is a name or an access point's ARN.
/// kCancelled after a stop request.
Result<std::shared_ptr<engine::ObjectStore>> OpenBucket(const ConnectionSettings& settings,
                                                        const std::string& bucket,
                                                        std::stop_token stop);

/// kInvalidInput if the URI has a path (that belongs into root_path) or is no S3 URI;
/// kCancelled after a stop request.
Result<std::unique_ptr<Connector>> OpenS3Connector(const ConnectionSettings& settings,
                                                   std::stop_token stop);

}  // namespace assay::connectors
