#include "base/result.h"

namespace assay {

const char* ErrorKindName(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalidInput: return "invalid_input";
    case ErrorKind::kUnauthenticated: return "unauthenticated";
    case ErrorKind::kDenied: return "denied";
    case ErrorKind::kNotFound: return "not_found";
    case ErrorKind::kConflict: return "conflict";
    case ErrorKind::kRateLimited: return "rate_limited";
    case ErrorKind::kUnavailable: return "unavailable";
    case ErrorKind::kTimeout: return "timeout";
    case ErrorKind::kCancelled: return "cancelled";
    case ErrorKind::kUnsupported: return "unsupported";
    case ErrorKind::kCorruptData: return "corrupt_data";
    case ErrorKind::kResourceLimit: return "resource_limit";
    case ErrorKind::kInternal: return "internal";
  }
  return "internal";
}

bool IsRetryable(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kRateLimited:
    case ErrorKind::kUnavailable:
    case ErrorKind::kTimeout: return true;
    case ErrorKind::kInvalidInput:
    case ErrorKind::kUnauthenticated:
    case ErrorKind::kDenied:
    case ErrorKind::kNotFound:
    case ErrorKind::kConflict:
    case ErrorKind::kCancelled:
    case ErrorKind::kUnsupported:
    case ErrorKind::kCorruptData:
    case ErrorKind::kResourceLimit:
    case ErrorKind::kInternal: return false;
  }
  return false;
}

}  // namespace assay
