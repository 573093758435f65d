#include "auth/secret_stores/http_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "auth/json_path.h"
#include "net/http_client.h"
#include "net/url_parts.h"

namespace assay::auth {
namespace {

constexpr std::chrono::seconds kTotalTimeout{10};  // of each of the two requests

/// RFC 9110 5.6.2.
bool IsHeaderName(const std::string& name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").contains(c);
  });
}

template <class T>
Result<T> Named(const char* option, Result<T> result) {
  if (!result) return FailWithin(option, result.error());
  return result;
}

/// What a refusal of either request means, except those that are its own matter.
Error ExplainStatus(int status, const std::string& where) {
  // Vault: sealed, or a standby that forwards nothing.
  if (status == 503 || status == 473) {
    return {ErrorKind::kUnavailable,
            fmt::format("the secret store is sealed or not ready (HTTP {}); unseal it: {}",
                        status, where)};
  }
  if (status == 429) {
    return {ErrorKind::kRateLimited,
            fmt::format("the secret store asks to slow down; try later: {}", where)};
  }
  if (status >= 500) {
    return {ErrorKind::kUnavailable,
            fmt::format("the secret store fails (HTTP {}); try later: {}", status, where)};
  }
  if (status >= 300 && status < 400) {
    return {ErrorKind::kUnsupported,
            fmt::format("the secret store leads to another server (HTTP {}); give that one's "
                        "URL: {}",
                        status, where)};
  }
  return {ErrorKind::kInvalidInput,
          fmt::format("the secret store refuses the request (HTTP {}); check the URL: {}",
                      status, where)};
}

Error ExplainLogin(int status, const std::string& where) {
  switch (status) {
    case 400:
    case 401:
    case 403:
      return {ErrorKind::kUnauthenticated,
              fmt::format("the secret store refuses the login (HTTP {}); check "
                          "credentials_payload and login_url (Vault answers so, too, where no "
                          "such method is enabled): {}",
                          status, where)};
    case 404:
    case 405:
      return {
          ErrorKind::kNotFound,
          fmt::format("there is no login (HTTP {}); check login_url, and that the method is "
                      "enabled: {}",
                      status, where)};
    default: return ExplainStatus(status, where);
  }
}

Error ExplainSecret(int status, const std::string& where) {
  switch (status) {
    case 401:
    case 403:
      return {ErrorKind::kDenied,
              fmt::format("the secret store does not let this login read the secret (HTTP {}); "
                          "grant read on its path, and check secret_url and token_header_name: "
                          "{}",
                          status, where)};
    case 404:
      return {ErrorKind::kNotFound,
              fmt::format("there is no such secret, or it was deleted; check secret_url (KV "
                          "version 2 of Vault has /data/ after the mount): {}",
                          where)};
    default: return ExplainStatus(status, where);
  }
}

/// See OpenHttpStore.
const Json& Unwrap(const Json& data) {
  const auto inner = data.find("data");
  const auto metadata = data.find("metadata");
  const bool is_wrapped = data.size() == 2 && inner != data.end() && inner->is_object() &&
                          metadata != data.end() && metadata->is_object() &&
                          metadata->contains("version");
  return is_wrapped ? *inner : data;
}

class HttpStore final : public SecretStore {
 public:
  HttpStore(HttpStoreOptions options, JsonPath token_path, JsonPath data_path)
      : options_(std::move(options)),
        token_path_(std::move(token_path)),
        data_path_(std::move(data_path)),
        client_({.ca_bundle_path = options_.ca_bundle_path, .total_timeout = kTotalTimeout}) {}

  Result<SecretValues> Read(const std::stop_token& stop) const override {
    net::HttpCall call{.url = options_.secret_url, .headers = Headers()};
    if (!options_.login_url.empty()) {
      ASSAY_TRY(const Secret token, LogIn(stop));
      call.headers.push_back({options_.token_header_name, token.Reveal()});
    }
    ASSAY_TRY(const Json answer, Ask(call, ExplainSecret, stop));
    const Json* data = data_path_.Find(answer);
    if (data == nullptr || !data->is_object()) {
      return Fail(
          ErrorKind::kCorruptData,
          fmt::format("the secret's answer has no object at {}; check data_jsonpath: {}",
                      options_.data_jsonpath, Printable(options_.secret_url)));
    }
    return ToSecretValues(Unwrap(*data));
  }

