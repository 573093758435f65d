#include "operations/datastore_access.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "auth/role.h"
#include "operations/secret_references.h"
#include "operations/secrets_manager.h"

namespace assay::operations {
namespace {

/// The part of a connection that "parameters" may hold.
struct Parameters {
  std::string authentication_type = "SHARED_KEY";
  std::string endpoint;
  std::string region;
  bool path_style = true;
  bool requester_pays = false;
  std::string kms_key_id;
  std::string profile;
  std::string ca_bundle;
  std::string role_arn;
  std::string external_id;
  std::string session_name;
  int64_t duration_seconds = 0;
  std::string sts_endpoint;
};

const Fields<Parameters>& ParameterFields() {
  using P = Parameters;
  static const Fields<P> fields = {
      Optional("authentication_type", &P::authentication_type,
               "SHARED_KEY, IAM_ROLE, DEFAULT_CHAIN or ANONYMOUS."),
      Optional("endpoint", &P::endpoint, "Of a store outside AWS, \"https://host:port\"."),
      Optional("region", &P::region, "Of the bucket; asked from it when absent."),
      Optional("path_style", &P::path_style, "Whether the bucket goes into the path."),
      Optional("requester_pays", &P::requester_pays, "Whether we pay for requests."),
      Optional("kms_key_id", &P::kms_key_id, "Key for what is written."),
      Optional("profile", &P::profile, "Of the AWS configuration files."),
      Optional("ca_bundle", &P::ca_bundle, "Path of a PEM file."),
      Optional("role_arn", &P::role_arn, "IAM_ROLE: the role to assume."),
      Optional("external_id", &P::external_id, "IAM_ROLE: when the role demands one."),
      Optional("session_name", &P::session_name, "IAM_ROLE: shows in CloudTrail."),
      Optional("duration_seconds", &P::duration_seconds, "IAM_ROLE: of its keys."),
      Optional("sts_endpoint", &P::sts_endpoint, "IAM_ROLE: of STS outside AWS."),
  };
  return fields;
}

/// The same of a connection to a database.
struct TableParameters {
  std::string sslmode;
  std::string ca_bundle;
};

const Fields<TableParameters>& TableParameterFields() {
  using P = TableParameters;
  static const Fields<P> fields = {
      Optional("sslmode", &P::sslmode, "disable, prefer, require, verify-ca or verify-full."),
      Optional("ca_bundle", &P::ca_bundle, "Path of a PEM file."),
  };
  return fields;
}

template <class P>
Status ReadParameters(const store::Connection& connection, const Fields<P>& fields,
                      P& parameters) {
  const auto given = connection.properties.find("parameters");
  if (given == connection.properties.end() || given->is_null()) return {};
  const Status status = fields.ParseInto(parameters, *given, UnknownKeys::kIgnore);
  if (!status) return FailWithin("parameters", status.error());
  return {};
}

Result<std::string> Text(const Json& properties, const char* key) {
  const auto found = properties.find(key);
  if (found == properties.end() || found->is_null()) return std::string();
  auto text = JsonCodec<std::string>::Parse(*found);
  if (!text) return FailWithin(key, text.error());
  return text;
}

Result<int> Port(const Json& properties) {
  const auto found = properties.find("port");
  if (found == properties.end() || found->is_null()) return 0;
  const auto port = JsonCodec<int64_t>::Parse(*found);
  if (!port) return FailWithin("port", port.error());
  if (*port < 1 || *port > 65'535)
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("port: must be from 1 to 65535, not {}", *port));
  return static_cast<int>(*port);
}

Secret SecretOf(const store::Connection& connection, const std::string& name) {
  const auto found = connection.secrets.find(name);
  return found == connection.secrets.end() ? Secret() : found->second;
}

auth::AwsRoleOptions RoleOf(const Parameters& parameters) {
  return {.arn = parameters.role_arn,
          .external_id = parameters.external_id,
          .session_name = parameters.session_name,
          .duration_seconds = parameters.duration_seconds,
          .region = parameters.region,
          .sts_endpoint = parameters.sts_endpoint,
          .ca_bundle_path = parameters.ca_bundle};
}

Result<auth::AwsCredentialsOptions> Credentials(const store::Connection& connection,
                                                const Parameters& parameters) {
  using Source = auth::AwsCredentialsSource;
  auth::AwsCredentialsOptions credentials;
  credentials.profile = parameters.profile;
  const std::string& type = parameters.authentication_type;
  if (type == "DEFAULT_CHAIN") return credentials;
  if (type == "ANONYMOUS") {
    credentials.source = Source::kAnonymous;
    return credentials;
  }
  if (type != "SHARED_KEY" && type != "IAM_ROLE") {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("authentication_type: must be SHARED_KEY, IAM_ROLE, DEFAULT_CHAIN "
                            "or ANONYMOUS, not {}",
                            type));
  }
  ASSAY_TRY(credentials.access_key_id, Text(connection.properties, "access_key"));
  credentials.secret_access_key = SecretOf(connection, "secret_key");
  credentials.session_token = SecretOf(connection, "session_token");
  if (credentials.access_key_id.empty() != credentials.secret_access_key.empty()) {
    return Fail(ErrorKind::kInvalidInput, "access_key and secret_key: give both or none");
  }
  credentials.source = credentials.access_key_id.empty() ? Source::kDefault : Source::kStatic;
  if (type == "IAM_ROLE") {
    credentials.role = RoleOf(parameters);
    ASSAY_RETURN_IF_ERROR(auth::CheckRole(*credentials.role));
  }
  return credentials;
}

/// "s3:GetObject: access denied ...; grant ...". A wrong key is no matter of the action that
/// was tried first.
std::string ReasonOf(const connectors::ProbeStep& step) {
  const bool is_of_all = step.blame && connectors::HoldsForAllRequests(*step.blame);
  std::string reason;
  if (!is_of_all) reason = fmt::format("{}: ", step.right.empty() ? step.action : step.right);
  reason += step.detail;
  return step.remedy.empty() ? reason : reason + "; " + step.remedy;
}

Status ReadFileSettings(const store::Connection& connection,
                        connectors::ConnectionSettings& settings) {
  ASSAY_TRY(settings.uri, Text(connection.properties, "uri"));
  if (settings.uri.empty()) return Fail(ErrorKind::kInvalidInput, "uri: is required");
  if (connection.type == "local") return {};

  Parameters parameters;
  ASSAY_RETURN_IF_ERROR(ReadParameters(connection, ParameterFields(), parameters));
  ASSAY_TRY(settings.credentials, Credentials(connection, parameters));
  settings.endpoint = parameters.endpoint;
  settings.region = parameters.region;
  settings.path_style = parameters.path_style;
  settings.requester_pays = parameters.requester_pays;
  settings.kms_key_id = parameters.kms_key_id;
  settings.ca_bundle_path = parameters.ca_bundle;
  return {};
}

Status ReadTableSettings(const store::Connection& connection,
                         connectors::ConnectionSettings& settings) {
  TableParameters parameters;
  ASSAY_RETURN_IF_ERROR(ReadParameters(connection, TableParameterFields(), parameters));
  ASSAY_TRY(settings.host, Text(connection.properties, "host"));
  if (settings.host.empty()) return Fail(ErrorKind::kInvalidInput, "host: is required");
  ASSAY_TRY(settings.username, Text(connection.properties, "username"));
  ASSAY_TRY(settings.port, Port(connection.properties));
  settings.password = SecretOf(connection, "password");
  settings.ssl_mode = parameters.sslmode;
  settings.ca_bundle_path = parameters.ca_bundle;
  return {};
}

const connectors::ConnectorType& TypeOrNone(const std::string& name) {
  static const connectors::ConnectorType none;
  const connectors::ConnectorType* type = connectors::FindConnectorType(name);
  return type == nullptr ? none : *type;
}

}  // namespace

