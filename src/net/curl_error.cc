#include "net/curl_error.h"

#include <fmt/format.h>

namespace assay::net {
namespace {

bool HasConnected(CURL* easy) {
  curl_off_t micros = 0;
  curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &micros);
  return micros > 0;
}

}  // namespace

Error CurlError(CURLcode code, CURL* easy, const char* reason, const UrlParts& target) {
  const std::string where = target.Printable();
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return {
          ErrorKind::kUnavailable,
          fmt::format("the host name has no address; check the URL and the DNS: {}", where)};
    case CURLE_COULDNT_RESOLVE_PROXY:
      return {ErrorKind::kUnavailable,
              fmt::format("the proxy's host name has no address; check the variables "
                          "https_proxy, http_proxy and no_proxy: {}",
                          where)};
    case CURLE_COULDNT_CONNECT:
      return {ErrorKind::kUnavailable,
              fmt::format("nothing answers there; check that the server runs, that host and "
                          "port are right, and the firewalls between: {}",
                          where)};
    case CURLE_OPERATION_TIMEDOUT:
      if (!HasConnected(easy)) {
        return {ErrorKind::kTimeout,
                fmt::format("no connection in time; check host and port, the network and the "
                            "firewalls between: {}",
                            where)};
      }
      return {ErrorKind::kTimeout, fmt::format("the server did not answer in time: {}", where)};
    case CURLE_SSL_CACERT_BADFILE:
      return {ErrorKind::kInvalidInput,
              fmt::format("the CA bundle cannot be read; it must be a file of PEM certificates "
                          "(needed for {})",
                          where)};
    case CURLE_PEER_FAILED_VERIFICATION:
      return {ErrorKind::kUnavailable,
              fmt::format("the server's certificate is not trusted ({}); give a CA bundle that "
                          "holds its issuer, or correct the host name: {}",
                          reason, where)};
    case CURLE_SSL_CONNECT_ERROR:
      return {ErrorKind::kUnavailable,
              fmt::format("no secure connection; check that the server speaks https on this "
                          "port: {}",
                          where)};
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return {ErrorKind::kUnavailable,
              fmt::format("the server closed the connection before it had answered; check that "
                          "scheme and port are right: {}",
                          where)};
    case CURLE_UNSUPPORTED_PROTOCOL:  // also for HTTP/0.9
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
      return {ErrorKind::kCorruptData,
              fmt::format("what answers there does not speak HTTP; check host and port: {}",
                          where)};
    case CURLE_OUT_OF_MEMORY:
      return {ErrorKind::kResourceLimit, fmt::format("no memory for a request: {}", where)};
    default:
      return {ErrorKind::kUnavailable,
              fmt::format("the request failed ({}): {}", curl_easy_strerror(code), where)};
  }
}

}  // namespace assay::net
