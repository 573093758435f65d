// A stop request that comes by itself.

#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace assay::net {

/// Asks for a stop when `limit` has passed or `outer` is stopped, whichever is first. Costs a
/// thread while it lives; threads: token() and HasPassed() from any.
class Deadline {
 public:
  Deadline(std::chrono::milliseconds limit, const std::stop_token& outer);
  ~Deadline();
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  std::stop_token token() const { return source_.get_token(); }
  /// Whether it was the time, not `outer`, that asked for the stop.
  bool HasPassed();

 private:
  std::stop_source source_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  bool has_passed_ = false;  // guarded by mutex_
  std::stop_callback<std::function<void()>> on_outer_stop_;
  std::jthread timer_;
};

}  // namespace assay::net