Place PlaceOf(const store::Datastore& datastore) {
  return {.root_path = datastore.root_path,
          .database = datastore.database,
          .schema = datastore.schema};
}

Result<connectors::ConnectionSettings> ToConnectionSettings(const store::Connection& connection,
                                                            const Place& place) {
  connectors::ConnectionSettings settings;
  settings.type = connection.type;
  switch (connectors::FamilyOfType(connection.type)) {
    case connectors::StoreFamily::kFiles:
      settings.root_path = place.root_path;
      ASSAY_RETURN_IF_ERROR(ReadFileSettings(connection, settings));
      break;
    case connectors::StoreFamily::kTables:
      settings.database = place.database;
      settings.schema = place.schema;
      ASSAY_RETURN_IF_ERROR(ReadTableSettings(connection, settings));
      break;
  }
  return settings;
}

Status CheckConnectionSettings(const store::Connection& connection) {
  if (HasSecretsManager(connection)) {
    ASSAY_RETURN_IF_ERROR(OpenSecretStore(connection));
    return CheckReferences(connection);
  }
  ASSAY_RETURN_IF_ERROR(ToConnectionSettings(connection, {}));
  return {};
}

Result<std::unique_ptr<connectors::Connector>> OpenConnection(
    const store::Connection& connection, const Place& place, std::stop_token stop) {
  const connectors::ConnectorType* type = connectors::FindConnectorType(connection.type);
  if (type == nullptr) {
    return Fail(ErrorKind::kUnsupported,
                fmt::format("this version has no connector of type {}", connection.type));
  }
  ASSAY_TRY(const store::Connection resolved, ResolveReferences(connection, stop));
  ASSAY_TRY(const auto settings, ToConnectionSettings(resolved, place));
  return type->open(settings, std::move(stop));
}

