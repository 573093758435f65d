#include "api/connection_trials.h"

#include <fmt/format.h>

namespace assay::api {

ConnectionTrials::Trial::Trial(ConnectionTrials& all, const std::stop_token& outer)
    : all_(all), deadline_(all.limit_, outer) {}

ConnectionTrials::Trial::~Trial() {
  const std::lock_guard lock(all_.mutex_);
  --all_.running_;
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
