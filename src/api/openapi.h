// The description of the REST API, printed from its routes.

#pragma once

#include <span>
#include <string>

#include "api/route.h"

namespace assay::api {

/// OpenAPI 3.0.3 of these routes, as indented JSON with a final newline. The same text every
/// time.
std::string OpenApiDocument(std::span<const RouteGroup> groups);

/// Of the whole API; api/openapi.json holds this text.
std::string OpenApiDocument();

}  // namespace assay::api