Result<std::unique_ptr<connectors::Connector>> DatastoreAccess::Open(
    int64_t datastore_id, std::stop_token stop) const {
  ASSAY_TRY(const store::Datastore datastore, store::Datastores(database_).Get(datastore_id));
  ASSAY_TRY(const store::Connection connection,
            store::Connections(database_, cipher_).Get(datastore.connection_id));
  return OpenConnection(connection, PlaceOf(datastore), std::move(stop));
}

Status CheckCanHoldEnrichment(const std::string& type) {
  if (TypeOrNone(type).can_hold_enrichment) return {};
  return Fail(
      ErrorKind::kUnsupported,
      fmt::format("enrichment_only: a datastore of this type holds no enrichment; use one "
                  "of type s3 or local: {}",
                  type));
}

Status CheckCanBeReadIncrementally(const std::string& type) {
  if (TypeOrNone(type).family == connectors::StoreFamily::kFiles) return {};
  return Fail(ErrorKind::kUnsupported,
              fmt::format("tables are always read as a whole: leave out incremental, "
                          "greater_than_time and greater_than_batch for a datastore of type {}",
                          type));
}

ConnectionTest TestConnection(connectors::Connector& connector, connectors::Access access,
                              std::stop_token stop) {
  ConnectionTest test{.outcome = {}, .steps = connector.Probe(access, stop)};
  std::vector<std::string> refused, reasons;
  for (const connectors::ProbeStep& step : test.steps) {
    if (step.outcome != connectors::ProbeStep::Outcome::kRefused) continue;
    refused.push_back(step.right.empty() ? step.action : step.right);
    reasons.push_back(ReasonOf(step));
  }
  if (!refused.empty()) {
    const std::string lead =
        refused.size() == 1 ? "" : fmt::format("refused: {}. ", fmt::join(refused, ", "));
    test.outcome = Fail(ErrorKind::kDenied, lead + fmt::format("{}", fmt::join(reasons, ". ")));
  } else if (stop.stop_requested()) {
    // What was cut off is skipped, not refused: it says nothing about the place.
    test.outcome = Fail(ErrorKind::kCancelled, "stopped before the test ended");
  }
  return test;
}

}  // namespace assay::operations
