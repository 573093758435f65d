#include "api/housekeeping.h"

#include <condition_variable>
#include <mutex>

#include "api/audit_retention.h"
#include "store/audit.h"
#include "store/tokens.h"

namespace assay::api {
namespace {

constexpr std::chrono::hours kEvery{1};
constexpr int64_t kRowsAtOnce = 1000;  // so that other writers get their turn

Status DeleteAll(const std::function<Result<int64_t>()>& delete_some,
                 const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    ASSAY_TRY(const int64_t deleted, delete_some());
    if (deleted < kRowsAtOnce) break;
  }
  return {};
}

}  // namespace

Status CleanUp(store::Database& database, Timestamp now, const std::stop_token& stop) {
  ASSAY_RETURN_IF_ERROR(DeleteAll(
      [&] { return store::Tokens(database).DeleteExpiredSessions(now, kRowsAtOnce); }, stop));
  ASSAY_TRY(const auto days, AuditRetentionDays(database));
  if (!days) return {};
  return DeleteAll(
      [&] {
        return store::AuditLog(database).DeleteBefore(now - std::chrono::days(*days),
                                                      kRowsAtOnce);
      },
      stop);
}

Housekeeping::Housekeeping(store::Database& database, Clock& clock,
                           const std::function<void(const std::string&)>& log)
    : thread_([&database, &clock, log](const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        while (!stop.stop_requested()) {
          if (const Status status = CleanUp(database, clock.Now(), stop); !status) {
            log("cleaning up failed: " + status.error().message);
          }
          std::unique_lock lock(mutex);
          wake.wait_for(lock, stop, kEvery, [] { return false; });
        }
      }) {}

}  // namespace assay::api
