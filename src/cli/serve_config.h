// The configuration file of `assay serve`.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "api/serve.h"
#include "base/fields.h"

namespace assay::cli {

/// The key `oidc`: login at an OpenID Connect provider.
struct OpenIdConfig {
  std::string issuer;
  std::string client_id;
  Secret client_secret;
  std::string redirect_url;
  std::string scopes = auth::OpenIdOptions().scopes;
  std::string ca_bundle;
  bool create_users = false;
  bool trust_unverified_email = false;

  static const Fields<OpenIdConfig>& JsonFields();
};

/// One YAML mapping; every key is optional. `assay serve --help` lists them.
struct ServeConfig {
  std::string data = "assay-data";
  std::string listen = "127.0.0.1:8080";
  std::string key_file;
  Secret master_key;
  int64_t workers = 2;
  std::string memory_limit = "4GB";
  int64_t threads = 0;
  int64_t request_threads = 8;
  std::vector<std::string> egress_addresses;
  std::optional<OpenIdConfig> oidc;

  static const Fields<ServeConfig>& JsonFields();
};

/// The value of an environment variable; nullopt when it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// Parses the text over the defaults. `${NAME}` inside a value is replaced from `environment`;
/// a name that is not set is an error, "$${" gives "${". kInvalidInput for what is not YAML,
/// unknown keys and values of a wrong type.
Result<ServeConfig> ParseServeConfig(std::string_view yaml, const Environment& environment);

/// "127.0.0.1:8080", "[::1]:8080", "0.0.0.0:0"; ":8080" listens on 127.0.0.1. kInvalidInput
/// otherwise.
struct ListenAddress {
  std::string address;
  uint16_t port = 0;

  friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};
Result<ListenAddress> ParseListenAddress(const std::string& text);

/// kInvalidInput naming the key for values out of range.
Result<api::ServeOptions> ToServeOptions(const ServeConfig& config);

}  // namespace assay::cli
