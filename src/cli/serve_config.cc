#include "cli/serve_config.h"

#include <fmt/format.h>

#include <charconv>

#include "cli/options.h"
#include "rules/yaml_document.h"

namespace assay::cli {
namespace {

Result<std::string> ReplaceVariables(std::string_view text, const Environment& environment) {
  std::string replaced;
  while (!text.empty()) {
    if (text.starts_with("$${")) {
      replaced += "${";
      text.remove_prefix(3);
    } else if (text.starts_with("${")) {
      const size_t end = text.find('}');
      if (end == std::string_view::npos)
        return Fail(ErrorKind::kInvalidInput, "'${' without '}'");
      const std::string name(text.substr(2, end - 2));
      const std::optional<std::string> value = environment(name);
      if (!value) {
        return Fail(ErrorKind::kInvalidInput,
                    fmt::format("the environment variable {} is not set", name));
      }
      replaced += *value;
      text.remove_prefix(end + 1);
    } else {
      replaced.push_back(text.front());
      text.remove_prefix(1);
    }
  }
  return replaced;
}

Status ReplaceVariables(rules::YamlNode& node, const Environment& environment) {
  if (node.IsScalar()) {
    Result<std::string> text = ReplaceVariables(node.text, environment);
    if (!text) return FailWithin(fmt::format("line {}", node.line), text.error());
    node.text = *std::move(text);
  }
  for (auto& child : node.children) ASSAY_RETURN_IF_ERROR(ReplaceVariables(child, environment));
  return {};
}

Result<std::optional<api::OpenIdSetup>> ToOpenIdSetup(const OpenIdConfig& config) {
  using Policy = api::OpenIdPolicy;
  api::OpenIdSetup setup{
      .provider = {.issuer = config.issuer,
                   .client_id = config.client_id,
                   .client_secret = config.client_secret,
                   .redirect_url = config.redirect_url,
                   .scopes = config.scopes,
                   .ca_bundle_path = config.ca_bundle},
      .policy = {.unknown_users = config.create_users ? Policy::UnknownUsers::kCreate
                                                      : Policy::UnknownUsers::kRefuse,
                 .unverified_email = config.trust_unverified_email
                                         ? Policy::UnverifiedEmail::kTrust
                                         : Policy::UnverifiedEmail::kRefuse}};
  if (const Status status = auth::CheckOptions(setup.provider); !status) {
    return FailWithin("oidc", status.error());
  }
  return std::optional(std::move(setup));
}

Status CheckRange(std::string_view key, int64_t value, int64_t min, int64_t max) {
  if (value >= min && value <= max) return {};
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("{}: must be from {} to {}, not {}", key, min, max, value));
}

}  // namespace

const Fields<OpenIdConfig>& OpenIdConfig::JsonFields() {
  using C = OpenIdConfig;
  static const Fields<OpenIdConfig> fields = {
      Required("issuer", &C::issuer, "URL of the provider, as it calls itself."),
      Required("client_id", &C::client_id, "What this server is called there."),
      Optional("client_secret", &C::client_secret, "Absent: a public client."),
      Required("redirect_url", &C::redirect_url,
               "URL of /api/callback of this server, as browsers see it."),
      Optional("scopes", &C::scopes, "What to ask for; openid email profile when absent."),
      Optional("ca_bundle", &C::ca_bundle, "PEM file of certificates to trust there."),
      Optional("create_users", &C::create_users,
               "Whether unknown addresses become users, with the role Member."),
      Optional("trust_unverified_email", &C::trust_unverified_email,
               "Whether an address counts that the provider does not call verified."),
  };
  return fields;
}

