#include "net/http_client.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>

#include "net/curl_error.h"
#include "net/url_parts.h"

namespace assay::net {
namespace {

constexpr int kMostRedirects = 5;
constexpr size_t kMostIdleHandles = 8;
constexpr int kLongestPollMs = 1000;  // a stop ends a poll at once

using Clock = std::chrono::steady_clock;
using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using HeaderList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

/// What libcurl's callbacks fill.
struct Receiver {
  HttpResponse response;
  uint64_t max_body_bytes = 0;
  bool is_too_long = false;
};

size_t ReceiveBody(char* bytes, size_t size, size_t count, void* to) {
  Receiver& receiver = *static_cast<Receiver*>(to);
  const size_t length = size * count;
  if (receiver.response.body.size() + length > receiver.max_body_bytes) {
    receiver.is_too_long = true;
    return CURL_WRITEFUNC_ERROR;
  }
  receiver.response.body.append(bytes, length);
  return length;
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

size_t ReceiveHeader(char* bytes, size_t size, size_t count, void* to) {
  HttpResponse& response = static_cast<Receiver*>(to)->response;
  const std::string_view line(bytes, size * count);
  if (line.starts_with("HTTP/")) {  // another one follows an interim answer
    response.headers.clear();
    return line.size();
  }
  const size_t colon = line.find(':');
  if (colon != std::string_view::npos) {
    response.headers.push_back(
        {std::string(line.substr(0, colon)), std::string(Trim(line.substr(colon + 1)))});
  }
  return line.size();
}

bool IsThisMachine(const std::string& host) {
  return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

Status AppendHeader(HeaderList& list, const std::string& line) {
  if (line.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
    return Fail(ErrorKind::kInvalidInput,
                "a header must not hold line breaks: " + line.substr(0, line.find(':')));
  }
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) return Fail(ErrorKind::kResourceLimit, "no memory for a request");
  static_cast<void>(list.release());
  list.reset(longer);
  return {};
}

Result<HeaderList> MakeHeaders(const HttpCall& call) {
  HeaderList list(nullptr, curl_slist_free_all);
  bool has_content_type = false;
  for (const HttpHeader& header : call.headers) {
    has_content_type |= IsHeaderNamed(header, "Content-Type");
    // libcurl takes "Name:" for a header to leave out, and "Name;" for one without a value.
    ASSAY_RETURN_IF_ERROR(AppendHeader(
        list, header.value.empty() ? header.name + ";" : header.name + ": " + header.value));
  }
  ASSAY_RETURN_IF_ERROR(AppendHeader(list, "Expect:"));
  if (!has_content_type) ASSAY_RETURN_IF_ERROR(AppendHeader(list, "Content-Type:"));
  return list;
}

bool IsRead(const HttpCall& call) {
  return call.method == "GET" || call.method == "HEAD";
}

/// Whether a redirect asks for the same request again.
bool KeepsMethod(int status, const HttpCall& call) {
  if (status == 307 || status == 308) return true;
  return IsRead(call) && (status == 301 || status == 302 || status == 303);
}

std::chrono::milliseconds Left(Clock::time_point deadline) {
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
  return std::max(left, std::chrono::milliseconds(1));  // 0 would be no limit
}

}  // namespace

struct HttpClient::Attempt {
  const HttpCall& call;
  const UrlParts& target;  // of this attempt; the call has that of the first
  curl_slist* headers;
  std::chrono::milliseconds time_left;
};

/// Handles of libcurl that keep connections, each used by one request at a time.
class HttpClient::Connections {
 public:
  ~Connections() {
    for (CURLM* multi : idle_) curl_multi_cleanup(multi);
  }

