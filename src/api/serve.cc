#include "api/serve.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "api/housekeeping.h"
#include "api/server.h"
#include "operations/datastore_access.h"
#include "operations/enrichment_recovery.h"
#include "operations/jobs.h"
#include "operations/temporary_directory.h"
#include "operations/worker_pool.h"
#include "store/process_lock.h"

namespace assay::api {
namespace {

// Clients give a request 30 seconds, and should read why a data store was not reached.
constexpr std::chrono::seconds kTrialLimit{20};

void WaitFor(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait(lock, stop, [] { return false; });
}

std::string Url(const std::string& address, uint16_t port) {
  const bool is_ipv6 = address.find(':') != std::string::npos;
  return is_ipv6 ? fmt::format("http://[{}]:{}", address, port)
                 : fmt::format("http://{}:{}", address, port);
}

}  // namespace

Status Serve(const ServeOptions& options, Clock& clock, const ServeEvents& events,
             const std::stop_token& stop) {
  ASSAY_RETURN_IF_ERROR(MakeDataDirectory(options.installation.data_directory));
  ASSAY_TRY([[maybe_unused]] const auto lock,
            store::ProcessLock::Acquire(options.installation.data_directory));
  if (const Status cleared =
          operations::ClearTemporaryFolderOf(options.installation.data_directory);
      !cleared) {
    events.log(cleared.error().message);
  }
  ASSAY_TRY(const auto installation, Installation::Open(options.installation, clock));
  // Whoever finds the server answering finds its first user.
  ASSAY_TRY(const auto first_admin, installation->CreateAdminIfNobody());
  if (first_admin) events.on_first_admin(*first_admin);
  store::Database& database = installation->database();
  const operations::DatastoreAccess datastores(database, installation->cipher());
  operations::OperationsOptions jobs = options.operations;
  jobs.data_directory = options.installation.data_directory;
  operations::WorkerPool workers(
      database, clock, operations::AllJobs(datastores, jobs),
      {.workers = jobs.workers, .max_restarts = jobs.max_restarts, .log = events.log});

  // Half of the request workers at most wait for data stores; the others answer meanwhile.
  ConnectionTrials trials(std::max<size_t>(options.http.worker_threads / 2, 1), kTrialLimit);
  auth::LoginThrottle throttle;
  std::optional<OpenIdLogin> openid;
  if (options.openid) {
    openid.emplace(options.openid->provider, options.openid->policy, clock);
  }
  ASSAY_TRY(const auto server,
            ApiServer::Start(options.http, {.database = database,
                                            .cipher = installation->cipher(),
                                            .signer = installation->signer(),
                                            .passwords = installation->passwords(),
                                            .throttle = throttle,
                                            .clock = clock,
                                            .connection_trials = trials,
                                            .wake_workers = [&] { workers.Wake(); },
                                            .log = events.log,
                                            .openid = openid ? &*openid : nullptr,
                                            .operations = jobs,
                                            .egress_addresses = options.egress_addresses}));
  events.on_started(Url(options.http.address, server->port()));
  const Housekeeping housekeeping(database, clock, events.log);

  for (const std::string& warning :
       operations::RecoverEnrichment(datastores, database, clock.Now(), stop)) {
    events.log(warning);
  }
  const Status started = workers.Start();
  if (started) WaitFor(stop);
  server->Stop();
  workers.Stop();
  return started;
}

}  // namespace assay::api