const Fields<ServeConfig>& ServeConfig::JsonFields() {
  static const Fields<ServeConfig> fields = {
      Optional("data", &ServeConfig::data, "Directory of the server's own state."),
      Optional("listen", &ServeConfig::listen, "Address and port to answer on."),
      Optional("key_file", &ServeConfig::key_file,
               "File of the master key, which protects stored secrets; master.key in the data "
               "directory when absent."),
      Optional("master_key", &ServeConfig::master_key,
               "The master key itself, 64 hexadecimal digits; instead of a file."),
      Optional("workers", &ServeConfig::workers, "Operations that run at the same time."),
      Optional("memory_limit", &ServeConfig::memory_limit,
               "Memory for data of each operation, such as 4GB."),
      Optional("threads", &ServeConfig::threads, "Threads of each operation; 0: one per core."),
      Optional("request_threads", &ServeConfig::request_threads,
               "Requests that are answered at the same time."),
      Optional("egress_addresses", &ServeConfig::egress_addresses,
               "Addresses from which data stores see this server, for their lists of allowed "
               "ones; told with connections."),
      Optional("oidc", &ServeConfig::oidc,
               "Login with OpenID Connect: issuer, client_id, client_secret, redirect_url, "
               "scopes, ca_bundle, create_users, trust_unverified_email."),
  };
  return fields;
}

Result<ServeConfig> ParseServeConfig(std::string_view yaml, const Environment& environment) {
  ASSAY_TRY(std::vector<rules::YamlNode> documents, rules::ReadYaml(yaml));
  if (documents.empty()) return ServeConfig{};
  if (documents.size() > 1)
    return Fail(ErrorKind::kInvalidInput, "the configuration must be one document");
  ASSAY_RETURN_IF_ERROR(ReplaceVariables(documents.front(), environment));
  return ServeConfig::JsonFields().Parse(rules::YamlToJson(documents.front()));
}

Result<ListenAddress> ParseListenAddress(const std::string& text) {
  const auto fail = [&] {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("must be ADDRESS:PORT such as 127.0.0.1:8080, not '{}'", text));
  };
  const size_t colon = text.rfind(':');
  if (colon == std::string::npos) return fail();
  ListenAddress listen;
  const char* port = text.data() + colon + 1;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(port, end, listen.port);
  if (parsed.ec != std::errc() || parsed.ptr != end || port == end) return fail();
  listen.address = text.substr(0, colon);
  if (listen.address.starts_with('[') && listen.address.ends_with(']')) {
    listen.address = listen.address.substr(1, listen.address.size() - 2);
  } else if (listen.address.find(':') != std::string::npos) {
    return fail();
  }
  if (listen.address.empty()) listen.address = "127.0.0.1";
  return listen;
}

Result<api::ServeOptions> ToServeOptions(const ServeConfig& config) {
  const Result<ListenAddress> listen = ParseListenAddress(config.listen);
  if (!listen) return FailWithin("listen", listen.error());
  const Result<int64_t> memory = ParseByteSize(config.memory_limit);
  if (!memory) return FailWithin("memory_limit", memory.error());
  ASSAY_RETURN_IF_ERROR(CheckRange("workers", config.workers, 1, 64));
  ASSAY_RETURN_IF_ERROR(CheckRange("threads", config.threads, 0, 1024));
  ASSAY_RETURN_IF_ERROR(CheckRange("request_threads", config.request_threads, 1, 256));
  if (!config.key_file.empty() && !config.master_key.empty()) {
    return Fail(ErrorKind::kInvalidInput,
                "key_file, master_key: only one of them may be given");
  }
  if (config.data.empty()) return Fail(ErrorKind::kInvalidInput, "data: must name a directory");

  api::ServeOptions options;
  options.installation.data_directory = config.data;
  options.installation.key_file = config.key_file;
  options.installation.master_key_text = config.master_key;
  options.http.address = listen->address;
  options.http.port = listen->port;
  options.http.worker_threads = static_cast<size_t>(config.request_threads);
  options.operations.workers = static_cast<int>(config.workers);
  options.operations.memory_limit_bytes = *memory;
  options.operations.threads = static_cast<int>(config.threads);
  options.egress_addresses = config.egress_addresses;
  if (config.oidc) {
    ASSAY_TRY(options.openid, ToOpenIdSetup(*config.oidc));
  }
  return options;
}

}  // namespace assay::cli
