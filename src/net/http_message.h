// HTTP requests and responses as the rest of the program sees them, free of any server library.

#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace assay::net {

struct HttpHeader {
  std::string name;
  std::string value;
};

/// Whether the header has that name, in any case.
bool IsHeaderNamed(const HttpHeader& header, std::string_view name);

struct HttpRequest {
  std::string method;  // upper case: "GET"
  std::string path;    // as sent, percent-encoded, without the query: "/api/connections/1"
  std::string query;   // as sent, without the '?'
  std::vector<HttpHeader> headers;
  std::string body;
  std::string peer_address;  // "127.0.0.1", "::1": of the other end of the connection
  std::stop_token stop;      // requested when the server stops: long calls should give up

  /// The first header of that name (in any case); empty when there is none.
  std::string_view Header(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  std::string content_type{};  // empty: no such header
  std::string body{};
  /// Of a server's answer: besides Content-Type and Content-Length. Of a received one: all.
  std::vector<HttpHeader> headers{};

  /// As HttpRequest::Header.
  std::string_view Header(std::string_view name) const;
};

/// A time as headers have it, "Sun, 06 Nov 1994 08:49:37 GMT"; nothing if it is none.
std::optional<Timestamp> ParseHttpDate(std::string_view text);

/// "Not Found" for 404; "Unknown" for codes without a registered phrase.
std::string_view ReasonPhrase(int status);

}  // namespace assay::net
