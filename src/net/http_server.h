// An HTTP/1.1 server: one thread moves bytes, a pool of workers runs the handler.

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "net/http_message.h"

namespace assay::net {

struct HttpServerOptions {
  std::string address = "127.0.0.1";
  uint16_t port = 0;  // 0: any free one
  size_t worker_threads = 8;
  size_t max_queued_requests = 256;  // beyond it the answer is 503
  size_t max_connections = 1024;     // further ones are closed at once

  /// A body above it is answered 413. The connection is cut off at twice the size, so that a
  /// client that is a little over reads an answer and not a reset.
  uint64_t max_body_bytes = uint64_t{8} << 20;
  /// Limits of the head of a request; a request beyond them is cut off without an answer.
  size_t max_url_bytes = 16 << 10;
  size_t max_header_bytes = 16 << 10;  // of one value; clients send tokens of 1 to 4 KiB
  size_t max_header_count = 100;

  std::chrono::seconds read_timeout{
      30};  // for one request to arrive, and for an idle connection
  std::chrono::seconds handle_timeout{300};  // then the connection is closed
  std::chrono::seconds write_timeout{30};
};

/// Called on worker threads, several at a time. It must not throw; if a library does, the
/// answer is 500 without details.
using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

/// Listens from Start() to Stop(). Threads: all methods may be called from any thread but a
/// handler.
class HttpServer {
 public:
  /// kConflict when the port is taken, kInvalidInput when the address is not one of this
  /// machine.
  static Result<std::unique_ptr<HttpServer>> Start(const HttpServerOptions& options,
                                                   HttpHandler handler);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Where it listens; never 0.
  uint16_t port() const;

  /// Accepts no more, asks running handlers to stop (HttpRequest::stop), lets them answer, and
  /// closes all connections. Stopping twice does nothing.
  void Stop();

 private:
  struct Internals;
  explicit HttpServer(std::unique_ptr<Internals> internals);
  std::unique_ptr<Internals> internals_;
};

}  // namespace assay::net
