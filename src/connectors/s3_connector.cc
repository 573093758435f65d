#include "connectors/s3_connector.h"

#include <fmt/format.h>

#include "connectors/relative_path.h"
#include "connectors/s3_probe.h"
#include "connectors/s3_uri.h"
#include "engine/object_store/s3_bucket.h"
#include "net/url_parts.h"

namespace assay::connectors {

S3Connector::S3Connector(OpenedBucket opened, const std::string& prefix)
    : opened_(std::move(opened)),
      place_{.store = opened_.store, .prefix = prefix},
      lister_(place_),
      writer_(place_) {}

std::optional<net::HostAndPort> S3Connector::server() const {
  const auto url = net::ParseUrl(opened_.bucket->target().endpoint);
  if (!url) return std::nullopt;
  return net::HostAndPort{.host = url->host, .port = url->port};
}

std::vector<ProbeStep> S3Connector::Probe(Access access, std::stop_token stop) {
  // Who tests a connection waits for the answer: what fails twice is told at once.
  engine::S3Options options = opened_.bucket->options();
  options.region = opened_.bucket->target().region;
  options.retry_budget = 1;
  const auto bucket = engine::S3Bucket::Open(options, opened_.credentials, stop);
  return ProbeS3(bucket ? **bucket : *opened_.bucket, opened_.credentials, place_.prefix,
                 access, stop);
}

Status S3Connector::AttachTo(engine::Session& session) {
  return session.Attach(place_.Uri(""), place_.store);
}

Result<OpenedBucket> OpenBucket(const ConnectionSettings& settings, const std::string& bucket,
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
  ASSAY_TRY(std::shared_ptr<engine::S3Bucket> opened,
            engine::S3Bucket::Open(options, settings.credentials, std::move(stop)));
  return OpenedBucket{.bucket = opened,
                      .store = engine::MakeS3Store(opened),
                      .credentials = settings.credentials};
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
  ASSAY_TRY(OpenedBucket opened, OpenBucket(settings, uri.bucket, std::move(stop)));
  return std::make_unique<S3Connector>(std::move(opened), root.empty() ? "" : root + "/");
}

}  // namespace assay::connectors
