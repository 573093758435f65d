#include "operations/job.h"

namespace assay::operations {

void JobContext::Count(const std::function<void(store::OperationCounters&)>& change) {
  const std::lock_guard lock(mutex_);
  change(counters_);
}

store::OperationCounters JobContext::counters() const {
  const std::lock_guard lock(mutex_);
  return counters_;
}

}  // namespace assay::operations
