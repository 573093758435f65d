#include "api/connection_check.h"

#include <fmt/format.h>

#include <chrono>

#include "operations/datastore_access.h"
#include "store/datastores.h"

namespace assay::api {
namespace {

using Trial = ConnectionTrials::Trial;

Status OpenAndTest(const store::Connection& connection, const std::string& root_path,
                   connectors::Access access, std::stop_token stop) {
  ASSAY_TRY(const auto connector, operations::OpenConnection(connection, root_path, stop));
  return operations::TestConnection(*connector, access, stop);
}

Status Check(Dependencies& dependencies, const store::Connection& connection,
             const std::string& root_path, connectors::Access access, Trial& trial) {
  const Status status = OpenAndTest(connection, root_path, access, trial.token());
  if (!status && status.error().kind == ErrorKind::kCancelled && trial.IsOver()) {
    const std::chrono::duration<double> limit = dependencies.connection_trials.limit();
    return Fail(ErrorKind::kTimeout,
                fmt::format("the data store did not answer in time: check the endpoint, the "
                            "network and that no firewall is in between; the limit is {} "
                            "seconds",
                            limit.count()));
  }
  return status;
}

Status CheckAll(Dependencies& dependencies, const store::Connection& connection,
                const std::vector<store::Datastore>& datastores, Trial& trial) {
  for (const store::Datastore& datastore : datastores) {
    const auto access =
        datastore.enrichment_only ? connectors::Access::kWrite : connectors::Access::kRead;
    const Status status = Check(dependencies, connection, datastore.root_path, access, trial);
    if (!status) return FailWithin("datastore " + datastore.name, status.error());
  }
  if (!datastores.empty()) return {};
  return Check(dependencies, connection, "/", connectors::Access::kRead, trial);
}

Result<std::vector<store::Datastore>> DatastoresOf(store::Access& access,
                                                   int64_t connection_id) {
  std::vector<store::Datastore> users;
  for (store::PageRequest page{.page = 1, .size = 1000};; ++page.page) {
    ASSAY_TRY(const auto datastores, store::Datastores(access).List({}, page));
    for (const store::Datastore& datastore : datastores.items) {
      if (datastore.connection_id == connection_id) users.push_back(datastore);
    }
    if (page.page * page.size >= datastores.total) return users;
  }
}

}  // namespace

Answer<Status> CheckConnection(Dependencies& dependencies, const store::Connection& connection,
                               const std::string& root_path, connectors::Access access,
                               const std::stop_token& stop) {
  API_TRY(const auto trial, dependencies.connection_trials.Begin(stop));
  return Check(dependencies, connection, root_path, access, *trial);
}

Answer<Status> CheckConnectionAndItsDatastores(Dependencies& dependencies,
                                               const store::Connection& connection,
                                               const std::stop_token& stop) {
  API_TRY(const auto datastores, DatastoresOf(dependencies.database, connection.id));
  API_TRY(const auto trial, dependencies.connection_trials.Begin(stop));
  return CheckAll(dependencies, connection, datastores, *trial);
}

AnswerDocumentation TooManyChecks() {
  return {.status = 429, .description = "Too many data stores are being tried right now."};
}

const Fields<ConnectionCheckView>& ConnectionCheckView::JsonFields() {
  static const Fields<ConnectionCheckView> fields = {
      Required("connected", &ConnectionCheckView::connected, "Whether all rights are there."),
      Optional("message", &ConnectionCheckView::message, "What is missing, and what to do."),
  };
  return fields;
}

Json PrintConnectionCheck(const Status& outcome) {
  ConnectionCheckView view{.connected = outcome.has_value(), .message = {}};
  if (!outcome) view.message = outcome.error().message;
  return ConnectionCheckView::JsonFields().Print(view);
}

Answer<void> RequireConnected(const Status& outcome) {
  if (outcome) return {};
  return Refuse(Problem(400, outcome.error().message));
}

}  // namespace assay::api
