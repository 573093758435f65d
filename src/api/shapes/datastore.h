// Datastores as the API prints them.

#pragma once

#include <vector>

#include "api/route.h"
#include "store/datastores.h"

namespace assay::api {

Shape DatastoreShape();

/// One object a datastore, in order. What changes by itself stands in `metrics`,
/// `latest_operation` and `connected` only: clients keep the rest in version control.
Result<std::vector<Json>> PrintDatastores(Dependencies& dependencies,
                                          const std::vector<store::Datastore>& datastores);

}  // namespace assay::api
