#include "api/server.h"

namespace assay::api {

Result<std::unique_ptr<ApiServer>> ApiServer::Start(const net::HttpServerOptions& options,
                                                    const Dependencies& dependencies) {
  std::unique_ptr<ApiServer> server(new ApiServer(dependencies));
  ASSAY_TRY(server->http_,
            net::HttpServer::Start(options, [&self = *server](const net::HttpRequest& request) {
              return self.dispatcher_.Handle(request);
            }));
  return server;
}

}  // namespace assay::api
