// What the server deletes by and by.

#pragma once

#include <functional>
#include <string>
#include <thread>

#include "base/clock.h"
#include "store/database.h"

namespace assay::api {

/// Deletes sessions that have expired and entries of the audit log that are older than its
/// retention, in small transactions. Gives up between them when `stop` is requested.
Status CleanUp(store::Database& database, Timestamp now, const std::stop_token& stop);

/// Cleans up at once and every hour, on a thread of its own, until it is destroyed. `log` gets
/// a line when that fails.
class Housekeeping {
 public:
  Housekeeping(store::Database& database, Clock& clock,
               const std::function<void(const std::string&)>& log);

 private:
  std::jthread thread_;
};

}  // namespace assay::api
