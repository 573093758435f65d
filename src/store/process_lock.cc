#include "store/process_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace assay::store {

Result<std::unique_ptr<ProcessLock>> ProcessLock::Acquire(const std::string& directory) {
  const std::string path = directory + "/assay.lock";
  const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return Fail(ErrorKind::kUnavailable,
                fmt::format("cannot open the lock file {}: {}", path, std::strerror(errno)));
  }
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    close(descriptor);
    return Fail(ErrorKind::kConflict,
                fmt::format("another server is running on this data directory: {}", directory));
  }
  return std::unique_ptr<ProcessLock>(new ProcessLock(descriptor));
}

ProcessLock::~ProcessLock() {
  close(descriptor_);
}

}  // namespace assay::store
