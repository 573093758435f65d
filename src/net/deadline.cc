#include "net/deadline.h"

namespace assay::net {

Deadline::Deadline(std::chrono::milliseconds limit, const std::stop_token& outer)
    : on_outer_stop_(outer, [this] { source_.request_stop(); }),
      timer_([this, limit](const std::stop_token& destroyed) {
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, destroyed, limit, [] { return false; });
        if (destroyed.stop_requested()) return;
        has_passed_ = true;
        lock.unlock();
        source_.request_stop();
      }) {}

Deadline::~Deadline() = default;

bool Deadline::HasPassed() {
  const std::scoped_lock lock(mutex_);
  return has_passed_;
}

}  // namespace assay::net
