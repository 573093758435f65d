#include "operations/secrets_manager.h"

#include <fmt/format.h>

#include <optional>

#include "auth/secret_stores/aws_store.h"
#include "auth/secret_stores/http_store.h"
#include "net/url_parts.h"

namespace assay::operations {
namespace {

constexpr const char* kProperty = "secrets_manager";
constexpr const char* kPayload = "credentials_payload";
constexpr const char* kHeaders = "headers";
// Under which Connection::secrets holds the headers, as the text of a JSON object.
constexpr const char* kStoredHeaders = "secrets_manager_headers";

/// What a user may give beside HttpSecretsManager.
struct GivenSecrets {
  std::optional<Secret> payload;
  std::optional<std::map<std::string, Secret>> headers;
};

Result<GivenSecrets> TakeSecrets(Json& given) {
  GivenSecrets secrets;
  if (const auto payload = given.find(kPayload); payload != given.end()) {
    if (!payload->is_null()) {
      secrets.payload =
          Secret(payload->is_string() ? payload->get<std::string>() : PrintJson(*payload));
    }
    given.erase(payload);
  }
  if (const auto headers = given.find(kHeaders); headers != given.end()) {
    if (!headers->is_null()) {
      auto parsed = JsonCodec<std::map<std::string, Secret>>::Parse(*headers);
      if (!parsed) return FailWithin(kHeaders, parsed.error());
      secrets.headers = *std::move(parsed);
    }
    given.erase(headers);
  }
  return secrets;
}

std::string OriginOf(const std::string& url) {
  const auto parts = net::ParseUrl(url);
  return parts ? parts->Origin() : std::string();
}

/// Whether `after` sends anything to a server that `before` did not.
bool IsSentElsewhere(const HttpSecretsManager& before, const HttpSecretsManager& after) {
  const auto is_known = [&](const std::string& url) {
    const std::string origin = OriginOf(url);
    return url.empty() || (!origin.empty() && (origin == OriginOf(before.login_url) ||
                                               origin == OriginOf(before.secret_url)));
  };
  return !is_known(after.login_url) || !is_known(after.secret_url);
}

const Json& SettingsOf(const store::Connection& connection) {
  return connection.properties.at(kProperty);
}

std::string TypeOf(const Json& settings) {
  const auto type = settings.find("type");
  return type != settings.end() && type->is_string() ? type->get<std::string>() : "http";
}

Status ApplyHttp(Json given, store::Connection& connection) {
  ASSAY_TRY(GivenSecrets secrets, TakeSecrets(given));
  ASSAY_TRY(const HttpSecretsManager after,
            HttpSecretsManager::JsonFields().Parse(given, UnknownKeys::kIgnore));
  const bool was_http =
      HasSecretsManager(connection) && TypeOf(SettingsOf(connection)) == "http";
  if (was_http) {
    ASSAY_TRY(
        const HttpSecretsManager before,
        HttpSecretsManager::JsonFields().Parse(SettingsOf(connection), UnknownKeys::kIgnore));
    const bool keeps_secrets =
        (!secrets.payload && connection.secrets.contains(kPayload)) ||
        (!secrets.headers && connection.secrets.contains(kStoredHeaders));
    if (keeps_secrets && IsSentElsewhere(before, after)) {
      return Fail(ErrorKind::kInvalidInput,
                  "credentials_payload: give it, and headers, again, because login_url or "
                  "secret_url now lead to another server");
    }
  }
  if (secrets.payload) connection.secrets[kPayload] = *secrets.payload;
  if (secrets.headers) {
    connection.secrets.erase(kStoredHeaders);
    if (!secrets.headers->empty()) {
      Json texts = Json::object();
      for (const auto& [name, value] : *secrets.headers) texts[name] = value.Reveal();
      connection.secrets[kStoredHeaders] = Secret(PrintJson(texts));
    }
  }
  // Without a login there is nobody to send it to.
  if (after.login_url.empty() && !secrets.payload) connection.secrets.erase(kPayload);
  connection.properties[kProperty] = HttpSecretsManager::JsonFields().Print(after);
  return {};
}

Result<std::unique_ptr<auth::SecretStore>> OpenHttp(const store::Connection& connection) {
  ASSAY_TRY(const HttpSecretsManager settings,
            HttpSecretsManager::JsonFields().Parse(SettingsOf(connection)));
  auth::HttpStoreOptions options{.login_url = settings.login_url,
                                 .credentials_payload = {},
                                 .token_jsonpath = settings.token_jsonpath,
                                 .secret_url = settings.secret_url,
                                 .token_header_name = settings.token_header_name,
                                 .data_jsonpath = settings.data_jsonpath,
                                 .headers = {},
                                 .ca_bundle_path = settings.ca_bundle};
  if (const auto payload = connection.secrets.find(kPayload);
      payload != connection.secrets.end()) {
    options.credentials_payload = payload->second;
  }
  if (const auto headers = connection.secrets.find(kStoredHeaders);
      headers != connection.secrets.end()) {
    ASSAY_TRY(const Json texts, ParseJson(headers->second.Reveal()));
    ASSAY_TRY(options.headers, (JsonCodec<std::map<std::string, Secret>>::Parse(texts)));
  }
  return auth::OpenHttpStore(std::move(options));
}

Result<std::unique_ptr<auth::SecretStore>> OpenAws(const store::Connection& connection) {
  ASSAY_TRY(const AwsSecretsManager settings,
            AwsSecretsManager::JsonFields().Parse(SettingsOf(connection)));
  auth::AwsStoreOptions options{.secret_id = settings.secret_id,
                                .region = settings.region,
                                .endpoint = settings.endpoint,
                                .ca_bundle_path = settings.ca_bundle,
                                .credentials = {}};
  options.credentials.profile = settings.profile;
  if (!settings.role_arn.empty()) {
    options.credentials.role = auth::AwsRoleOptions{.arn = settings.role_arn,
                                                    .external_id = settings.external_id,
                                                    .region = settings.region,
                                                    .ca_bundle_path = settings.ca_bundle};
  }
  return auth::OpenAwsStore(options);
}

}  // namespace

const Fields<HttpSecretsManager>& HttpSecretsManager::JsonFields() {
  using S = HttpSecretsManager;
  static const Fields<S> fields = {
      Optional("type", &S::type, "http: HashiCorp Vault, or a store that is used like it."),
      Optional("login_url", &S::login_url,
               "Where credentials_payload is posted to; without it headers must do."),
      Optional("token_jsonpath", &S::token_jsonpath, "Of the token in the login's answer."),
      Required("secret_url", &S::secret_url, "Where the secret is read."),
      Optional("token_header_name", &S::token_header_name, "By which the token is sent."),
      Optional("data_jsonpath", &S::data_jsonpath,
               "Of the keys in the secret's answer; the default fits KV versions 1 and 2."),
      Optional("ca_bundle", &S::ca_bundle, "Path of a PEM file on the server."),
  };
  return fields;
}

const Fields<AwsSecretsManager>& AwsSecretsManager::JsonFields() {
  using S = AwsSecretsManager;
  static const Fields<S> fields = {
      Required("type", &S::type, "aws: AWS Secrets Manager."),
      Required("secret_id", &S::secret_id, "Name or ARN of the secret."),
      Optional("region", &S::region, "Of the secret; the ARN's or the server's when absent."),
      Optional("endpoint", &S::endpoint, "Of a service outside AWS."),
      Optional("ca_bundle", &S::ca_bundle, "Path of a PEM file on the server."),
      Optional("profile", &S::profile, "Of the server's AWS configuration files."),
      Optional("role_arn", &S::role_arn, "A role to assume for it."),
      Optional("external_id", &S::external_id, "When the role demands one."),
  };
  return fields;
}

bool HasSecretsManager(const store::Connection& connection) {
  const auto found = connection.properties.find(kProperty);
  return found != connection.properties.end() && found->is_object();
}

Status ApplySecretsManager(const Json& given, store::Connection& connection) {
  if (given.empty()) {
    connection.properties.erase(kProperty);
    connection.secrets.erase(kPayload);
    connection.secrets.erase(kStoredHeaders);
    return {};
  }
  const std::string type = TypeOf(given);
  if (type == "http") {
    ASSAY_RETURN_IF_ERROR(ApplyHttp(given, connection));
  } else if (type == "aws") {
    ASSAY_TRY(const AwsSecretsManager settings,
              AwsSecretsManager::JsonFields().Parse(given, UnknownKeys::kIgnore));
    connection.secrets.erase(kPayload);
    connection.secrets.erase(kStoredHeaders);
    connection.properties[kProperty] = AwsSecretsManager::JsonFields().Print(settings);
  } else {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("type: must be http or aws, not {}", type));
  }
  if (const auto opened = OpenSecretStore(connection); !opened) {
    return std::unexpected(opened.error());
  }
  return {};
}

Result<std::unique_ptr<auth::SecretStore>> OpenSecretStore(
    const store::Connection& connection) {
  return TypeOf(SettingsOf(connection)) == "aws" ? OpenAws(connection) : OpenHttp(connection);
}

}  // namespace assay::operations
