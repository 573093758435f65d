// An HTTP client: one request, one answer, with a deadline.

#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "net/http_message.h"

namespace assay::net {

/// A request to be sent.
struct HttpCall {
  std::string method = "GET";
  std::string url;  // as ParseUrl wants it
  std::vector<HttpHeader> headers{};
  std::string body{};
};

struct HttpClientOptions {
  std::string ca_bundle_path{};  // PEM; empty: the system's. Certificates are always verified
  std::chrono::milliseconds connect_timeout{5000};
  std::chrono::milliseconds total_timeout{30000};  // of Send(), redirects included
  uint64_t max_body_bytes = uint64_t{8} << 20;     // of an answer
};

/// Keeps connections open between requests to the same server. Uses the proxy that the
/// environment names (https_proxy, no_proxy), but not for this machine's own addresses.
/// Thread-safe: requests of several threads run side by side.
class HttpClient {
 public:
  explicit HttpClient(HttpClientOptions options);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// The answer, whatever its status. A redirect is followed, up to five times, only if it
  /// keeps scheme, host and port, so that headers reach nobody else, and the method: 307 and
  /// 308, and any for GET and HEAD. No other redirect is followed: its answer is returned.
  ///
  /// kInvalidInput: the URL, a header or the CA bundle is wrong. kUnavailable: no connection,
  /// no trusted certificate, or it broke. kTimeout. kCancelled, within a second of the stop.
  /// kResourceLimit: the answer is too long. kCorruptData: the other side speaks no HTTP.
  /// Messages name scheme, host, port and path, and never headers, bodies or the query.
  Result<HttpResponse> Send(const HttpCall& call, std::stop_token stop) const;

 private:
  class Connections;
  struct Attempt;

  Result<HttpResponse> SendOnce(const Attempt& attempt, const std::stop_token& stop) const;

  const HttpClientOptions options_;
  const std::unique_ptr<Connections> connections_;
};

}  // namespace assay::net
