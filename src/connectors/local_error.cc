#include <fmt/format.h>

#include <cerrno>
#include <system_error>

#include "connectors/local_files.h"

namespace assay::connectors {
namespace {

ErrorKind KindOf(int error_number) {
  switch (error_number) {
    case ENOENT: return ErrorKind::kNotFound;
    case EACCES:
    case EPERM:
    case EROFS: return ErrorKind::kDenied;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
    case EMFILE:
    case ENFILE:
    case ENOMEM: return ErrorKind::kResourceLimit;
    case ENOTDIR:
    case EISDIR:
    case ELOOP:
    case ENAMETOOLONG: return ErrorKind::kInvalidInput;
    case EEXIST:
    case ENOTEMPTY: return ErrorKind::kConflict;
    default: return ErrorKind::kUnavailable;
  }
}

}  // namespace

Error LocalError(const std::string& what, const std::string& path, int error_number) {
  // Not strerror: it is not thread-safe.
  const std::string reason = std::generic_category().message(error_number);
  return {.kind = KindOf(error_number),
          .message = fmt::format("{}: {}: {}", what, path, reason)};
}

}  // namespace assay::connectors