  CURLM* Take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return curl_multi_init();
    CURLM* multi = idle_.back();
    idle_.pop_back();
    return multi;
  }
  void Return(CURLM* multi) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kMostIdleHandles) {
      idle_.push_back(multi);
    } else {
      curl_multi_cleanup(multi);
    }
  }

  /// Runs a prepared request to its end; nothing if `stop` came first.
  std::optional<CURLcode> Run(CURL* easy, const std::stop_token& stop) {
    CURLM* multi = Take();
    if (multi == nullptr || curl_multi_add_handle(multi, easy) != CURLM_OK) {
      if (multi != nullptr) curl_multi_cleanup(multi);
      return CURLE_OUT_OF_MEMORY;
    }
    std::optional<CURLcode> outcome;
    {
      const std::stop_callback wake(stop, [multi] { curl_multi_wakeup(multi); });
      int running = 1;
      while (!stop.stop_requested()) {
        CURLMcode code = curl_multi_perform(multi, &running);
        if (code == CURLM_OK && running > 0) {
          code = curl_multi_poll(multi, nullptr, 0, kLongestPollMs, nullptr);
        }
        if (code != CURLM_OK) outcome = CURLE_OUT_OF_MEMORY;
        if (code != CURLM_OK || running == 0) break;
      }
    }
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
      if (message->msg == CURLMSG_DONE) outcome = message->data.result;
    }
    curl_multi_remove_handle(multi, easy);
    Return(multi);
    return outcome;
  }

 private:
  std::mutex mutex_;
  std::vector<CURLM*> idle_;  // guarded by mutex_
};

HttpClient::HttpClient(HttpClientOptions options)
    : options_(std::move(options)), connections_(std::make_unique<Connections>()) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

HttpClient::~HttpClient() = default;

Result<HttpResponse> HttpClient::SendOnce(const Attempt& attempt,
                                          const std::stop_token& stop) const {
  const HttpCall& call = attempt.call;
  const UrlParts& target = attempt.target;
  const Easy easy(curl_easy_init(), curl_easy_cleanup);
  if (easy == nullptr) return Fail(ErrorKind::kResourceLimit, "no memory for a request");
  const auto set = [&easy](CURLoption option, auto value) {
    curl_easy_setopt(easy.get(), option, value);
  };
  Receiver receiver;
  receiver.max_body_bytes = options_.max_body_bytes;
  std::array<char, CURL_ERROR_SIZE> reason{};
  const std::string url = target.Text();
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_CUSTOMREQUEST, call.method.c_str());
  if (call.method == "HEAD") set(CURLOPT_NOBODY, 1L);
  if (!IsRead(call) || !call.body.empty()) {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
    set(CURLOPT_POSTFIELDS, call.body.c_str());
  }
  set(CURLOPT_HTTPHEADER, attempt.headers);
  set(CURLOPT_USERAGENT, "assay/" ASSAY_VERSION);
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);  // a stop does not wait for the name resolver
  if (IsThisMachine(target.host)) set(CURLOPT_NOPROXY, "*");
  if (!options_.ca_bundle_path.empty()) {
    set(CURLOPT_CAINFO, options_.ca_bundle_path.c_str());
  }
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(attempt.time_left.count()));
  set(CURLOPT_ERRORBUFFER, reason.data());
  set(CURLOPT_WRITEFUNCTION, ReceiveBody);
  set(CURLOPT_WRITEDATA, &receiver);
  set(CURLOPT_HEADERFUNCTION, ReceiveHeader);
  set(CURLOPT_HEADERDATA, &receiver);

  const std::optional<CURLcode> code = connections_->Run(easy.get(), stop);
  if (!code) return Fail(ErrorKind::kCancelled, "cancelled: " + target.Printable());
  if (receiver.is_too_long) {
    return Fail(ErrorKind::kResourceLimit,
                fmt::format("the answer is longer than {} bytes: {}", options_.max_body_bytes,
                            target.Printable()));
  }
  if (*code != CURLE_OK) {
    return std::unexpected(CurlError(*code, easy.get(), reason.data(), target));
  }
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  receiver.response.status = static_cast<int>(status);
  receiver.response.content_type = receiver.response.Header("Content-Type");
  return std::move(receiver.response);
}

Result<HttpResponse> HttpClient::Send(const HttpCall& call, std::stop_token stop) const {
  ASSAY_TRY(UrlParts target, ParseUrl(call.url));
  ASSAY_TRY(const HeaderList headers, MakeHeaders(call));
  const auto deadline = Clock::now() + options_.total_timeout;
  for (int redirects = 0;; ++redirects) {
    ASSAY_TRY(HttpResponse response, SendOnce({.call = call,
                                               .target = target,
                                               .headers = headers.get(),
                                               .time_left = Left(deadline)},
                                              stop));
    const std::string location(response.Header("Location"));
    if (!KeepsMethod(response.status, call) || location.empty() ||
        redirects == kMostRedirects) {
      return response;
    }
    const Result<UrlParts> next = ResolveUrl(target, location);
    if (!next || next->Origin() != target.Origin()) return response;
    target = *next;
  }
}

}  // namespace assay::net
