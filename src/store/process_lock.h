// One server at a time on a data directory.

#pragma once

#include <memory>
#include <string>

#include "base/result.h"

namespace assay::store {

/// Held for as long as the object lives; the system gives it up when the process dies in any
/// way.
class ProcessLock {
 public:
  /// Takes `<directory>/assay.lock`. kConflict when another process holds it.
  static Result<std::unique_ptr<ProcessLock>> Acquire(const std::string& directory);
  ~ProcessLock();
  ProcessLock(const ProcessLock&) = delete;
  ProcessLock& operator=(const ProcessLock&) = delete;

 private:
  explicit ProcessLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace assay::store
