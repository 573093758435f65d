// Whether the server answers at all, for load balancers and probes.

#include "api/route.h"

namespace assay::api::rest {

RouteGroup health() {
  return {.title = "Health",
          .routes = {{.method = "GET",
                      .path = "/api/health",
                      .summary = "Answers while the server runs.",
                      .access = Access::kEveryone,
                      .answers = {{.status = 204, .description = "It runs."}},
                      .handle = [](const Call&) -> Answer<Reply> { return NoContent(); }}}};
}

}  // namespace assay::api::rest
