#include "api/connection_choice.h"

#include "api/shapes/connection.h"

namespace assay::api {

Answer<store::Connection> ChooseConnection(Dependencies& dependencies,
                                           const DatastoreInput& input) {
  if (input.connection_id && !input.connection.is_null()) {
    return Refuse(
        Problem::InvalidKey("connection", "give either connection or connection_id, not both"));
  }
  if (!input.connection.is_null()) {
    return ReadNewConnection(input.connection, {"body", "connection"});
  }
  if (!input.connection_id) {
    return Refuse(Problem::InvalidKey("connection_id", "is required, or a new connection"));
  }
  auto found =
      store::Connections(dependencies.database, dependencies.cipher).Get(*input.connection_id);
  if (found) return *std::move(found);
  if (found.error().kind != ErrorKind::kNotFound) return Refuse(found.error());
  return Refuse(Problem::InvalidKey("connection_id", found.error().message));
}

connectors::Access AccessFor(const store::Datastore& datastore) {
  return datastore.enrichment_only ? connectors::Access::kWrite : connectors::Access::kRead;
}

}  // namespace assay::api
