// The REST API behind an HTTP port.

#pragma once

#include <memory>

#include "api/dependencies.h"
#include "api/dispatcher.h"
#include "net/http_server.h"

namespace assay::api {

/// Serves from Start() to Stop(). Threads: as net::HttpServer.
class ApiServer {
 public:
  /// Errors as net::HttpServer::Start. What `dependencies` borrows must outlive the server.
  static Result<std::unique_ptr<ApiServer>> Start(const net::HttpServerOptions& options,
                                                  const Dependencies& dependencies);

  uint16_t port() const { return http_->port(); }
  /// Lets running requests finish. Stopping twice does nothing.
  void Stop() { http_->Stop(); }

 private:
  explicit ApiServer(const Dependencies& dependencies)
      : dependencies_(dependencies), dispatcher_(AllRouteGroups(), dependencies_) {}

  Dependencies dependencies_;
  Dispatcher dispatcher_;
  std::unique_ptr<net::HttpServer> http_;
};

}  // namespace assay::api
