// Making and changing computed containers as the API asks for it.

#pragma once

#include "api/problem.h"
#include "api/route.h"
#include "store/containers.h"

namespace assay::api {

/// A computed container out of a body, not stored; `location` is where the body stands. 422
/// when it cannot be made: what PlanFields (operations/computed_definition.h) or QueryFields
/// (operations/computed_table.h) refuses, and a container_type or datastore_id that does not
/// fit. Asks the database of a computed table; 429 and 504 as connection tests.
Answer<store::Container> ReadComputedContainer(const Call& call, const Json& body,
                                               std::vector<Json> location);

/// Name and definition of a stored one, changed as the body says; nothing is stored. 422 as
/// above. 409, which lists them, when fields would vanish that checks or anomalies are about
/// and `force_drop_fields` is not true in the body or the query.
Answer<store::Container> RedefineContainer(const Call& call, store::Container container);

/// 409 naming the computed containers that are made of this one.
Answer<void> RefuseWhileUsed(const Call& call, const store::Container& container);

/// 409, which lists them, when checks or anomalies are about one of the fields, unless forced.
Answer<void> RefuseDroppingFields(const Call& call, int64_t container_id,
                                  const std::vector<std::string>& names);

/// Queues a profile of the container, as its creator's.
Status QueueProfile(const Call& call, store::Access& transaction,
                    const store::Container& container);

/// `force_drop_fields` of clients that send it so.
QueryParameter ForceParameter();

}  // namespace assay::api
