// A kind of connector: one .cc in connectors/types/ each; the registry is generated.

#pragma once

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>

#include "auth/aws_credentials.h"
#include "base/fields.h"
#include "base/secret.h"
#include "connectors/connector.h"

namespace assay::connectors {

/// What a kind of place holds, and with it what users say to reach it.
enum class StoreFamily {
  kFiles,   // a URI and a root path
  kTables,  // host, port, user name and password; a database and a schema
};

/// "dfs" or "jdbc", as printed in the API.
const char* StoreFamilyName(StoreFamily family);

/// Everything needed to open a place. What does not belong to a type must be empty.
struct ConnectionSettings {
  std::string type;       // "s3", "local", "postgresql"
  std::string uri;        // "s3://bucket" (S3:// accepted), "file:///dir" or a path
  std::string root_path;  // below the URI; "/" or empty: all of it
  auth::AwsCredentialsOptions credentials;
  std::string endpoint;  // s3: outside AWS
  std::string region;
  bool path_style = true;  // for endpoints outside AWS
  bool requester_pays = false;
  std::string kms_key_id;
  std::string ca_bundle_path;
  // Of tables.
  std::string host;
  int port = 0;  // 0: the type's usual one
  std::string username;
  Secret password;
  std::string ssl_mode;
  std::string database;  // empty: the server is tried, and nothing in it
  std::string schema;
};

struct ConnectorType {
  std::string name;
  std::string summary;
  StoreFamily family = StoreFamily::kFiles;
  bool can_hold_enrichment = false;
  /// May ask the place where it is; a stop request ends that with kCancelled.
  std::function<Result<std::unique_ptr<Connector>>(const ConnectionSettings&, std::stop_token)>
      open;
};

std::span<const ConnectorType> AllConnectorTypes();
const ConnectorType* FindConnectorType(std::string_view name);
/// kFiles for a type that this version does not have.
StoreFamily FamilyOfType(std::string_view name);

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
