// From kinds of errors to HTTP status codes.

#pragma once

#include "base/result.h"

namespace assay::api {

/// Whose credentials or rights an error speaks of. A caller who is refused is told 401 or 403;
/// a data store that refuses the saved credentials is a fault of those, which is 400: clients
/// take a 401 as "log in again" and hide its message.
enum class Refused { kCaller, kDataStore };

/// kInvalidInput is 400 here; faults in a request's own body or query are Problem::Invalid,
/// 422.
int HttpStatusOf(ErrorKind kind, Refused refused);

}  // namespace assay::api
