// A kind of connector: one .cc in connectors/types/ each; the registry is generated.

#pragma once

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>

#include "auth/aws_credentials.h"
#include "base/fields.h"
#include "connectors/connector.h"

namespace assay::connectors {

/// Everything needed to open a place. What does not belong to a type must be empty.
struct ConnectionSettings {
  std::string type;       // "s3", "local"
  std::string uri;        // "s3://bucket" (S3:// accepted), "file:///dir" or a path
  std::string root_path;  // below the URI; "/" or empty: all of it
  auth::AwsCredentialsOptions credentials;
  std::string endpoint;  // s3: outside AWS
  std::string region;
  bool path_style = true;  // for endpoints outside AWS
  bool requester_pays = false;
  std::string kms_key_id;
  std::string ca_bundle_path;
};

struct ConnectorType {
  std::string name;
  std::string summary;
  bool can_hold_enrichment = false;
  /// May ask the place where it is; a stop request ends that with kCancelled.
  std::function<Result<std::unique_ptr<Connector>>(const ConnectionSettings&, std::stop_token)>
      open;
};

std::span<const ConnectorType> AllConnectorTypes();
const ConnectorType* FindConnectorType(std::string_view name);

/// Opens the place that a command-line URI names, with the standard AWS settings of the
/// environment: "s3://bucket/prefix", "file:///dir", a path.
/// For one file the root is its folder and `only_file` its name.
struct OpenedUri {
  std::unique_ptr<Connector> connector;
  std::string only_file;  // empty: everything below the root
};
/// kInvalidInput for what is no such URI, kCancelled after a stop request, and as the place
/// answers: S3 is asked for the bucket's region and whether the URI names an object.
Result<OpenedUri> OpenUri(const std::string& uri, std::stop_token stop);

}  // namespace assay::connectors
