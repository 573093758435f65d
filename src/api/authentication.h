// From the Authorization header to the caller.

#pragma once

#include "api/caller.h"
#include "api/dependencies.h"
#include "api/problem.h"
#include "net/http_message.h"

namespace assay::api {

/// The user whose token the request carries as "Authorization: Bearer <token>".
/// 401 when there is none, it is not one of ours, has expired, was revoked, or its user is
/// gone or deactivated. Two reads of the store; remembers at most once a minute that the token
/// was used.
Answer<Caller> Authenticate(Dependencies& dependencies, const net::HttpRequest& request);

}  // namespace assay::api
