// From stored connections and datastores to open connectors.

#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "connectors/connector_type.h"
#include "store/cipher.h"
#include "store/connections.h"
#include "store/database.h"
#include "store/datastores.h"

namespace assay::operations {

/// Where in its connection a datastore is: as the connector's family has it.
struct Place {
  std::string root_path = "/";   // of files
  std::string database, schema;  // of tables; empty: none in particular

  friend bool operator==(const Place&, const Place&) = default;
};
Place PlaceOf(const store::Datastore& datastore);

/// What a connector needs, from a connection as stored (or as about to be) and a place in it.
///
/// Of Connection::properties, for files: "uri"; "access_key"; and in "parameters":
/// "authentication_type" (SHARED_KEY, the default: the keys, or the standard AWS chain when
/// there are none; IAM_ROLE: the same, to assume "role_arn" with "external_id", "session_name",
/// "duration_seconds" and "sts_endpoint"; DEFAULT_CHAIN; ANONYMOUS), "endpoint", "region",
/// "path_style", "requester_pays", "kms_key_id", "profile", "ca_bundle". Of the secrets:
/// "secret_key", "session_token". For tables: "host", "port", "username"; in "parameters"
/// "sslmode" and "ca_bundle"; of the secrets "password". References ${key} must be resolved
/// before.
/// kInvalidInput naming the key.
Result<connectors::ConnectionSettings> ToConnectionSettings(const store::Connection& connection,
                                                            const Place& place);

/// Whether a connection can be stored: ToConnectionSettings takes it, or, if a secrets manager
/// will fill it in when it is opened, that one's settings and the references are well-formed.
/// kInvalidInput naming the key.
Status CheckConnectionSettings(const store::Connection& connection);

/// Opens what ToConnectionSettings describes, after reading the secrets that its properties
/// refer to. Errors as there, as ResolveReferences and as ConnectorType::open.
Result<std::unique_ptr<connectors::Connector>> OpenConnection(
    const store::Connection& connection, const Place& place, std::stop_token stop);

/// kUnsupported, with the reason, when a datastore of this type cannot do what is asked: hold
/// enrichment; be read incrementally, which needs files.
Status CheckCanHoldEnrichment(const std::string& type);
Status CheckCanBeReadIncrementally(const std::string& type);

/// Opens datastores by id. Thread-safe; secrets are decrypted for each call and not kept.
class DatastoreAccess {
 public:
  DatastoreAccess(store::Database& database, const store::Cipher& cipher)
      : database_(database), cipher_(cipher) {}

  /// kNotFound, and as OpenConnection.
  Result<std::unique_ptr<connectors::Connector>> Open(int64_t datastore_id,
                                                      std::stop_token stop) const;

  /// That of the installation.
  const store::Cipher& cipher() const { return cipher_; }

 private:
  store::Database& database_;
  const store::Cipher& cipher_;
};

/// What a connection test found.
struct ConnectionTest {
  /// "connected". kDenied naming each right that is refused, why, and what to do; kCancelled
  /// when a stop request ended the test before anything was refused; as OpenConnection when
  /// nothing could be tried.
  Status outcome;
  std::vector<connectors::ProbeStep> steps;  // what was tried; empty if nothing could be
};

/// kWrite also tries what an enrichment datastore needs.
ConnectionTest TestConnection(connectors::Connector& connector, connectors::Access access,
                              std::stop_token stop);

}  // namespace assay::operations
