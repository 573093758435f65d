// The documentation of who may do what, from the declarations of the routes.

#pragma once

#include <string>

#include "api/route.h"

namespace assay::api {

/// "Needs the role Manager. Needs the team permission Editor on the datastore.": why a route
/// answers 403; empty for one that every user may call.
std::string NeedsOf(const Route& route);

/// docs/access.md: the least role and permission of every route, in Markdown.
std::string AccessReference();

}  // namespace assay::api
