#include "connectors/s3_connector.h"

#include <fmt/format.h>

#include "connectors/relative_path.h"
#include "connectors/s3_uri.h"
#include "engine/object_store/s3.h"

namespace assay::connectors {

S3Connector::S3Connector(ObjectPlace place)
    : place_(std::move(place)), lister_(place_), writer_(place_) {}

Status S3Connector::AttachTo(engine::Session& session) {
  return session.Attach(place_.Uri(""), place_.store);
}

Result<std::shared_ptr<engine::ObjectStore>> OpenBucket(const ConnectionSettings& settings,
                                                        const std::string& bucket,
                                                        std::stop_token stop) {
  const bool has_both_keys = !settings.credentials.access_key_id.empty() &&
                             !settings.credentials.secret_access_key.empty();
  if (settings.credentials.source == auth::AwsCredentialsSource::kStatic && !has_both_keys) {
    return Fail(ErrorKind::kInvalidInput, "access key and secret key must both be given");
  }
  engine::S3Options options;
  options.bucket = bucket;
  options.endpoint = settings.endpoint;
  options.region = settings.region;
  if (!settings.endpoint.empty()) {
    options.addressing = settings.path_style ? engine::AddressingStyle::kPath
                                             : engine::AddressingStyle::kVirtualHost;
  }
  options.requester_pays = settings.requester_pays;
  options.kms_key_id = settings.kms_key_id;
  if (!settings.kms_key_id.empty()) options.encryption = engine::ServerSideEncryption::kKms;
  options.ca_bundle_path = settings.ca_bundle_path;
  return engine::OpenS3(options, settings.credentials, std::move(stop));
}

Result<std::unique_ptr<Connector>> OpenS3Connector(const ConnectionSettings& settings,
                                                   std::stop_token stop) {
  ASSAY_TRY(const S3Uri uri, ParseS3Uri(settings.uri));
  if (!uri.key.empty()) {
    return Fail(
        ErrorKind::kInvalidInput,
        fmt::format(
            "the URI must name the bucket only; use uri \"s3://{}\" with root_path \"/{}/\"",
            uri.bucket, TrimSlashes(uri.key)));
  }
  const std::string root = TrimSlashes(settings.root_path);
  ASSAY_TRY(std::shared_ptr<engine::ObjectStore> store,
            OpenBucket(settings, uri.bucket, std::move(stop)));
  return std::make_unique<S3Connector>(
      ObjectPlace{.store = std::move(store), .prefix = root.empty() ? "" : root + "/"});
}

}  // namespace assay::connectors
