// Reading a request's JSON body.

#pragma once

#include "api/route.h"

namespace assay::api {

/// The body as `documentation` wants it; null when nothing was sent and nothing had to be. The
/// content type is not looked at: clients name JSON also on empty bodies.
/// 422 when it is not JSON, is nested deeper than 64 levels, or does not fit its schema.
Answer<Json> ReadBody(const std::string& text,
                      const std::optional<BodyDocumentation>& documentation);

}  // namespace assay::api
