// Taking a whole URL apart, as the HTTP client understands it.

#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace assay::net {

/// "https://host:8443/a/b?x=1". User names, passwords and fragments do not occur: see ParseUrl.
struct UrlParts {
  std::string scheme;  // "http" or "https"
  std::string host;    // in lower case; an IPv6 address in brackets
  uint16_t port = 0;   // the scheme's own when the URL has none
  std::string path;    // as written, at least "/"
  std::string query;   // as written, without the '?'

  /// "https://host:8443": who receives what is sent there. The scheme's own port is left out.
  std::string Origin() const;
  /// The whole URL, for a request.
  std::string Text() const;
  /// Origin and path: what a message may show. Queries may hold secrets.
  std::string Printable() const;
};

/// kInvalidInput, without repeating the text, for what is no http or https URL, and for one
/// with a user name or password: those belong into a header or a payload.
Result<UrlParts> ParseUrl(const std::string& url);

/// Where a Location header of an answer from `base` leads. Errors as ParseUrl.
Result<UrlParts> ResolveUrl(const UrlParts& base, const std::string& location);

}  // namespace assay::net
