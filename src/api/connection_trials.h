// How many data stores may be tried at a time, and for how long.

#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string_view>

#include "base/result.h"
#include "net/deadline.h"

namespace assay::api {

/// Requests that try a data store wait for it, up to the limit when it never answers. So that
/// some of the server's workers stay free for all other requests, only `most` of them run at a
/// time. Thread-safe; must outlive its trials.
class ConnectionTrials {
 public:
  /// Counts as one of `most` while it lives.
  class Trial {
   public:
    Trial(ConnectionTrials& all, const std::stop_token& outer);
    ~Trial();
    Trial(const Trial&) = delete;
    Trial& operator=(const Trial&) = delete;

    /// Stopped when the time is over, or by the token that Begin() was given.
    std::stop_token token() const { return deadline_.token(); }
    /// What to tell of an error of what was tried: kTimeout with `advice` and the limit when
    /// the time ended it, else the error itself.
    Error Told(const Error& error, std::string_view advice);

   private:
    ConnectionTrials& all_;
    net::Deadline deadline_;
  };

  /// `most` should be less than the server has workers.
  ConnectionTrials(size_t most, std::chrono::milliseconds limit) : most_(most), limit_(limit) {}

  /// kRateLimited when `most` are going on.
  Result<std::unique_ptr<Trial>> Begin(const std::stop_token& outer);

 private:
  const size_t most_;
  const std::chrono::milliseconds limit_;
  std::mutex mutex_;
  size_t running_ = 0;  // guarded by mutex_
};

}  // namespace assay::api
