#include "api/connection_trials.h"

#include <fmt/format.h>

namespace assay::api {

ConnectionTrials::Trial::Trial(ConnectionTrials& all, const std::stop_token& outer)
    : all_(all), deadline_(all.limit_, outer) {}

ConnectionTrials::Trial::~Trial() {
  const std::lock_guard lock(all_.mutex_);
  --all_.running_;
}

Error ConnectionTrials::Trial::Told(const Error& error, std::string_view advice) {
  if (error.kind != ErrorKind::kCancelled || !deadline_.HasPassed()) return error;
  const std::chrono::duration<double> limit = all_.limit_;
  return {ErrorKind::kTimeout,
          fmt::format("{}; the limit is {} seconds", advice, limit.count())};
}

Result<std::unique_ptr<ConnectionTrials::Trial>> ConnectionTrials::Begin(
    const std::stop_token& outer) {
  {
    const std::lock_guard lock(mutex_);
    if (running_ >= most_) {
      return Fail(ErrorKind::kRateLimited,
                  fmt::format("other data stores are being tried right now; try again when one "
                              "of those tests has ended: {} are running",
                              running_));
    }
    ++running_;
  }
  return std::make_unique<Trial>(*this, outer);
}

}  // namespace assay::api
