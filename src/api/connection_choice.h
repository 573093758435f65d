// The connection that a datastore request speaks of.

#pragma once

#include "api/dependencies.h"
#include "api/shapes/datastore_input.h"
#include "connectors/connector.h"
#include "store/connections.h"

namespace assay::api {

/// The saved one that `connection_id` names, or the new one (id 0) that `connection` describes.
/// 422 when there is neither, both, or no such one.
Answer<store::Connection> ChooseConnection(Dependencies& dependencies,
                                           const DatastoreInput& input);

/// The rights it needs: writing for enrichment.
connectors::Access AccessFor(const store::Datastore& datastore);

}  // namespace assay::api
