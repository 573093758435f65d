// Trying saved or proposed credentials against the data store they are for.

#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "api/dependencies.h"
#include "api/problem.h"
#include "base/fields.h"
#include "connectors/connector.h"
#include "store/connections.h"

namespace assay::api {

/// Whether the connection reaches `root_path` with all rights that reading (or writing) needs.
/// Gives up with kTimeout after 20 seconds, so that clients who wait 30 read an answer. Stores
/// nothing.
Status CheckConnection(const store::Connection& connection, const std::string& root_path,
                       connectors::Access access, const std::stop_token& stop);

/// The same for every datastore that uses the connection, whose root paths may be all it may
/// see; for a connection without datastores its own root. Up to 20 seconds in all.
Status CheckConnectionAndItsDatastores(Dependencies& dependencies,
                                       const store::Connection& connection,
                                       const std::stop_token& stop);

/// The outcome as requests that ask for a test print it: {connected, message}.
struct ConnectionCheckView {
  bool connected = false;
  std::optional<std::string> message;  // why not

  static const Fields<ConnectionCheckView>& JsonFields();
};
Json PrintConnectionCheck(const Status& outcome);

/// The outcome as a condition: 400 with the reason, whatever its kind. A bucket that does not
/// exist is a fault of the request, not a missing page.
Answer<void> RequireConnected(const Status& outcome);

}  // namespace assay::api
