#include "net/url_parts.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace assay::net {
namespace {

// libcurl's own parser, so that what is checked here is what it connects to.
using Handle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string Part(const Handle& handle, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(handle.get(), part, &text, flags) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

Result<UrlParts> Read(const Handle& handle) {
  UrlParts parts;
  parts.scheme = Part(handle, CURLUPART_SCHEME);
  if (parts.scheme != "http" && parts.scheme != "https") {
    return Fail(ErrorKind::kInvalidInput, "the URL must begin with http:// or https://");
  }
  if (!Part(handle, CURLUPART_USER).empty() || !Part(handle, CURLUPART_PASSWORD).empty()) {
    return Fail(ErrorKind::kInvalidInput,
                "the URL must not hold a user name or password: they would show in logs");
  }
  parts.host = Part(handle, CURLUPART_HOST);
  std::ranges::transform(parts.host, parts.host.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  parts.port =
      static_cast<uint16_t>(std::stoi(Part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT)));
  parts.path = Part(handle, CURLUPART_PATH);
  parts.query = Part(handle, CURLUPART_QUERY);
  return parts;
}

std::unexpected<Error> NoUrl() {
  return Fail(ErrorKind::kInvalidInput,
              "not a URL: it must be of the form https://host:port/path, with special "
              "characters percent-encoded");
}

}  // namespace

std::string UrlParts::Origin() const {
  const bool implied = port == (scheme == "https" ? 443 : 80);
  return implied ? fmt::format("{}://{}", scheme, host)
                 : fmt::format("{}://{}:{}", scheme, host, port);
}

std::string UrlParts::Text() const {
  return Printable() + (query.empty() ? "" : "?" + query);
}

std::string UrlParts::Printable() const {
  return Origin() + path;
}

Result<UrlParts> ParseUrl(const std::string& url) {
  const Handle handle(curl_url(), curl_url_cleanup);
  if (handle == nullptr || url.find('\0') != std::string::npos ||
      curl_url_set(handle.get(), CURLUPART_URL, url.c_str(),
                   CURLU_NON_SUPPORT_SCHEME | CURLU_PATH_AS_IS) != CURLUE_OK) {
    return NoUrl();
  }
  return Read(handle);
}

Result<UrlParts> ResolveUrl(const UrlParts& base, const std::string& location) {
  const Handle handle(curl_url(), curl_url_cleanup);
  if (handle == nullptr ||
      curl_url_set(handle.get(), CURLUPART_URL, base.Printable().c_str(), 0) != CURLUE_OK ||
      curl_url_set(handle.get(), CURLUPART_URL, location.c_str(), CURLU_NON_SUPPORT_SCHEME) !=
          CURLUE_OK) {
    return NoUrl();
  }
  return Read(handle);
}

}  // namespace assay::net
