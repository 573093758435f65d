// Trying saved or proposed credentials against the data store they are for.

#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "api/dependencies.h"
#include "api/problem.h"
#include "api/route.h"
#include "base/fields.h"
#include "connectors/connector.h"
#include "connectors/probe_json.h"
#include "operations/datastore_access.h"
#include "store/connections.h"

namespace assay::api {

/// Whether the connection reaches `place` with all rights that reading (or writing) needs.
/// The outcome is kTimeout when the store did not answer within the limit of
/// Dependencies::connection_trials. Stores nothing. Refuses with 429, and has tried nothing,
/// when too many tests are running.
Answer<operations::ConnectionTest> CheckConnection(Dependencies& dependencies,
                                                   const store::Connection& connection,
                                                   const operations::Place& place,
                                                   connectors::Access access,
                                                   const std::stop_token& stop);

/// The same for every datastore that uses the connection, whose places may be all it may
/// see, up to the first that fails; for a connection without datastores its own root. The steps
/// are those of the last one tried. One limit for all of them.
Answer<operations::ConnectionTest> CheckConnectionAndItsDatastores(
    Dependencies& dependencies, const store::Connection& connection,
    const std::stop_token& stop);

/// What the routes above say about the 429.
AnswerDocumentation TooManyChecks();

/// The outcome as requests that ask for a test print it: {connected, message, steps}.
struct ConnectionCheckView {
  bool connected = false;
  std::optional<std::string> message;  // why not
  std::vector<connectors::ProbeStepView> steps;

  static const Fields<ConnectionCheckView>& JsonFields();
};
Json PrintConnectionCheck(const operations::ConnectionTest& test);

/// The outcome as a condition: 400 with the reason and the steps, whatever its kind. A bucket
/// that does not exist is a fault of the request, not a missing page.
Answer<void> RequireConnected(const operations::ConnectionTest& test);

}  // namespace assay::api
