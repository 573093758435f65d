// Linking a datastore to the enrichment datastore that its scans write to.

#pragma once

#include "api/problem.h"
#include "store/datastores.h"

namespace assay::api {

/// Links `datastore_id` to `enrichment_id`; again is fine. A datastore without a prefix gets
/// one made of its name, with its id behind when that is taken. kConflict when another
/// datastore there has its prefix, or as Datastores::LinkEnrichment. To be called in a
/// transaction.
Status LinkEnrichment(store::Access& transaction, int64_t datastore_id, int64_t enrichment_id);

/// kConflict when another datastore that writes to the same enrichment datastore has the prefix
/// of `datastore`, or had it and its tables are still being moved away: two would share a
/// folder. Nothing without a link.
Status CheckPrefixIsFree(store::Access& access, const store::Datastore& datastore);

/// Queues the move of what scans have written, when `after` is `before` with another prefix on
/// the same enrichment datastore. To be called in the transaction that stores `after`.
Status QueueMoveOfEnrichment(store::Access& transaction, const store::Datastore& before,
                             const store::Datastore& after, const std::string& triggered_by,
                             Timestamp now);

}  // namespace assay::api
