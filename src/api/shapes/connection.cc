#include "api/shapes/connection.h"

#include <fmt/format.h>

#include <map>

#include "api/schema_check.h"
#include "api/shapes/connection_uri.h"
#include "connectors/connector_type.h"
#include "operations/datastore_access.h"
#include "operations/secret_references.h"
#include "operations/secrets_manager.h"
#include "store/datastores.h"

namespace assay::api {
namespace {

/// Keys whose values are secrets wherever they stand.
constexpr const char* kSecretKeys[] = {"secret_key", "session_token", "password", "passphrase"};

std::vector<Json> Within(std::vector<Json> location, const char* key) {
  location.push_back(key);
  return location;
}

std::optional<std::string> TextOf(const store::Connection& connection, const char* key) {
  const auto found = connection.properties.find(key);
  if (found == connection.properties.end()) return std::nullopt;
  return found->get<std::string>();
}

/// `parameters` without its secrets, which go to `secrets`.
Json TakeSecrets(Json parameters, std::map<std::string, Secret>& secrets) {
  for (const char* key : kSecretKeys) {
    const auto found = parameters.find(key);
    if (found == parameters.end()) continue;
    if (found->is_string()) secrets[key] = Secret(found->get<std::string>());
    parameters.erase(key);
  }
  return parameters;
}

/// The property that says where a connection of this type leads.
const char* WhereKey(const std::string& type) {
  switch (connectors::FamilyOfType(type)) {
    case connectors::StoreFamily::kFiles: return "uri";
    case connectors::StoreFamily::kTables: return "host";
  }
  return "uri";
}

/// A URI of which the secrets manager holds a part has its form only when it is opened.
Result<std::string> ReadUri(const store::Connection& connection, const std::string& uri) {
  if (operations::HasSecretsManager(connection) && operations::HasReference(uri)) return uri;
  return NormalizeConnectionUri(connection.type, uri);
}

/// What users may write as secrets_manager: the settings of either kind of store.
Json SecretsManagerSchema(Json schema) {
  Json properties = operations::HttpSecretsManager::JsonFields().Schema()["properties"];
  const Json aws = operations::AwsSecretsManager::JsonFields().Schema();
  for (const auto& [name, property] : aws["properties"].items()) {
    if (!properties.contains(name)) properties[name] = property;
  }
  properties["type"]["enum"] = {"http", "aws"};
  properties["type"]["description"] =
      "http (the default): HashiCorp Vault, or a store that is used like it. aws: AWS Secrets "
      "Manager.";
  schema["type"] = "object";
  schema["properties"] = std::move(properties);
  return schema;
}

Json SecretsManagerInputSchema() {
  Json schema = SecretsManagerSchema(Json::object());
  schema["properties"]["credentials_payload"] = {
      {"description",
       "What is posted to login_url: JSON, as a text or an object. Write-only; what is absent "
       "keeps its value."}};
  schema["properties"]["headers"] = {
      {"type", "object"},
      {"additionalProperties", {{"type", "string"}}},
      {"description",
       "Sent with both requests, such as X-Vault-Namespace. Write-only; what is absent keeps "
       "its value."}};
  return schema;
}

Json TypeNames() {
  Json names = Json::array();
  for (const connectors::ConnectorType& type : connectors::AllConnectorTypes()) {
    names.push_back(type.name);
  }
  return names;
}

Json InputSchema() {
  return Constrain(AllowNullForOptional(ConnectionInput::JsonFields().Schema()),
                   {{"name", {{"minLength", 1}, {"maxLength", 255}}},
                    {"type", {{"enum", TypeNames()}}},
                    {"uri", {{"maxLength", 1024}}},
                    {"host", {{"minLength", 1}, {"maxLength", 1024}}},
                    {"port", {{"minimum", 1}, {"maximum", 65'535}}},
                    {"parameters", {{"type", "object"}}},
                    {"secrets_manager", SecretsManagerInputSchema()}});
}

}  // namespace

const Fields<ConnectionInput>& ConnectionInput::JsonFields() {
  static const Fields<ConnectionInput> fields = {
      Optional("name", &ConnectionInput::name, "A label, unique; the URI or host when absent."),
      Optional("type", &ConnectionInput::type, "The connector; cannot change."),
      Optional("uri", &ConnectionInput::uri,
               "s3: s3://bucket, without a path. local: an absolute path or file:///path."),
      Optional("access_key", &ConnectionInput::access_key, "s3: the id of the access key."),
      Optional("secret_key", &ConnectionInput::secret_key, "s3: the secret access key."),
      Optional("session_token", &ConnectionInput::session_token,
               "s3: belongs to temporary keys."),
      Optional("host", &ConnectionInput::host, "postgresql: name or address of the server."),
      Optional("port", &ConnectionInput::port, "postgresql: 5432 when absent."),
      Optional("username", &ConnectionInput::username, "postgresql: who reads."),
      Optional("password", &ConnectionInput::password, "postgresql: of that user."),
      Optional(
          "parameters", &ConnectionInput::parameters,
          "Further settings. s3: authentication_type (SHARED_KEY, IAM_ROLE, DEFAULT_CHAIN, "
          "ANONYMOUS), endpoint, region, path_style, requester_pays, kms_key_id, profile, "
          "ca_bundle; for IAM_ROLE also role_arn, external_id, session_name, "
          "duration_seconds, sts_endpoint. postgresql: sslmode (disable, allow, prefer, "
          "require, "
          "verify-ca, verify-full), ca_bundle."),
      Optional("secrets_manager", &ConnectionInput::secrets_manager,
               "Where the values of ${key} in the other properties come from."),
  };
  return fields;
}

Shape ConnectionCreateShape() {
  Json schema = InputSchema();
  schema["required"] = Json::array({"type"});
  return {.name = "ConnectionCreate", .schema = std::move(schema)};
}

Shape ConnectionUpdateShape() {
  return {.name = "ConnectionUpdate", .schema = InputSchema()};
}

Answer<store::Connection> ReadNewConnection(const Json& body,
                                            const std::vector<Json>& location) {
  store::Connection connection;
  connection.type = body["type"].get<std::string>();
  API_RETURN_IF_ERROR(ApplyToConnection(body, location, connection));
  if (connection.name.empty())
    connection.name = connection.properties[WhereKey(connection.type)].get<std::string>();
  return connection;
}

Answer<void> ApplyToConnection(const Json& body, const std::vector<Json>& location,
                               store::Connection& connection) {
  API_TRY(const ConnectionInput input,
          At(location, ConnectionInput::JsonFields().Parse(body, UnknownKeys::kIgnore)));
  if (input.type && *input.type != connection.type) {
    return Refuse(Problem::Invalid(
        {{Within(location, "type"), fmt::format("cannot change from {}", connection.type)}}));
  }
  if (!input.secrets_manager.is_null()) {
    API_RETURN_IF_ERROR(At(Within(location, "secrets_manager"),
                           operations::ApplySecretsManager(input.secrets_manager, connection)));
  }
  if (input.name) connection.name = *input.name;
  const bool is_of_files =
      connectors::FamilyOfType(connection.type) == connectors::StoreFamily::kFiles;
  const char* stray = !is_of_files && input.uri   ? "uri"
                      : is_of_files && input.host ? "host"
                                                  : nullptr;
  if (stray != nullptr) {
    return Refuse(Problem::Invalid(
        {{Within(location, stray), fmt::format("{} has none", connection.type)}}));
  }
  if (input.host) connection.properties["host"] = *input.host;
  if (input.port) connection.properties["port"] = *input.port;
  if (input.username) connection.properties["username"] = *input.username;
  if (input.password) connection.secrets["password"] = *input.password;
  if (input.uri) {
    API_TRY(connection.properties["uri"],
            At(Within(location, "uri"), ReadUri(connection, *input.uri)));
  }
  if (input.access_key) connection.properties["access_key"] = *input.access_key;
  if (!input.parameters.is_null()) {
    connection.properties["parameters"] = TakeSecrets(input.parameters, connection.secrets);
  }
  if (input.secret_key) connection.secrets["secret_key"] = *input.secret_key;
  if (input.session_token) connection.secrets["session_token"] = *input.session_token;
  const char* where = WhereKey(connection.type);
  if (!connection.properties.contains(where))
    return Refuse(Problem::Invalid({{Within(location, where), "is required"}}));
  API_RETURN_IF_ERROR(At(location, operations::CheckConnectionSettings(connection)));
  return {};
}

const Fields<ConnectionView>& ConnectionView::JsonFields() {
  static const Fields<ConnectionView> fields = {
      Required("id", &ConnectionView::id, "Its id."),
      Required("created", &ConnectionView::created, "When it was made."),
      Required("name", &ConnectionView::name, "A label, unique."),
      Required("type", &ConnectionView::type, "The connector."),
      Required("connection_type", &ConnectionView::connection_type,
               "Its family: dfs for files, jdbc for tables."),
      Optional("uri", &ConnectionView::uri, "dfs: where it leads."),
      Optional("access_key", &ConnectionView::access_key, "s3: the id of the access key."),
      Optional("host", &ConnectionView::host, "jdbc: name or address of the server."),
      Optional("port", &ConnectionView::port, "jdbc: of the server; its usual one when null."),
      Optional("username", &ConnectionView::username, "jdbc: who reads."),
      Required("parameters", &ConnectionView::parameters, "Further settings."),
      Optional("secrets_manager", &ConnectionView::secrets_manager,
               "Where the values of ${key} come from, without its secrets."),
      Required("datastores", &ConnectionView::datastores, "Those that use it."),
  };
  return fields;
}

Shape ConnectionShape() {
  return {
      .name = "Connection",
      .schema = Constrain(ConnectionView::JsonFields().Schema(),
                          {{"parameters", {{"type", "object"}}},
                           {"secrets_manager", SecretsManagerSchema({{"nullable", true}})}})};
}

Result<std::vector<Json>> PrintConnections(store::Access& access,
                                           const std::vector<store::Connection>& connections,
                                           const std::optional<store::DatastoreScope>& scope) {
  store::DatastoreFilter filter;
  filter.scope = scope;
  std::map<int64_t, std::vector<DatastoreReference>> users;
  for (store::PageRequest page{.page = 1, .size = 1000};; ++page.page) {
    ASSAY_TRY(const auto datastores, store::Datastores(access).List(filter, page));
    for (const store::Datastore& datastore : datastores.items) {
      users[datastore.connection_id].push_back(ReferenceTo(datastore));
    }
    if (page.page * page.size >= datastores.total) break;
  }
  std::vector<Json> printed;
  for (const store::Connection& connection : connections) {
    ConnectionView view{
        .id = connection.id,
        .created = connection.created,
        .name = connection.name,
        .type = connection.type,
        .connection_type =
            connectors::StoreFamilyName(connectors::FamilyOfType(connection.type)),
        .uri = TextOf(connection, "uri"),
        .access_key = TextOf(connection, "access_key"),
        .host = TextOf(connection, "host"),
        .port = {},
        .username = TextOf(connection, "username"),
        .parameters = connection.properties.value("parameters", Json::object()),
        .secrets_manager = connection.properties.value("secrets_manager", Json()),
        .datastores = users[connection.id]};
    if (connection.properties.contains("port"))
      view.port = connection.properties["port"].get<int64_t>();
    printed.push_back(ConnectionView::JsonFields().Print(view));
  }
  return printed;
}

}  // namespace assay::api
