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

Result<std::string> Text(const Json& properties, const char* key) {
  const auto found = properties.find(key);
  if (found == properties.end() || found->is_null()) return std::string();
  auto text = JsonCodec<std::string>::Parse(*found);
  if (!text) return FailWithin(key, text.error());
  return text;
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

}  // namespace

Result<connectors::ConnectionSettings> ToConnectionSettings(const store::Connection& connection,
                                                            const std::string& root_path) {
  connectors::ConnectionSettings settings;
  settings.type = connection.type;
  settings.root_path = root_path;
  ASSAY_TRY(settings.uri, Text(connection.properties, "uri"));
  if (settings.uri.empty()) return Fail(ErrorKind::kInvalidInput, "uri: is required");
  if (connection.type == "local") return settings;

  Parameters parameters;
  const auto given = connection.properties.find("parameters");
  if (given != connection.properties.end() && !given->is_null()) {
    const Status status = ParameterFields().ParseInto(parameters, *given, UnknownKeys::kIgnore);
    if (!status) return FailWithin("parameters", status.error());
  }
  ASSAY_TRY(settings.credentials, Credentials(connection, parameters));
  settings.endpoint = parameters.endpoint;
  settings.region = parameters.region;
  settings.path_style = parameters.path_style;
  settings.requester_pays = parameters.requester_pays;
  settings.kms_key_id = parameters.kms_key_id;
  settings.ca_bundle_path = parameters.ca_bundle;
  return settings;
}

Status CheckConnectionSettings(const store::Connection& connection) {
  if (HasSecretsManager(connection)) {
    ASSAY_RETURN_IF_ERROR(OpenSecretStore(connection));
    return CheckReferences(connection);
  }
  ASSAY_RETURN_IF_ERROR(ToConnectionSettings(connection, "/"));
  return {};
}

Result<std::unique_ptr<connectors::Connector>> OpenConnection(
    const store::Connection& connection, const std::string& root_path, std::stop_token stop) {
  const connectors::ConnectorType* type = connectors::FindConnectorType(connection.type);
  if (type == nullptr) {
    return Fail(ErrorKind::kUnsupported,
                fmt::format("this version has no connector of type {}", connection.type));
  }
  ASSAY_TRY(const store::Connection resolved, ResolveReferences(connection, stop));
  ASSAY_TRY(const auto settings, ToConnectionSettings(resolved, root_path));
  return type->open(settings, std::move(stop));
}

Result<std::unique_ptr<connectors::Connector>> DatastoreAccess::Open(
    int64_t datastore_id, std::stop_token stop) const {
  ASSAY_TRY(const store::Datastore datastore, store::Datastores(database_).Get(datastore_id));
  ASSAY_TRY(const store::Connection connection,
            store::Connections(database_, cipher_).Get(datastore.connection_id));
  return OpenConnection(connection, datastore.root_path, std::move(stop));
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
