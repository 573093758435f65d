#include "api/connection_check.h"

#include <fmt/format.h>

#include <chrono>

#include "net/deadline.h"
#include "operations/datastore_access.h"
#include "store/datastores.h"

namespace assay::api {
namespace {

constexpr std::chrono::seconds kLimit{20};

Status Check(const store::Connection& connection, const std::string& root_path,
             connectors::Access access, net::Deadline& deadline) {
  ASSAY_TRY(const auto connector, operations::OpenConnection(connection, root_path));
  const Status status = operations::TestConnection(*connector, access, deadline.token());
  if (!status && deadline.HasPassed()) {
    return Fail(ErrorKind::kTimeout,
                fmt::format("the data store did not answer within {} seconds", kLimit.count()));
  }
  return status;
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

Status CheckConnection(const store::Connection& connection, const std::string& root_path,
                       connectors::Access access, const std::stop_token& stop) {
  net::Deadline deadline(kLimit, stop);
  return Check(connection, root_path, access, deadline);
}

Status CheckConnectionAndItsDatastores(Dependencies& dependencies,
                                       const store::Connection& connection,
                                       const std::stop_token& stop) {
  net::Deadline deadline(kLimit, stop);
  ASSAY_TRY(const auto datastores, DatastoresOf(dependencies.database, connection.id));
  if (datastores.empty()) return Check(connection, "/", connectors::Access::kRead, deadline);
  for (const store::Datastore& datastore : datastores) {
    const auto access =
        datastore.enrichment_only ? connectors::Access::kWrite : connectors::Access::kRead;
    const Status status = Check(connection, datastore.root_path, access, deadline);
    if (!status) return FailWithin("datastore " + datastore.name, status.error());
  }
  return {};
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