 private:
  static std::string Printable(const std::string& url) {
    const auto parts = net::ParseUrl(url);
    return parts ? parts->Printable() : std::string();
  }

  std::vector<net::HttpHeader> Headers() const {
    std::vector<net::HttpHeader> headers{{"Accept", "application/json"}};
    for (const auto& [name, value] : options_.headers)
      headers.push_back({name, value.Reveal()});
    return headers;
  }

  Result<Secret> LogIn(const std::stop_token& stop) const {
    net::HttpCall call{.method = "POST",
                       .url = options_.login_url,
                       .headers = Headers(),
                       .body = options_.credentials_payload.Reveal()};
    call.headers.push_back({"Content-Type", "application/json"});
    ASSAY_TRY(const Json answer, Ask(call, ExplainLogin, stop));
    const Json* token = token_path_.Find(answer);
    if (token == nullptr || !token->is_string() ||
        token->get_ref<const std::string&>().empty()) {
      return Fail(ErrorKind::kCorruptData,
                  fmt::format("the login's answer has no text at {}; check token_jsonpath: {}",
                              options_.token_jsonpath, Printable(options_.login_url)));
    }
    return Secret(token->get<std::string>());
  }

  Result<Json> Ask(const net::HttpCall& call, Error (*explain)(int, const std::string&),
                   const std::stop_token& stop) const {
    const std::string where = Printable(call.url);
    auto response = client_.Send(call, stop);
    if (!response) return FailWithin("secret store", response.error());
    if (response->status != 200) return std::unexpected(explain(response->status, where));
    auto json = ParseJson(response->body);
    // The parser's own message may repeat a part of the secret.
    if (!json) {
      return Fail(
          ErrorKind::kCorruptData,
          fmt::format("the secret store's answer is no JSON; check the URL: {}", where));
    }
    return json;
  }

  const HttpStoreOptions options_;
  const JsonPath token_path_;
  const JsonPath data_path_;
  const net::HttpClient client_;
};

Status CheckLogin(const HttpStoreOptions& options) {
  if (options.login_url.empty()) {
    if (options.credentials_payload.empty()) return {};
    return Fail(ErrorKind::kInvalidInput,
                "login_url: is required, to send credentials_payload to");
  }
  if (const auto url = net::ParseUrl(options.login_url); !url) {
    return FailWithin("login_url", url.error());
  }
  if (options.credentials_payload.empty()) {
    return Fail(ErrorKind::kInvalidInput, "credentials_payload: is required with login_url");
  }
  if (!ParseJson(options.credentials_payload.Reveal())) {
    return Fail(ErrorKind::kInvalidInput,
                "credentials_payload: must be JSON, such as {\"role_id\": \"...\", "
                "\"secret_id\": \"...\"}");
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<SecretStore>> OpenHttpStore(HttpStoreOptions options) {
  ASSAY_RETURN_IF_ERROR(CheckLogin(options));
  if (options.secret_url.empty()) {
    return Fail(ErrorKind::kInvalidInput, "secret_url: is required");
  }
  if (const auto url = net::ParseUrl(options.secret_url); !url) {
    return FailWithin("secret_url", url.error());
  }
  if (!IsHeaderName(options.token_header_name)) {
    return Fail(ErrorKind::kInvalidInput, "token_header_name: is not the name of a header");
  }
  for (const auto& [name, value] : options.headers) {
    if (!IsHeaderName(name)) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("headers: is not the name of a header: '{}'", name));
    }
  }
  ASSAY_TRY(JsonPath token_path,
            Named("token_jsonpath", JsonPath::Parse(options.token_jsonpath)));
  ASSAY_TRY(JsonPath data_path, Named("data_jsonpath", JsonPath::Parse(options.data_jsonpath)));
  return std::make_unique<HttpStore>(std::move(options), std::move(token_path),
                                     std::move(data_path));
}

}  // namespace assay::auth
