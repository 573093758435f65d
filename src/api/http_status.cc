#include "api/http_status.h"

namespace assay::api {

int HttpStatusOf(ErrorKind kind, Refused refused) {
  switch (kind) {
    case ErrorKind::kInvalidInput: return 400;
    case ErrorKind::kUnauthenticated: return refused == Refused::kCaller ? 401 : 400;
    case ErrorKind::kDenied: return refused == Refused::kCaller ? 403 : 400;
    case ErrorKind::kNotFound: return 404;
    case ErrorKind::kConflict: return 409;
    case ErrorKind::kRateLimited: return 429;
    case ErrorKind::kUnavailable: return 503;
    case ErrorKind::kTimeout: return 504;
    case ErrorKind::kCancelled: return 503;  // only a stopping server cancels a request
    case ErrorKind::kUnsupported: return 400;
    case ErrorKind::kCorruptData: return 500;
    case ErrorKind::kResourceLimit: return 507;
    case ErrorKind::kInternal: return 500;
  }
  return 500;
}

}  // namespace assay::api
