#include "api/connection_check.h"

#include <fmt/format.h>

#include <chrono>

#include "store/datastores.h"

namespace assay::api {
namespace {

using operations::ConnectionTest;
using Trial = ConnectionTrials::Trial;

ConnectionTest OpenAndTest(const store::Connection& connection, const operations::Place& place,
                           connectors::Access access, std::stop_token stop) {
  const auto connector = operations::OpenConnection(connection, place, stop);
  if (!connector) return {.outcome = std::unexpected(connector.error()), .steps = {}};
  return operations::TestConnection(**connector, access, stop);
}

ConnectionTest Check(const store::Connection& connection, const operations::Place& place,
                     connectors::Access access, Trial& trial) {
  ConnectionTest test = OpenAndTest(connection, place, access, trial.token());
  if (!test.outcome) {
    test.outcome = std::unexpected(
        trial.Told(test.outcome.error(),
                   "the data store did not answer in time: check the endpoint, the network and "
                   "that no firewall is in between"));
  }
  return test;
}

ConnectionTest CheckAll(const store::Connection& connection,
                        const std::vector<store::Datastore>& datastores, Trial& trial) {
  if (datastores.empty()) return Check(connection, {}, connectors::Access::kRead, trial);
  ConnectionTest test;
  for (const store::Datastore& datastore : datastores) {
    const auto access =
        datastore.enrichment_only ? connectors::Access::kWrite : connectors::Access::kRead;
    test = Check(connection, operations::PlaceOf(datastore), access, trial);
    if (test.outcome) continue;
    test.outcome = FailWithin("datastore " + datastore.name, test.outcome.error());
    break;
  }
  return test;
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

Answer<ConnectionTest> CheckConnection(Dependencies& dependencies,
                                       const store::Connection& connection,
                                       const operations::Place& place,
                                       connectors::Access access, const std::stop_token& stop) {
  API_TRY(const auto trial, dependencies.connection_trials.Begin(stop));
  return Check(connection, place, access, *trial);
}

Answer<ConnectionTest> CheckConnectionAndItsDatastores(Dependencies& dependencies,
                                                       const store::Connection& connection,
                                                       const std::stop_token& stop) {
  API_TRY(const auto datastores, DatastoresOf(dependencies.database, connection.id));
  API_TRY(const auto trial, dependencies.connection_trials.Begin(stop));
  return CheckAll(connection, datastores, *trial);
}

AnswerDocumentation TooManyChecks() {
  return {.status = 429, .description = "Too many data stores are being tried right now."};
}

const Fields<ConnectionCheckView>& ConnectionCheckView::JsonFields() {
  static const Fields<ConnectionCheckView> fields = {
      Required("connected", &ConnectionCheckView::connected, "Whether all rights are there."),
      Optional("message", &ConnectionCheckView::message, "What is missing, and what to do."),
      Required("steps", &ConnectionCheckView::steps,
               "What was tried, one action each, and what would grant it."),
  };
  return fields;
}

Json PrintConnectionCheck(const ConnectionTest& test) {
  ConnectionCheckView view{.connected = test.outcome.has_value(),
                           .message = {},
                           .steps = connectors::ViewSteps(test.steps)};
  if (!test.outcome) view.message = test.outcome.error().message;
  return ConnectionCheckView::JsonFields().Print(view);
}

Answer<void> RequireConnected(const ConnectionTest& test) {
  if (test.outcome) return {};
  Problem problem(400, test.outcome.error().message);
  problem.more = {{"steps", PrintConnectionCheck(test)["steps"]}};
  return Refuse(std::move(problem));
}

}  // namespace assay::api
