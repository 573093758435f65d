#include "net/certificate_check.h"

#include <curl/curl.h>

#include <memory>

#include "net/http_client.h"

namespace assay::net {
namespace {

constexpr long kConnectTimeoutMs = 5000;

int IsStopped(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::stop_token*>(stop)->stop_requested() ? 1 : 0;
}

}  // namespace

Certificate CheckCertificate(const std::string& url, const std::string& ca_bundle_path,
                             const std::stop_token& stop) {
  const HttpClient initialises_libcurl({});
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(),
                                                                 curl_easy_cleanup);
  if (easy == nullptr) return Certificate::kUnknown;
  const auto set = [&easy](CURLoption option, auto value) {
    curl_easy_setopt(easy.get(), option, value);
  };
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "https");
  set(CURLOPT_CONNECT_ONLY, 1L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs);
  set(CURLOPT_TIMEOUT_MS, kConnectTimeoutMs);
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, IsStopped);
  set(CURLOPT_XFERINFODATA, &stop);
  if (!ca_bundle_path.empty()) set(CURLOPT_CAINFO, ca_bundle_path.c_str());
  switch (curl_easy_perform(easy.get())) {
    case CURLE_OK: return Certificate::kTrusted;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR: return Certificate::kRefused;
    default: return Certificate::kUnknown;
  }
}

}  // namespace assay::net
