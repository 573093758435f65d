// Finishing what an earlier run or process left half-published in enrichment datastores.

#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "operations/datastore_access.h"
#include "store/enrichment_commits.h"

namespace assay::operations {

/// Makes one recorded commit visible and marks it published. Repeating it changes nothing. Not
/// stoppable, as PublishEnrichment.
Status PublishRecord(const DatastoreAccess& datastores, store::Database& database,
                     const store::EnrichmentCommitRecord& record, Timestamp now);

/// PublishRecord for every unpublished commit of `which` operations, oldest first. A store that
/// cannot be reached does not stop the others: it gives a warning, and the next call tries
/// again. A stop request keeps further ones from being begun.
std::vector<std::string> PublishRecorded(const DatastoreAccess& datastores,
                                         store::Database& database,
                                         store::EnrichmentCommits::Of which, Timestamp now,
                                         std::stop_token stop);

/// PublishRecorded for all operations, then completes what the command line left pending below
/// the prefixes in use (pending_commits.h), and discards what is staged there and belongs to
/// neither. To be called at start, before workers stage anything.
std::vector<std::string> RecoverEnrichment(const DatastoreAccess& datastores,
                                           store::Database& database, Timestamp now,
                                           std::stop_token stop);

/// The prefix under which a datastore's enrichment lies: its own, or one made of its name.
Result<std::string> EnrichmentPrefix(const store::Datastore& datastore);

}  // namespace assay::operations
